// “Check your answers”: what this device has not sent yet goes first, and only then the test is handed in.

import { attendWaiting, handIn, isStillHandedIn, sendAll, waitingOf } from "./handing_in.js";
import { person } from "./page.js";
import { keepPaper } from "./papers.js";
import { isReachable } from "./reaching.js";
import { placesOf } from "./store.js";

const page = document.querySelector("[data-review]");
const { attempt, paper, result } = page.dataset;
let isLeaving = false;

function showWaiting() {
  page.replaceChildren(page.querySelector("[data-waiting]").content.cloneNode(true));
  page.querySelector("h1").focus();
  attendWaiting(page, attempt, result);
}

// The server's list, as far as this device knows more. Gives how many have no answer.
async function listStates() {
  const places = new Map((await placesOf(person, attempt)).map((place) => [place.n, place.state]));
  let gaps = 0;
  for (const row of page.querySelectorAll("[data-n]")) {
    const state = places.get(Number(row.dataset.n));
    const isKept = state === "kept";
    if (isKept) row.querySelector(".h").textContent = page.dataset.sayKept;
    if (!isKept && !("answered" in row.dataset)) gaps++;
  }
  return gaps;
}

async function open() {
  if (await isStillHandedIn(attempt)) return showWaiting();
  if (!(await waitingOf(attempt)).length) return;
  await listStates();
  const left = await sendAll(attempt);
  // Now the server's list is whole.
  if (!left.length && !isLeaving) location.reload();
}

async function leave(form) {
  const left = await sendAll(attempt);
  if (!left.length && (await isReachable())) return form.submit();
  if ((await listStates()) && !form.elements.confirmed) {
    const confirmed = document.createElement("input");
    Object.assign(confirmed, { type: "hidden", name: "confirmed", value: "1" });
    form.append(confirmed);
    const note = page.querySelector("[data-gaps]");
    note.hidden = false;
    return note.focus();
  }
  await handIn(attempt);
  showWaiting();
}

for (const form of page.querySelectorAll("form[data-hand-in]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isLeaving) return;
    isLeaving = true;
    try {
      await leave(form);
    } catch {
      form.submit();
    } finally {
      isLeaving = false;
    }
  });
}
open().catch(() => {});
keepPaper(attempt, paper);
