// My card, kept on the person's own device: one page in a cache of its own, with the words that say
// how old it is already in it. The service worker reads it; nobody else writes it.

import { keeps, person } from "./page.js";

const ADDRESS = "/card/";
const ROOT = "[data-card-stamp]";
const nameFor = (person) => `p-${person}-card`;
const parsed = (text) => new DOMParser().parseFromString(text, "text/html");

// The card that is kept for this person, as {root, notice}, or null.
export async function kept(person) {
  if (!("caches" in window) || !(await caches.has(nameFor(person)))) return null;
  const answer = await caches.match(ADDRESS, { cacheName: nameFor(person) });
  const page = answer && parsed(await answer.text());
  const root = page && page.querySelector(ROOT);
  return root ? { root, notice: root.querySelector("template").content } : null;
}

// Fetch the card and keep it. Rejects where it is not certain that it is this person's card of today.
// The HTML stays as it was sent, but for two words in it: the worker looks for its own places there.
export async function keep(person) {
  const answer = await fetch(ADDRESS, { credentials: "same-origin", cache: "no-store", redirect: "error" });
  const text = await answer.text();
  const page = parsed(text);
  const root = page.querySelector(ROOT);
  const { person: whose, own } = page.body.dataset;
  if (!answer.ok || !root || whose !== person || own !== "yes" || root.dataset.kept || !root.dataset.cardStamp) {
    throw new Error("not a card to keep");
  }
  const at = new Date(root.dataset.at).toISOString();
  const body = new Blob([
    text.replace('data-kept=""', `data-kept="${at}"`).replace("data-as-kept hidden", "data-as-kept"),
  ]);
  const headers = { "content-type": "text/html; charset=utf-8", "content-length": body.size, "x-saved": at };
  const cache = await caches.open(nameFor(person));
  const files = filesOf(page);
  await cache.addAll(files);
  await cache.put(ADDRESS, new Response(body, { headers }));
  // Those of an earlier copy.
  for (const { url } of await cache.keys()) {
    const { pathname } = new URL(url);
    if (pathname !== ADDRESS && !files.includes(pathname)) await cache.delete(url);
  }
}

// The card's own files, which no other page has.
const filesOf = (page) =>
  [...page.querySelectorAll("link[rel=stylesheet], script[src]")]
    .map((one) => one.getAttribute("href") ?? one.getAttribute("src"))
    .filter((path) => path.includes("/offline/card"));

export const remove = (person) => caches.delete(nameFor(person));

const linesOf = (root) => [...root.querySelectorAll("[data-line]")].map((line) => ({ ...line.dataset }));

// What is different now: [{what, label, number}], in the order of the card of today, what is gone last.
export function changes(before, now) {
  const was = new Map(before.map((line) => [line.line, line]));
  const is = new Set(now.map((line) => line.line));
  const found = [];
  for (const line of now) {
    const old = was.get(line.line);
    if (!old) found.push({ what: "new", ...line });
    else if (old.number !== line.number) found.push({ what: "changed", ...line });
    else if (old.says !== line.says) found.push({ what: "sameNumber", ...line });
    else if (old.checked !== line.checked) found.push({ what: "checked", ...line });
  }
  return found.concat(before.filter((line) => !is.has(line.line)).map((line) => ({ what: "gone", ...line })));
}

// Whether the card kept for this person has other contacts than those of `stamp`, which the server
// just told. If so a note with a way to the card stands before the page's content. The page of the
// card, fresh from the server, says it in full by itself.
export async function compare(person, stamp) {
  const copy = await kept(person);
  if (!copy) return false;
  const here = document.querySelector(ROOT);
  const stale = copy.root.dataset.cardStamp !== stamp;
  if (stale && !(here && !here.dataset.kept) && !document.getElementById("card-changed")) {
    document.querySelector("main").prepend(document.importNode(copy.notice, true));
  }
  // A kept card is open and the server has just said that it still holds.
  if (!stale && here && here.dataset.kept) here.querySelector("[data-as-kept]").hidden = true;
  return stale;
}

// --- The page of the card ---------------------------------------------------------------

const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name] || "").trim();
const card = (root) => root.querySelector(".pocket");
const told = (root) => card(root).textContent.replace(/\s+/g, " ");

function showChanges(root, before) {
  const place = root.querySelector("[data-changes]");
  const note = document.createElement("div");
  note.className = "note";
  const first = document.createElement("p");
  first.textContent = fill(place.dataset.words, { day: before.dataset.day });
  const list = document.createElement("ul");
  for (const change of changes(linesOf(before), linesOf(root))) {
    const item = document.createElement("li");
    item.textContent = fill(place.dataset[change.what], change);
    list.append(item);
  }
  note.append(first, list);
  place.append(note);
}

async function open(root) {
  const section = root.querySelector("[data-keep]");
  if (!keeps || !section || !("serviceWorker" in navigator)) return;
  const said = section.querySelector("[data-said]");
  const words = new Map([...section.querySelectorAll("p[data-if=kept]")].map((one) => [one, one.textContent]));

  async function show() {
    const copy = await kept(person);
    for (const one of section.querySelectorAll("[data-if]")) one.hidden = (one.dataset.if === "kept") !== !!copy;
    for (const [one, text] of words) one.textContent = copy ? fill(text, copy.root.dataset) : text;
    // Where there is no card, there is nothing to keep; an older one can be removed.
    section.hidden = !copy && !card(root) && !said.textContent;
    return copy;
  }

  section.addEventListener("click", async ({ target }) => {
    const deed = { keep, remove }[target.dataset.do];
    if (!deed) return;
    target.disabled = true;
    try {
      await deed(person);
      said.textContent = target.dataset.done;
    } catch {
      said.textContent = said.dataset.failed;
    }
    target.disabled = false;
    await show();
    // The button that was pressed may be gone: the other one stands in its place.
    section.querySelector("button:not([hidden])")?.focus();
  });

  const copy = await show();
  if (!copy || root.dataset.kept || !card(root)) return;
  if (copy.root.dataset.cardStamp !== root.dataset.cardStamp) showChanges(root, copy.root);
  if (copy.root.dataset.day !== root.dataset.day || told(copy.root) !== told(root)) {
    await keep(person).then(show, () => {});
  }
}

const root = document.querySelector(ROOT);
if (root) open(root);
