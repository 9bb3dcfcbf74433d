// The code on the wall, where the network does not reach: it is kept on this telephone and sent later.

import { person, sync } from "./page.js";
import { PATIENCE } from "./reaching.js";
import { drain, listen } from "./sender.js";
import { enqueue, heard, waiting } from "./store.js";

const form = document.querySelector("[data-wall]");
const kept = document.getElementById("wall-kept");
const mine = new Set();

function show(item) {
  mine.add(item.uuid);
  kept.hidden = false;
  kept.dataset.uuid = item.uuid;
  kept.dataset.state = "kept";
  ask(false);
}

// The page's own question, with its form.
function ask(isAsked) {
  for (const part of [form, form?.closest(".narrow").querySelector(":scope > h1")]) if (part) part.hidden = !isAsked;
}

listen((news) => {
  const settled = news.settled?.find(({ item }) => mine.has(item.uuid));
  if (!settled) return;
  const { item, reply } = settled;
  heard(item.uuid);
  kept.dataset.state = reply.status === "refused" ? "unsaved" : "saved";
  kept.querySelector("h1").textContent = reply.words || kept.dataset.sent;
  kept.querySelector("p").hidden = reply.status === "refused";
  kept.querySelector("p").textContent = kept.dataset.confirm;
  if (reply.status === "refused") ask(true);
});

// The answer, or nothing where none came in this time.
async function arrives(body) {
  const given = new AbortController();
  const timer = setTimeout(() => given.abort(), PATIENCE);
  try {
    const options = { method: "POST", body, credentials: "same-origin", redirect: "manual", signal: given.signal };
    const response = await fetch(form.action, options);
    return response.status < 500 && response.status !== 403 ? response : null;
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

async function submit(event) {
  const code = form.dataset.wall || form.elements.code?.value.trim();
  // Whoever is not on the list yet must be asked for by the site itself.
  if (!code || event.submitter?.name) return;
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  const response = await arrives(new FormData(form));
  if (response?.type === "opaqueredirect") {
    return location.assign(form.dataset.wall ? location.href : `${form.action}${encodeURIComponent(code)}/`);
  }
  button.disabled = false;
  // What is wrong with the code is said by the page that answers.
  if (response) return form.submit();
  try {
    show(await enqueue(person, "wall", { code }));
    drain(sync, person);
  } catch {
    form.submit();
  }
}

if (person && "indexedDB" in window) {
  form?.addEventListener("submit", submit);
  waiting(person).then(
    (items) => items.filter(({ kind }) => kind === "wall").slice(-1).forEach(show),
    () => {},
  );
  drain(sync, person).catch(() => {});
}
