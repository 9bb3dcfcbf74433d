// The result of an attempt: what of it still waits on this device, or was answered with a word.

import { handedInIsOver, waitingOf } from "./handing_in.js";
import { person, sync } from "./page.js";
import { dropPaper } from "./papers.js";
import { drain, listen } from "./sender.js";
import { placesOf, remembered, toldTo, unremember } from "./store.js";

const section = document.querySelector("[data-outbox]");
const { attempt, quiz } = section.dataset;
const list = document.createElement("ul");
section.querySelector("h2").after(list);

function line(words) {
  const row = document.createElement("li");
  row.textContent = words;
  return row;
}

// What was corrected since needs no word any more.
async function toldHere() {
  const places = await placesOf(person, attempt);
  const isCorrected = ({ uuid, item }) =>
    item.kind === "answer" && places.some((place) => place.n === item.n && place.uuid && place.uuid !== uuid);
  return (await toldTo(person)).filter((told) => told.item.attempt === attempt && !isCorrected(told));
}

async function open() {
  const waits = (await waitingOf(attempt)).length;
  const told = await toldHere();
  const words = told.map(({ item, words }) =>
    item.n ? `${section.dataset.sayAnswer.replace("{n}", item.n)} ${words}` : words,
  );
  if (waits) words.unshift(section.dataset.sayKept.replace("{n}", waits));
  list.replaceChildren(...words.map(line));
  section.querySelector("[data-send]").hidden = !waits;
  section.hidden = !words.length;
}

// It is over: its paper is not begun again.
async function putAway() {
  await dropPaper(attempt);
  await handedInIsOver(attempt);
  const name = `paper:${person}:${quiz}`;
  if ((await remembered(name)) === attempt) await unremember(name);
}

listen((news) => news.person === person && open().catch(() => {}));
section.querySelector("[data-send]").addEventListener("click", () => drain(sync, person, { now: true }));
open().catch(() => {});
putAway().catch(() => {});
drain(sync, person);
