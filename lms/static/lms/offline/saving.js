// The page that saves a course on this device: how large it is before it begins, how far it is, and what
// to do when it stops.

import { begun, fetchCourse, fetchPapers, listOf, news, remove, saved, Stopped } from "./bundle.js";
import { ofSize, moment, say } from "./figures.js";
import { showFilms } from "./films.js";
import { keeps, person, sync } from "./page.js";
import { removeEnded } from "./ended.js";
import { size } from "./wording.js";

const box = document.getElementById("saving");
const part = (id) => document.getElementById(id);
const { course: key, slug } = box.dataset;
const course = { person, sync, key, slug };
// Room for the new one beside the old.
const TIMES_ROOM = 2;

let list, known, running, goesOnAlone = false;

function show(words, { go = "", runs = false } = {}) {
  part("said").textContent = words;
  part("go").hidden = !go;
  part("go").textContent = go;
  part("stop").hidden = !runs;
  part("course-count").hidden = !runs;
  part("open").hidden = runs || !known;
  part("remove").hidden = runs || !known;
  part("sure").hidden = true;
}

// --- What there is -----------------------------------------------------------------------

async function look() {
  known = await saved(person, key);
  show(say("looking"));
  try {
    list = await listOf(box.dataset.list, sync);
  } catch (stopped) {
    return showStopped(stopped);
  }
  if (!list) return show(say(await removeEnded(person, key, sync)));
  await showState();
  // In place of papers that were handed in.
  if (known?.hasPapers) await fetchPapers(course, known, box.dataset.papers).catch(() => {});
}

async function showState() {
  const started = await begun(person, key);
  if (started?.version === list.version) {
    show(say("begun", { n: started.count, of: list.items.length }), { go: say("go-on") });
  } else if (!known) {
    show(say("ready", { size: size(list.bytes) }), { go: say("go", { size: size(list.bytes) }) });
  } else if (known.version !== list.version) {
    show(say("newer", { when: moment(known.at) }), { go: say("renew", { size: size(news(known, list)) }) });
  } else if (!known.hasPapers) {
    show(say("no-papers"), { go: say("go-on") });
  } else {
    show(say("saved", { when: moment(known.at) }));
  }
  showFilms(part("films"), course, known, list);
}

function showStopped(stopped) {
  const why = stopped instanceof Stopped ? stopped.why : "busy";
  goesOnAlone = why === "away" && Boolean(list);
  if (why === "away" && !list) {
    return show(known ? say("away-saved", { when: moment(known.at) }) : say("away-unknown"));
  }
  show(say(why, { size: size(TIMES_ROOM * (list?.bytes ?? 0)) }), { go: say("go-on") });
}

// --- Saving ------------------------------------------------------------------------------

async function hasRoom(bytes) {
  const room = await navigator.storage?.estimate?.().catch(() => null);
  return !room?.quota || room.quota - room.usage >= TIMES_ROOM * bytes;
}

async function run() {
  if (running) return;
  running = new AbortController();
  goesOnAlone = false;
  const { signal } = running;
  try {
    list = await listOf(box.dataset.list, sync);
    if (!list) return show(say(await removeEnded(person, key, sync)));
    if (!(await hasRoom(news(known, list)))) throw new Stopped("full");
    show(say("running"), { runs: true });
    known = await fetchCourse(course, list, { told: count, signal });
    show(say("papers"), { runs: true });
    known = await fetchPapers(course, known, box.dataset.papers, signal);
    await navigator.storage?.persist?.().catch(() => false);
    await showState();
    part("open").focus();
  } catch (stopped) {
    known = await saved(person, key);
    showStopped(running.isAway ? new Stopped("away") : stopped);
    if (!part("go").hidden) part("go").focus();
  } finally {
    running = undefined;
  }
}

function count({ n, of, got, total }) {
  const bar = part("course-count").querySelector("progress");
  bar.max = of;
  bar.value = n;
  const [here, whole] = ofSize(got, total);
  part("counted").textContent = say("count", { n, of, got: here, size: whole });
  // Once on the way, so that nobody is talked to all the time.
  if (n === Math.ceil(of / 2)) part("said").textContent = say("half");
}

// --- The buttons -------------------------------------------------------------------------

function listen() {
  part("go").addEventListener("click", () => (list ? run() : look()));
  part("stop").addEventListener("click", () => running?.abort());
  part("remove").addEventListener("click", () => {
    part("sure").hidden = false;
    part("yes").focus();
  });
  part("no").addEventListener("click", () => {
    part("sure").hidden = true;
    part("remove").focus();
  });
  part("yes").addEventListener("click", async () => {
    await remove(person, key);
    known = null;
    if (!list) return show(say("removed"));
    await showState();
    part("said").textContent = say("removed");
    part("go").focus();
  });
  window.addEventListener("offline", () => {
    if (!running) return;
    running.isAway = true;
    running.abort();
  });
  window.addEventListener("online", () => {
    if (goesOnAlone) run();
    else if (!list) look();
  });
}

if (keeps && person) {
  part("no-script").hidden = true;
  box.hidden = false;
  listen();
  look();
}
