// One course on this device: fetched into a cache of its own beside the one that is read, and put in its
// place only when it is whole. Nothing here touches the page.

import { drop, keep, NotKept, rename } from "./keeping.js";
import { SIGN_IN, who } from "./sender.js";
import { device, placesOf, remember, remembered, waiting } from "./store.js";

const PATIENCE = 60000;

// Why it stopped: "away" (no network), "busy", "sign-in", "full", "stopped" or "ended".
export class Stopped extends Error {
  constructor(why) {
    super(why);
    this.why = why;
  }
}

const prefix = (person, key) => `p-${person}-course-${key}-`;
const wholeName = (person, key, version) => prefix(person, key) + version;
const partName = (person, key, version) => `${wholeName(person, key, version)}-part`;
const savedMeta = (person, key) => `course:${person}:${key}`;
const partMeta = (person, key) => `part:${person}:${key}`;

// --- What is here ------------------------------------------------------------------------

// The saved course, or null: {key, slug, version, at, bytes, items: {address: version}, films: [address],
// papers: [{quiz, attempt}]}. What a closed tab broke off is finished first.
export async function saved(person, key) {
  const begun = await remembered(partMeta(person, key));
  if (begun?.whole) await finish(person, begun);
  const found = await remembered(savedMeta(person, key));
  return found && (await caches.has(wholeName(person, key, found.version))) ? found : null;
}

// How much of this version was fetched before: {count, version}, or null.
export async function begun(person, key) {
  const known = await remembered(partMeta(person, key));
  if (!known || !(await caches.has(partName(person, key, known.version)))) return null;
  return { version: known.version, count: (await (await caches.open(partName(person, key, known.version))).keys()).length };
}

// The bytes that making it new takes.
export const news = (known, list) =>
  list.items.filter((item) => known?.items[item.url] !== item.version).reduce((sum, item) => sum + item.bytes, 0);

// --- Asking the server -------------------------------------------------------------------

// `long`: only the answer has to begin soon, not to end.
async function ask(url, signal, { long, ...options } = {}) {
  const given = new AbortController();
  const timer = setTimeout(() => given.abort(), PATIENCE);
  signal?.addEventListener("abort", () => given.abort());
  try {
    return await fetch(url, {
      credentials: "same-origin",
      cache: "no-store",
      redirect: "manual",
      signal: given.signal,
      ...options,
      // It is fetched to be kept, not to be read: the person's place in the course stays.
      headers: { "x-saving": "1", ...options.headers },
    });
  } catch {
    throw new Stopped(signal?.aborted ? "stopped" : "away");
  } finally {
    if (long) clearTimeout(timer);
  }
}

// What the course is made of now; null where it is not open to this person any more.
export async function listOf(url, sync) {
  const response = await ask(url);
  if (response.ok) return response.json();
  if (response.status === 403 || response.status === 404) return null;
  throw new Stopped((await isSignedOut(response, sync)) ? "sign-in" : "busy");
}

const isSignedOut = async (response, sync) =>
  response.type === "opaqueredirect" && (await who(sync)) === SIGN_IN;

// --- Fetching it -------------------------------------------------------------------------

// Fetches what is not here yet, one after the other, and puts it in place. `told({n, of, got, total})` after
// each. Throws Stopped; then what is here stays, and the next try goes on with it.
export async function fetchCourse({ person, sync, slug }, list, { told, signal }) {
  const { key, version } = list;
  const old = await saved(person, key);
  const known = await remembered(partMeta(person, key));
  if (known && known.version !== version) await drop(partName(person, key, known.version));
  const manifest = { key, slug, version, items: {}, films: [], papers: old?.papers ?? [], bytes: 0 };
  await remember(partMeta(person, key), manifest);
  const name = partName(person, key, version);
  const cache = await caches.open(name);
  const before = old && (await caches.open(wholeName(person, key, old.version)));
  const pictures = new Set(list.items.filter((item) => item.kind === "picture").map((item) => item.url));
  const total = list.items.reduce((sum, item) => sum + item.bytes, 0);
  let [n, got] = [0, 0];
  for (const item of list.items) {
    if (signal.aborted) throw new Stopped("stopped");
    if (!(await cache.match(item.url))) {
      const same = old?.items[item.url] === item.version && (await before.match(item.url));
      if (same) await put(cache, item.url, same);
      else if (!(await fetchOne(name, item.url, { sync, signal, pictures }))) delete manifest.items[item.url];
    }
    if (await cache.match(item.url)) manifest.items[item.url] = item.version;
    told({ n: ++n, of: list.items.length, got: (got += item.bytes), total });
  }
  for (const film of list.films) {
    const same = old?.films.includes(film.url) && (await before.match(film.url));
    if (!same) continue;
    await put(cache, film.url, same);
    const captions = film.captions && (await before.match(film.captions));
    if (captions) await put(cache, film.captions, captions);
    manifest.films.push(film.url);
  }
  Object.assign(manifest, { bytes: total, at: new Date().toISOString(), whole: true });
  await remember(partMeta(person, key), manifest);
  return finish(person, manifest);
}

async function put(cache, url, response) {
  try {
    await cache.put(url, response);
  } catch {
    throw new Stopped("full");
  }
}

// Whether there was something to keep: what has gone meanwhile is left out.
async function fetchOne(name, url, { sync, signal, pictures, told }) {
  const response = await ask(url, signal, { long: Boolean(told) });
  if (!response.ok) {
    if (await isSignedOut(response, sync)) throw new Stopped("sign-in");
    if (response.status >= 500 || response.status === 429) throw new Stopped("busy");
    return false;
  }
  try {
    await keep(name, url, await readied(response, pictures, told));
    return true;
  } catch (error) {
    if (error instanceof NotKept) throw new Stopped("sign-in");
    if (error.name === "QuotaExceededError") throw new Stopped("full");
    throw new Stopped(signal?.aborted ? "stopped" : "away");
  }
}

// A page as it works without a network: the size of each picture that is kept, and addresses that lead
// straight to a page, where on line a redirect does.
async function readied(response, pictures, told) {
  if (!response.headers.get("content-type")?.startsWith("text/html")) return counted(response, told);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const picture of page.querySelectorAll("picture")) {
    const offered = [...picture.querySelectorAll("source")].flatMap((source) =>
      source.srcset.split(",").map((one) => one.trim().split(/\s/)[0]),
    );
    const here = offered.find((url) => pictures.has(url));
    const image = picture.querySelector("img");
    if (!here || !image) continue;
    for (const source of picture.querySelectorAll("source")) source.remove();
    image.removeAttribute("srcset");
    image.removeAttribute("sizes");
    image.setAttribute("src", here);
  }
  for (const link of page.querySelectorAll("a[data-away]")) link.setAttribute("href", link.dataset.away);
  // As the server writes it: the service worker looks for the notice that it fills in.
  const html = page.documentElement.outerHTML.replaceAll(' hidden=""', " hidden");
  return new Response(`<!doctype html>\n${html}`, { headers: response.headers });
}

function counted(response, told) {
  if (!told || !response.body) return response;
  let got = 0;
  const count = new TransformStream({
    transform(chunk, out) {
      told((got += chunk.byteLength));
      out.enqueue(chunk);
    },
  });
  return new Response(response.body.pipeThrough(count), { headers: response.headers });
}

// The new one is whole: from here on it is read. Only now the older ones go. Done twice, it does no harm.
async function finish(person, manifest) {
  const { key, version } = manifest;
  const [part, whole] = [partName(person, key, version), wholeName(person, key, version)];
  if (await caches.has(part)) await rename(part, whole);
  const { whole: _said, ...known } = manifest;
  await remember(savedMeta(person, key), known);
  await remember(partMeta(person, key), null);
  for (const name of await caches.keys()) {
    if (name.startsWith(prefix(person, key)) && name !== whole) await drop(name);
  }
  return known;
}

// --- Films, papers -----------------------------------------------------------------------

export async function fetchFilm({ person, sync }, known, film, { told, signal }) {
  const name = wholeName(person, known.key, known.version);
  if (film.captions) await fetchOne(name, film.captions, { sync, signal });
  if (!(await fetchOne(name, film.url, { sync, signal, told }))) throw new Stopped("ended");
  known.films.push(film.url);
  await remember(savedMeta(person, known.key), known);
}

// The papers of the tests that may be begun here without a network.
export async function fetchPapers({ person, sync }, known, address, signal) {
  const me = await who(sync);
  if (me === SIGN_IN || (me.person && me.person !== person)) throw new Stopped("sign-in");
  if (!me.token) throw new Stopped("away");
  const body = new URLSearchParams({ device: await device() });
  const response = await ask(address, signal, { method: "POST", body, headers: { "x-csrftoken": me.token } });
  if (!response.ok) throw new Stopped("busy");
  const { papers } = await response.json();
  for (const { quiz, attempt, url } of papers) {
    const name = `p-${person}-attempt-${attempt}`;
    const here = (await caches.has(name)) && (await (await caches.open(name)).match(url));
    if (!here && !(await fetchOne(name, url, { sync, signal, pictures: new Set() }))) continue;
    await remember(`paper:${person}:${quiz}`, attempt);
    if (!known.papers.some((one) => one.attempt === attempt)) known.papers.push({ quiz, attempt });
  }
  known.hasPapers = true;
  await remember(savedMeta(person, known.key), known);
  return known;
}

// --- Leaving -----------------------------------------------------------------------------

// Whether something was done on this device with a paper that came along.
export async function isBegun(person, attempt) {
  const items = await waiting(person);
  return Boolean(
    items.some((item) => item.attempt === attempt) ||
      (await remembered(`begun:${person}:${attempt}`)) ||
      (await placesOf(person, attempt)).length,
  );
}

// Takes the course away. A paper that was begun stays: its answers may not have been sent.
export async function remove(person, key) {
  const known = await remembered(savedMeta(person, key));
  for (const { quiz, attempt } of known?.papers ?? []) {
    if (await isBegun(person, attempt)) continue;
    await drop(`p-${person}-attempt-${attempt}`);
    if ((await remembered(`paper:${person}:${quiz}`)) === attempt) await remember(`paper:${person}:${quiz}`, null);
  }
  await remember(savedMeta(person, key), null);
  await remember(partMeta(person, key), null);
  for (const name of await caches.keys()) if (name.startsWith(prefix(person, key))) await drop(name);
}
