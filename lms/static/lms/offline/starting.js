// Before a test: where there is no network, the paper that this device holds is begun.

import { isHandedIn } from "./handing_in.js";
import { person } from "./page.js";
import { isReachable } from "./reaching.js";
import { enqueue, remember, remembered } from "./store.js";

const form = document.querySelector("form[data-quiz]");
const { quiz, open } = form.dataset;
let isLeaving = false;

// The attempt to go on with here, or "".
async function heldHere() {
  if (open) return open;
  const attempt = await remembered(`paper:${person}:${quiz}`);
  return attempt && !(await isHandedIn(attempt)) ? attempt : "";
}

async function begin(attempt) {
  const name = `begun:${person}:${attempt}`;
  if (!open && !(await remembered(name))) {
    await enqueue(person, "start", { attempt });
    await remember(name, true);
  }
  location.assign(`/attempts/${attempt}/${open ? "" : "1/"}`);
}

async function leave(event, attempt) {
  event.preventDefault();
  if (isLeaving) return;
  isLeaving = true;
  try {
    if (await isReachable()) form.submit();
    else await begin(attempt);
  } catch {
    form.submit();
  } finally {
    isLeaving = false;
  }
}

heldHere().then(
  (attempt) => attempt && form.addEventListener("submit", (event) => leave(event, attempt)),
  () => {},
);
