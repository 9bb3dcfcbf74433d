// A case played without a network: of all its places the one that was come to. Each choice is written down on
// this device, in the order in which it was made, and sent when there is a network.

import { person, sync } from "./page.js";
import { drain, listen } from "./sender.js";
import { enqueue, remember, remembered, unremember, uuid, waiting } from "./store.js";

const story = document.querySelector("[data-case]");
const { case: scenario, edition } = story.dataset;
const isPractice = "practice" in story.dataset;
const said = story.querySelector("[data-state]");
const places = new Map([...story.querySelectorAll("[data-place]")].map((place) => [place.dataset.place, place]));
const [first] = places.keys();
const NAME = `case:${person}:${scenario}`;
// {run, edition, log: [[situation, choice], ...]}
let played;

const choiceOf = (situation, id) =>
  [...places.get(situation).querySelectorAll("[type=radio]")].find((choice) => choice.value === id);

// The place where the log leads, and the way there: as the server works it out.
function stand() {
  let here = first;
  const way = [];
  for (const [situation, id] of played.log) {
    if (!id) here = situation;
    else {
      way.push(situation);
      here = choiceOf(situation, id).dataset.to;
    }
  }
  return { here, way };
}

function show({ isNew = false } = {}) {
  const { here, way } = stand();
  for (const [name, place] of places) place.hidden = name !== here;
  const place = places.get(here);
  const last = played.log.at(-1);
  const follows = last?.[1] ? choiceOf(...last).dataset.follows : "";
  const box = place.querySelector("[data-followed]");
  box.replaceChildren();
  if (follows) box.append(Object.assign(document.createElement("p"), { className: "note", textContent: follows }));
  const back = place.querySelector("[data-back]");
  if (back) back.hidden = !way.length;
  const result = place.querySelector("[data-result]");
  if (result) result.href = `/runs/${played.run}/`;
  const heading = place.querySelector("h1");
  document.title = heading.textContent.trim();
  if (isNew) {
    scrollTo(0, 0);
    heading.focus();
  }
}

async function tell() {
  const mine = (await waiting(person)).some((item) => item.run === played.run);
  said.textContent = mine ? said.dataset.sayKept : played.log.length ? said.dataset.saySent : "";
}

async function keep(situation, choice) {
  await enqueue(person, "choice", { run: played.run, scenario, edition: Number(edition), situation, choice });
  played.log.push([situation, choice]);
  await remember(NAME, played);
  show({ isNew: true });
  await tell();
  drain(sync, person);
}

function broken() {
  said.textContent = said.dataset.sayBroken;
}

async function choose(event) {
  event.preventDefault();
  const place = event.target.closest("[data-place]");
  const chosen = place.querySelector(":checked");
  const nothing = place.querySelector("[data-nothing]");
  nothing.hidden = Boolean(chosen);
  if (!chosen) return nothing.focus();
  await keep(place.dataset.place, chosen.value);
}

async function begin() {
  played = { run: uuid(), edition, log: [] };
  await remember(NAME, played);
  show();
}

async function again() {
  await unremember(NAME);
  for (const choice of story.querySelectorAll(":checked")) choice.checked = false;
  await begin();
  await tell();
  scrollTo(0, 0);
}

for (const [, place] of places) {
  place.querySelector("form")?.addEventListener("submit", (event) => choose(event).catch(broken));
  place.querySelector("[data-again]")?.addEventListener("click", () => again().catch(broken));
  place.querySelector("[data-back]")?.addEventListener("click", () => {
    const { way } = stand();
    if (isPractice) keep(way.at(-1), "").catch(broken);
  });
}
listen((news) => {
  if (news.person === person) tell().catch(() => {});
});

remembered(NAME)
  .then(async (found) => {
    // What was begun with an edition that is not on this device any more is ended on line.
    if (found?.edition !== edition) return begin();
    played = found;
    show();
  })
  .then(tell)
  .catch(broken);
