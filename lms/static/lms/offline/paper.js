// The paper of an attempt, shown in place of its pages where there is no network: of all its sections the
// one that the address names. At the paper's own address that is what stands behind the #.

import { attendWaiting, handIn, isHandedIn } from "./handing_in.js";
import { attend } from "./questioning.js";
import { person } from "./page.js";
import { placesOf } from "./store.js";

const paper = document.querySelector(".paper");
const { attempt, base } = paper.dataset;
const sections = new Map([...paper.children].map((section) => [section.dataset.page, section]));
const isAtOwnAddress = location.pathname === `${base}paper/`;
const attended = new Set();

// What the address names: ["3", "from=review"].
function named() {
  if (isAtOwnAddress) return location.hash.slice(1).split("?");
  return [location.pathname.slice(base.length).split("/")[0], location.search.slice(1)];
}

function goTo(address) {
  const to = new URL(address, location.href);
  if (!isAtOwnAddress || !to.pathname.startsWith(base)) return location.assign(address);
  location.hash = to.pathname.slice(base.length).split("/")[0] + to.search;
}

const stateOf = (n) => sections.get("review").querySelector(`[data-n="${n}"] .h`);

// How each question stands on this device, in the list; gives the numbers of those without an answer.
async function listStates() {
  const places = await placesOf(person, attempt);
  const gaps = [];
  for (const [name] of sections) {
    const line = stateOf(name);
    if (!line) continue;
    const state = places.find((place) => place.n === Number(name))?.state;
    const wasSaved = line.dataset.state === "saved";
    if (state && !(wasSaved && (state === "draft" || state === "unsaved"))) {
      line.textContent = line.dataset[`say${state[0].toUpperCase()}${state.slice(1)}`];
    }
    if (!wasSaved && state !== "kept" && state !== "saved") gaps.push(name);
  }
  return gaps;
}

function show(name) {
  for (const [each, section] of sections) {
    section.hidden = each !== name;
    section.classList.toggle("now", each === name);
  }
  const section = sections.get(name);
  const title = section.querySelector("h1").cloneNode(true);
  const cap = title.querySelector(".cap");
  cap?.remove();
  document.title = [cap?.textContent, title.textContent].filter(Boolean).join(" – ");
  return section;
}

async function open() {
  let [name, query = ""] = named();
  const gaps = await listStates();
  if (await isHandedIn(attempt)) name = "result";
  else if (!sections.has(name) || name === "result") name = gaps[0] ?? "review";
  const section = show(name);
  const form = section.querySelector("form[data-attempt]");
  if (form && query.includes("from=review")) form.dataset.next = `${base}review/`;
  if (attended.has(name)) return;
  attended.add(name);
  if (form) await attend(form, { goTo, mayGoOn: () => true });
  if (name === "result") attendWaiting(section, attempt, `${base}result/`);
}

async function handInHere(event) {
  event.preventDefault();
  const gaps = await listStates();
  const note = paper.querySelector("[data-gaps]");
  if (gaps.length && note.hidden) {
    note.hidden = false;
    return note.focus();
  }
  try {
    await handIn(attempt);
  } catch {
    return event.target.submit();
  }
  if (!isAtOwnAddress) history.replaceState(null, "", `${base}result/`);
  await open();
  sections.get("result").querySelector("h1").focus();
}

paper.querySelector("[data-hand-in]").addEventListener("submit", handInHere);
paper.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!isAtOwnAddress || !link?.pathname.startsWith(base)) return;
  event.preventDefault();
  goTo(link.href);
});
addEventListener("hashchange", async () => {
  await open();
  scrollTo(0, 0);
});
open().catch(() => show(sections.has(named()[0]) ? named()[0] : "1"));
