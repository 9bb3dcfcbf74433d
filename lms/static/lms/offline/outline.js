// The outline of a course: whether it is on this device, and what was done here and is not sent yet.

import { isSavedCopy, overlay } from "./done.js";
import { moment, say } from "./figures.js";
import { keeps, person, sync } from "./page.js";
import { remembered } from "./store.js";
import { size } from "./wording.js";

const line = document.getElementById("saving-line");

async function showSaved() {
  const { course: key, version, list, ended } = line.dataset;
  if (!(await remembered(`course:${person}:${key}`))) return;
  // Most people have saved nothing: they need not load how that is done.
  const { listOf, news, saved } = await import("./bundle.js");
  const known = await saved(person, key);
  if (!known) return;
  if (ended) {
    const { removeEnded } = await import("./ended.js");
    if (!isSavedCopy()) line.textContent = say(await removeEnded(person, key, sync));
    return;
  }
  const link = line.querySelector("a");
  link.textContent = say("saved", { when: moment(known.at) });
  if (isSavedCopy() || version === known.version) return;
  const now = await listOf(list, sync).catch(() => null);
  if (!now || now.version === known.version) return;
  link.textContent = say("newer", { size: size(news(known, now)) });
}

// Where no redirect can lead on, the button does: to the first part that is not done.
function leadOn() {
  const button = document.querySelector("a[data-away]");
  const next = [...document.querySelectorAll("li[data-state]")].find(
    (row) => !["done", "before", "locked"].includes(row.dataset.state) && row.querySelector("a"),
  );
  if (!button || !next) return;
  const link = next.querySelector("a");
  button.setAttribute("href", link.getAttribute("href"));
  button.textContent = `${say("continue")}: ${link.textContent}`;
}

async function show() {
  const knewMore = await overlay(line.dataset.slug);
  if (knewMore || isSavedCopy()) leadOn();
}

if (line && person) {
  show().catch(() => {});
  if (keeps) showSaved().catch(() => {});
}
