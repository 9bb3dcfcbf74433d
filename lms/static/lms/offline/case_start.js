// Before a case: where there is no network, it is played from what this device keeps.

import { isKept } from "./keeping.js";
import { keeps, person } from "./page.js";
import { isReachable } from "./reaching.js";

const form = document.querySelector("form[data-scenario]");
const story = `/scenarios/${form.dataset.scenario}/story/`;
let isLeaving = false;

async function leave(event) {
  // The other case is not on this device.
  if (isLeaving || event.submitter?.name) return;
  event.preventDefault();
  isLeaving = true;
  try {
    if ((await isReachable()) || !(await isKept(person, story))) form.submit();
    else location.assign(story);
  } catch {
    form.submit();
  } finally {
    isLeaving = false;
  }
}

if (keeps && person) form.addEventListener("submit", (event) => leave(event));
