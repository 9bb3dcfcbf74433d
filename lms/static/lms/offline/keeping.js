// Pages kept in this browser, for one person each. Nothing here touches the page, so that every page's
// script uses it alike. A cache's name says whose it is and what: p-<person>-course-<uuid>-<version>.

const UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const NAME = new RegExp(`^p-(${UUID})-([a-z]+)(?:-(${UUID}))?(?:-(.+?))?$`);
const PART = "-part";
// In a cache that is being moved to its last name: what stands there is not whole yet.
const MOVING = "/.moving";

export class NotKept extends Error {}

const read = (name) => NAME.exec(name.endsWith(PART) ? name.slice(0, -PART.length) : name);

// The names of everything of this person's, unfinished things too.
async function namesOf(person) {
  return (await caches.keys()).filter((name) => name.startsWith(`p-${person}-`));
}

// Keeps this answer of the server under the address, with the moment in its header x-saved. Refuses what
// is not the page itself, and a page that was made for another person: both throw NotKept. Gives its bytes.
export async function keep(cacheName, url, response) {
  const whose = read(cacheName)?.[1];
  if (!whose || !response.ok || response.redirected || response.type === "opaque") throw new NotKept(url);
  const body = await response.blob();
  const type = response.headers.get("content-type") ?? "";
  if (type.startsWith("text/html")) {
    const owner = /<body[^>]* data-person="([^"]*)"/.exec(await body.text());
    if (owner?.[1] !== whose) throw new NotKept(url);
  }
  const headers = new Headers(response.headers);
  for (const name of ["content-encoding", "transfer-encoding", "set-cookie", "vary"]) headers.delete(name);
  headers.set("content-length", body.size);
  headers.set("x-saved", new Date().toISOString());
  const cache = await caches.open(cacheName);
  await cache.put(url, new Response(body, { status: response.status, headers }));
  return body.size;
}

export const drop = (cacheName) => caches.delete(cacheName);

// Whether this address is in something of the person's that is whole.
export async function isKept(person, address) {
  for (const name of await namesOf(person)) {
    if (!name.endsWith(PART) && (await (await caches.open(name)).match(address))) return true;
  }
  return false;
}

// Everything of this person: they signed out, or this device turned out to be shared.
export async function dropAll(person) {
  for (const name of await namesOf(person)) await caches.delete(name);
}

// Gives what is whole its last name. Begun again after a break, it goes on where it stopped.
export async function rename(from, to) {
  const [source, target] = [await caches.open(from), await caches.open(to)];
  await source.put(MOVING, new Response(to));
  const paths = new Set();
  for (const request of await source.keys()) {
    const path = new URL(request.url).pathname;
    if (path === MOVING) continue;
    paths.add(request.url);
    await target.put(request, await source.match(request));
  }
  // What stood under that name before and is in the new one no more.
  for (const request of await target.keys()) if (!paths.has(request.url)) await target.delete(request);
  await caches.delete(from);
}

// Moves that a closed tab broke off.
async function finishMoves(names) {
  for (const name of names.filter((one) => one.endsWith(PART))) {
    const moving = await (await caches.open(name)).match(MOVING);
    if (moving) await rename(name, await moving.text());
  }
}

// What is kept for this person and whole: [{name, kind, key, version, at, bytes, count}].
// `unfinished`: what is only loaded in part is named too, with part: true.
export async function kept(person, { unfinished = false } = {}) {
  await finishMoves(await namesOf(person));
  const found = [];
  for (const name of await namesOf(person)) {
    const part = name.endsWith(PART);
    const [, , kind, key = "", version = ""] = read(name) ?? [];
    if (!kind || (part && !unfinished)) continue;
    const cache = await caches.open(name);
    const row = { name, kind, key, version, at: "", bytes: 0, count: 0, part };
    for (const request of await cache.keys()) {
      const response = await cache.match(request);
      if (!response) continue;
      const at = response.headers.get("x-saved") ?? "";
      if (at > row.at) row.at = at;
      row.bytes += Number(response.headers.get("content-length")) || 0;
      row.count += 1;
    }
    if (row.count) found.push(row);
  }
  return found;
}

// The page at which somebody begins to read what is kept in this row: {url, html}, or null.
export async function front({ name, kind, key }) {
  const cache = await caches.open(name);
  const paths = (await cache.keys()).map((request) => new URL(request.url).pathname);
  const own = kind === "course" ? paths.filter((path) => path.startsWith("/courses/")) : paths;
  for (const path of own.sort((a, b) => a.length - b.length)) {
    const response = await cache.match(path);
    if (!response?.headers.get("content-type")?.startsWith("text/html")) continue;
    return { url: kind === "attempt" ? `/attempts/${key}/` : path, html: await response.text() };
  }
  return null;
}
