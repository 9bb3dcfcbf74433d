// The door without a network: draws the list that is kept on this device, and keeps each tap until it is sent.

import { person, sync } from "./page.js";
import { forgetOne, getList, GOT, rosterOf } from "./rosters.js";
import { drain, EMPTY, listen } from "./sender.js";
import { fits, isHere, KEPT, SENT, standings, UNTAKEN } from "./standings.js";
import { enqueue, heard, waiting } from "./store.js";
import { readWalkIns } from "./walk_in.js";

const box = document.querySelector("[data-away]");
const { workshop, list: address } = box.dataset;
const words = JSON.parse(document.getElementById("words").textContent);
const part = (name) => box.querySelector(`[data-part=${name}]`);
const pattern = part("row").content.firstElementChild;
const rows = new Map();
const OLD = 60_000;
// Rows of which something is being written.
const busy = new Set();
let roster, all = [], session, queue = Promise.resolve();

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name]);

function clock(moment) {
  if (!moment.includes("T")) return moment;
  const on = { timeZone: roster.list.zone };
  const day = (date) => date.toLocaleDateString("en-GB", { day: "numeric", month: "short", ...on });
  const date = new Date(moment);
  const time = date.toLocaleTimeString("en-GB", { hour: "numeric", minute: "2-digit", ...on }).replace(/^0/, "");
  return day(date) === day(new Date(now())) ? time : `${day(date)}, ${time}`;
}

// By the site's clock, as far as it is known here.
const now = () => Date.now() - roster.fast;

function say(text, isBad = false) {
  const said = part("said");
  said.textContent = text;
  said.className = isBad ? "msg bad" : "msg";
  said.hidden = !text;
}

// --- Drawing -----------------------------------------------------------------------------

// One after the other, so that what is drawn last was read last.
const draw = () => (queue = queue.then(drawNow, drawNow));

async function drawNow() {
  roster = await rosterOf(person, workshop);
  part("door").hidden = !roster;
  part("gone").hidden = Boolean(roster);
  if (!roster) return;
  chooseSession();
  const queued = await waiting(person);
  all = standings(roster, queued, session.pk);
  const kept = queued.filter((item) => item.workshop === workshop).length;
  const refused = roster.sent.filter(({ reply }) => reply.status === "refused").length;
  const values = { kept, sent: roster.sent.length - refused, list: clock(roster.list.at) };
  part("waiting").textContent = fill(words.waiting, values);
  part("refused").textContent = refused ? fill(words.refused, { n: refused }) : "";
  // The clock of this device may be wrong: what the site knew when it gave the list weighs more.
  const isEarly = Math.max(now(), Date.parse(roster.list.at)) < Date.parse(session.opens);
  part("early").hidden = !isEarly;
  for (const row of all) drawRow(row, isEarly);
  for (const [name, element] of rows) {
    if (!all.some((row) => row.registration === name)) element.remove(), rows.delete(name);
  }
  count();
  find();
  for (const { entry } of all) if (entry?.reply?.words && entry.reply.status !== "refused") heard(entry.item.uuid);
}

function chooseSession() {
  const { sessions, current } = roster.list;
  const asked = /^#s(\d+)$/.exec(location.hash)?.[1] ?? new URLSearchParams(location.search).get("session");
  const find = (pk) => sessions.find((one) => one.pk === pk);
  session = find(Number(asked)) ?? find(current) ?? sessions[0];
  const links = sessions.map((one) => {
    const item = document.createElement("li");
    const link = item.appendChild(document.createElement("a"));
    link.href = `#s${one.pk}`;
    link.textContent = one.label;
    if (one === session) link.setAttribute("aria-current", "page");
    return item;
  });
  const drawn = part("sessions");
  // Drawn anew only when another is chosen: whoever stands on a link stays there.
  if (drawn.dataset.session === `${session.pk}` && drawn.childElementCount === links.length) return;
  drawn.dataset.session = session.pk;
  drawn.replaceChildren(...links);
}

function presenceOf(row) {
  // Of what the list says, the site has reckoned this.
  const isNew = row.presence === "present" && row.time.includes("T");
  return isNew && Date.parse(row.time) > Date.parse(session.late_after) ? "late" : row.presence;
}

const NAMES = { present: "here", late: "late", absent: "absent", unconfirmed: "unconfirmed" };
const LOOKS = { present: "tag here", late: "tag due", absent: "tag", unconfirmed: "tag due", "": "tag wait" };

function drawRow(row, isEarly) {
  let element = rows.get(row.registration);
  if (!element) {
    element = pattern.cloneNode(true);
    element.dataset.registration = row.registration;
    rows.set(row.registration, element);
    part("rows").append(element);
  }
  const set = (selector, text) => (element.querySelector(selector).textContent = text);
  set(".rn", row.label || words.new);
  set("[data-part=name]", row.name);
  set("[data-part=agency]", row.agency);
  const presence = presenceOf(row);
  const time = row.time && isHere(row.presence) ? ` ${clock(row.time)}` : "";
  const tag = element.querySelector(".tag");
  tag.className = LOOKS[presence];
  tag.textContent = (presence ? words[NAMES[presence]] : words.none) + time;
  element.dataset.presence = presence;
  element.dataset.state = row.state ?? "";
  set("[data-part=state]", stateOf(row));
  const isRefused = row.state === UNTAKEN;
  const shown = {
    present: !isHere(presence),
    late: !isHere(presence),
    absent: !isHere(presence) && presence !== "absent",
    undo: Boolean(row.undo),
    seen: isRefused,
  };
  // A walk-in that was not taken is nobody who could be marked.
  const isNobody = isRefused && row.entry.item.kind === "walk_in";
  const had = document.activeElement;
  for (const button of element.querySelectorAll("button")) {
    const { tap } = button.dataset;
    button.hidden = isEarly || !shown[tap] || (isNobody && tap !== "seen");
    button.querySelector(".vh").textContent = ` ${row.name}`;
  }
  if (had?.hidden && element.contains(had)) element.querySelector("button:not([hidden])")?.focus();
}

function stateOf({ state, entry }) {
  if (state === KEPT) return words.kept;
  if (state === SENT) {
    return [fill(words.sent, { time: clock(entry.at) }), entry.reply.words].filter(Boolean).join(". ");
  }
  return state === UNTAKEN ? `${words.untaken}: ${entry.reply.words}` : "";
}

function count() {
  const people = all.filter((row) => !(row.state === UNTAKEN && row.entry.item.kind === "walk_in"));
  const standing = people.map(presenceOf);
  const many = (...presences) => standing.filter((one) => presences.includes(one)).length;
  part("here").textContent = many("present", "late");
  part("of").textContent = fill(words.count, { of: people.length });
  part("counts").textContent = fill(words.counts, {
    late: many("late"),
    unconfirmed: many("unconfirmed"),
    absent: many("absent"),
  });
}

function find() {
  const looked = part("find").value;
  let found = 0;
  for (const row of all) {
    const isFound = fits(row, looked);
    rows.get(row.registration).hidden = !isFound;
    found += isFound;
  }
  part("nobody").hidden = found > 0;
}

// --- Tapping -----------------------------------------------------------------------------

async function keepItem(kind, fields, text) {
  try {
    await enqueue(person, kind, { workshop, session: session.pk, ...fields });
  } catch {
    say(words.unkept, true);
    return false;
  }
  say(text);
  await draw();
  drain(sync, person);
  return true;
}

async function tap(what, name) {
  const row = all.find((one) => one.registration === name);
  // Pressed twice: what the first one did is not drawn yet.
  if (!row || busy.has(name)) return;
  busy.add(name);
  await tapOnce(what, row).finally(() => busy.delete(name));
}

async function tapOnce(what, row) {
  if (what === "seen") {
    await forgetOne(person, workshop, row.entry.item.uuid);
    await heard(row.entry.item.uuid);
    return draw();
  }
  const isUndo = what === "undo";
  const fields = { registration: row.registration, mark: what, method: "name" };
  if (isUndo) fields.cancels = row.undo;
  if (row.presence === "unconfirmed" && what === "present") fields.method = "room";
  if (row.presence === "unconfirmed" && what === "absent") {
    Object.assign(fields, { correction: true, reason: words.not_in_room });
  }
  const mark = isUndo ? words.undone : words[NAMES[what]];
  await keepItem("mark", fields, fill(words.marked, { name: row.name, mark }));
  // What was looked for was found: the next one is looked for from the beginning.
  if (part("find").value) {
    part("find").value = "";
    find();
    part("find").focus();
  }
}

// --- What others did ---------------------------------------------------------------------

// What others did is seen without asking, but not with every tap: data cost money.
async function freshen() {
  if (!roster) return;
  const isOld = now() - Date.parse(roster.list.at) > OLD;
  const isNews = ({ reply, at, item }) =>
    Date.parse(at) > Date.parse(roster.list.at) && (reply.status !== "accepted" || item.kind === "walk_in");
  if (isOld || roster.sent.some(isNews)) {
    await getList(person, workshop, address);
    await draw();
  }
}

async function again() {
  await drain(sync, person, { now: true });
  const outcome = await getList(person, workshop, address);
  await draw();
  if (outcome === GOT && roster) return say(fill(words.got, { list: clock(roster.list.at) }));
  say(words[{ "sign-in": "sign_in", "somebody-else": "somebody" }[outcome] ?? outcome]);
}

// --- The page ----------------------------------------------------------------------------

function start() {
  part("rows").addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (button) tap(button.dataset.tap, button.closest("li").dataset.registration);
  });
  part("find").addEventListener("input", find);
  part("finding").addEventListener("submit", (event) => event.preventDefault());
  readWalkIns(part("walk-in"), words, (fields) =>
    keepItem("walk_in", fields, fill(words.added, { name: fields.full_name })),
  );
  part("again").addEventListener("click", again);
  addEventListener("hashchange", draw);
  // Another tab may have marked somebody.
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && draw());
  // What waits is sent by the script of every page.
  listen((news) => {
    if (news.person !== person) return;
    draw().then(() => news.outcome === EMPTY && freshen());
  });
}

if (person && box) {
  // What counts here is from when the list is, and the page says that.
  document.getElementById("saved-copy").hidden = true;
  start();
  draw().then(() => {
    for (const name of roster?.list.agencies ?? []) part("agencies").append(new Option(name));
    box.dataset.ready = "yes";
  });
}
