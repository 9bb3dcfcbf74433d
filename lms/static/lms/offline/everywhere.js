// On every page: says whose page this is, sends what waits, and tells when something stays unsent.

import { dropAll } from "./keeping.js";
import { isOwn, person, sync, worker } from "./page.js";
import { drain, EMPTY, greet, listen, SIGN_IN } from "./sender.js";
import { anything, remember, remembered, tidy, toldTo, waiting } from "./store.js";
import { howMuch } from "./wording.js";

const line = document.getElementById("waiting");
const isUnreachable = Boolean(document.querySelector("[data-unreachable]"));
let wasShown = false;

// --- Who ---------------------------------------------------------------------------------

// `seen`: of which person the last page was, and who signed out before.
async function sayWho() {
  const seen = await remembered("seen");
  if (seen?.shared && seen.person !== person) {
    // The one before left a shared device alone: their session ended by itself.
    await tidy(seen.person);
    await dropAll(seen.person);
  }
  if (person && !isOwn && "caches" in window) await dropAll(person);
  const left = person ? null : (seen?.left ?? null);
  await remember("seen", { person: person ?? null, shared: Boolean(person) && !isOwn, left });
  await remember("current", isOwn ? person : null);
}

// A page of somebody who signed out, or before whom another one sits now, is not shown again.
async function leaveIfStale(isFromBefore) {
  if (!person) return;
  const seen = await remembered("seen");
  const isOthers = seen?.person && seen.person !== person;
  if (isOthers || seen?.left === person || (isFromBefore && !seen?.person)) location.reload();
}

// --- What waits --------------------------------------------------------------------------

const part = (name) => document.getElementById("waiting-words").content.querySelector(`[data-${name}]`);

function show(words, name) {
  // The same words again would be read out again.
  if (line.dataset.shown === words + name) return;
  line.dataset.shown = words + name;
  line.replaceChildren(Object.assign(document.createElement("p"), { textContent: words }));
  if (name) line.append(part(name).cloneNode(true));
  const login = line.querySelector("[data-sign-in]");
  if (login) login.href += `?next=${encodeURIComponent(location.pathname)}`;
  line.querySelector("button")?.addEventListener("click", sendNow);
}

async function sendNow() {
  line.dataset.shown = "";
  await send({ now: true });
}

async function send(how) {
  if (person) await drain(sync, person, how);
}

// Some pages tell of it themselves.
const tellsItself = () => Boolean(document.querySelector("#waits, #unsent, main [data-send]"));

async function tell(outcome) {
  if (tellsItself()) return line.replaceChildren();
  const items = outcome === EMPTY ? [] : await waiting(person);
  const { dataset } = part("answers");
  if (items.length) {
    show(howMuch(items, dataset), outcome === SIGN_IN ? "sign-in" : "send");
    wasShown = true;
  } else if ((await toldTo(person)).length) {
    show(dataset.said, "look");
  } else if (wasShown) {
    show(dataset.sent);
  }
}

async function tellNobody() {
  if (part("sign-in").getAttribute("href") === location.pathname && (await anything())) show(part("answers").dataset.nobody);
}

// --- When --------------------------------------------------------------------------------

// Names at a workshop's door do not stay longer than they are needed, whoever looks next.
async function letGo() {
  if (await remembered("door")) await (await import("./rosters.js")).expire(person);
}

async function begin() {
  if (!isUnreachable) await sayWho();
  letGo().catch(() => {});
  if (!line) return;
  listen((news) => {
    if (news.outcome && news.person === person) tell(news.outcome).catch(() => {});
  });
  if (!person) return tellNobody();
  await send();
  const news = await greet(sync, person);
  if (news && isOwn && (await caches.has(`p-${person}-card`))) {
    const { compare } = await import("./card.js");
    await compare(person, news.card);
  }
  if (news) await send();
}

// Where this browser keeps nothing at all, the pages work as they do without script.
begin().catch(() => {});
addEventListener("online", () => send({ now: true }).catch(() => {}));
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "visible") return;
  leaveIfStale(false).catch(() => {});
  send().catch(() => {});
});
addEventListener("pageshow", ({ persisted }) => {
  if (!persisted) return;
  leaveIfStale(true).catch(() => {});
  send().catch(() => {});
});

// --- Signing out, wherever its button is -------------------------------------------------

addEventListener("submit", (event) => {
  const form = event.target;
  if (!person || !form.action.endsWith("/accounts/logout/")) return;
  event.preventDefault();
  import("./leaving.js").then(({ leave }) => leave(form)).catch(() => form.submit());
});

// Browsers that know no modules there do without.
if (worker) navigator.serviceWorker?.register(worker, { type: "module" }).catch(() => {});
