// "Data and downloads": what waits on this device, what the site said about it, what is saved here.

import { isBegun, remove as removeCourse } from "./bundle.js";
import { drop, front, kept } from "./keeping.js";
import { isOwn, person, sync } from "./page.js";
import { drain, EMPTY, listen, OFFLINE, SIGN_IN, SOMEBODY_ELSE } from "./sender.js";
import { heard, remembered, toldTo, waiting } from "./store.js";
import { heading, moment, size, testOf } from "./wording.js";

const at = (id) => document.getElementById(id);
const words = at("kinds").content.querySelector("i").dataset;
const row = (template) => template.content.firstElementChild.cloneNode(true);

function inWords(item) {
  return (words[item.kind] ?? words.other).replace("{n}", item.n ?? item.item?.n ?? "");
}

// --- What waits --------------------------------------------------------------------------

async function showWaiting() {
  const items = await waiting(person);
  const rows = items.map((item) => {
    const textContent = words.at.replace("{what}", inWords(item)).replace("{at}", moment(item.at));
    return Object.assign(document.createElement("li"), { textContent });
  });
  at("waits").querySelector("ul").replaceChildren(...rows);
  at("waits").hidden = !items.length;
  at("waits-none").hidden = Boolean(items.length);
}

const RESULTS = { [EMPTY]: "empty", [OFFLINE]: "offline", [SIGN_IN]: "signIn", [SOMEBODY_ELSE]: "somebodyElse" };

async function send() {
  const { dataset } = at("sent");
  at("sent").textContent = dataset.sending;
  const outcome = await drain(sync, person, { now: true });
  await refresh();
  at("sent").textContent = dataset[RESULTS[outcome] ?? "later"];
  if (outcome === EMPTY) at("waits-title").focus();
}

// --- What the site said ------------------------------------------------------------------

async function showSaid() {
  const rows = (await toldTo(person)).map((one) => {
    const item = row(at("said").querySelector("template"));
    item.querySelector("b").textContent = inWords(one);
    item.querySelector("time").textContent = moment(one.at);
    item.querySelector(".words").textContent = one.words;
    const link = item.querySelector("a");
    if (/^\/(?!\/)/.test(one.address ?? "")) link.href = one.address;
    else link.remove();
    item.querySelector("button").addEventListener("click", async () => {
      await heard(one.uuid);
      await showSaid();
      at(at("said").hidden ? "waits-title" : "said-title").focus();
    });
    return item;
  });
  at("said").querySelector("ul").replaceChildren(...rows);
  at("said").hidden = !rows.length;
}

// --- What is saved -----------------------------------------------------------------------

// Removing these takes away the way to go on with what is half done.
const HALF_DONE = ["attempt", "door"];

async function keptRow(one) {
  const item = row(at("kept-row"));
  const page = await front(one);
  const link = item.querySelector("a");
  const named = { course: heading, attempt: testOf }[one.kind];
  link.textContent = (page && named?.(page.html)) || (words[one.kind] ?? words.other);
  if (page && !one.part) link.href = page.url;
  const meta = [words[one.kind], size(one.bytes), one.part ? words.part : words.saved.replace("{at}", moment(one.at))];
  item.querySelector(".meta").textContent = meta.filter((each) => each && each !== link.textContent).join(", ");
  const [remove, confirm] = [item.querySelector("[data-remove]"), item.querySelector("[data-confirm]")];
  remove.setAttribute("aria-label", `${remove.textContent}: ${link.textContent}`);
  const really = async () => {
    await (one.kind === "course" && !one.part ? removeCourse(person, one.key) : drop(one.name));
    await showKept();
    at("removed").textContent = at("removed").dataset.words;
    at("kept-title").focus();
  };
  remove.addEventListener("click", () => {
    if (!HALF_DONE.includes(one.kind)) return really();
    confirm.hidden = false;
    confirm.querySelector("p").focus();
  });
  item.querySelector("[data-really]").addEventListener("click", really);
  item.querySelector("[data-no]").addEventListener("click", () => {
    confirm.hidden = true;
    remove.focus();
  });
  return item;
}

// Papers that nobody has begun are a part of their course, and go with it.
async function inCourses(rows) {
  const manifests = rows.filter(({ kind }) => kind === "course").map(({ key }) => remembered(`course:${person}:${key}`));
  const held = new Set((await Promise.all(manifests)).flatMap((one) => one?.papers ?? []).map(({ attempt }) => attempt));
  const isPart = ({ kind, key }) => kind === "attempt" && held.has(key);
  return Promise.all(rows.map(async (one) => isPart(one) && !(await isBegun(person, one.key))));
}

async function showKept() {
  const rows = "caches" in window ? await kept(person, { unfinished: true }) : [];
  const hidden = await inCourses(rows);
  const found = rows.filter((_one, n) => !hidden[n]);
  at("kept").replaceChildren(...(await Promise.all(found.map(keptRow))));
  at("kept-none").hidden = Boolean(found.length);
  await showSpace();
}

async function showSpace() {
  const { usage, quota } = (await navigator.storage?.estimate?.()) ?? {};
  if (!quota) return;
  const { dataset } = at("space");
  const lasts = await navigator.storage.persisted?.();
  const used = dataset.used.replace("{used}", size(usage)).replace("{free}", size(quota - usage));
  at("space").querySelector("p").textContent = `${used} ${lasts ? dataset.lasting : dataset.passing}`;
  at("space").hidden = false;
}

// --- All of it ---------------------------------------------------------------------------

async function refresh() {
  await showWaiting();
  await showSaid();
}

async function begin() {
  await refresh();
  await showKept();
  at("shared").hidden = isOwn;
  at("needs-script").hidden = true;
  at("downloads").hidden = false;
  at("send").addEventListener("click", () => send().catch(() => {}));
  listen((news) => {
    if (news.person === person) refresh().catch(() => {});
  });
}

if (person) begin().catch(() => {});
