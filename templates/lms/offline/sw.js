{% autoescape off %}// Answers from this device where the network does not. It keeps the site's own files; pages are kept by
// their own scripts, each for one person, and only read here.
import { remember, remembered } from "{{ store }}";
import { drain } from "{{ sender }}";

const site = {{ told }};
const SHELL = `shell-${site.version}`;
const PATIENCE = 3000;
const untouched = new RegExp(`^/(${site.untouched.join("|")})(/|$)`);
const learning = /^\/(attempts|courses|my|quizzes|runs|scenarios)\//;
const isMedia = /^(image|audio|video|track)$/;
const anyhow = { ignoreVary: true };

// --- The shell: whole, or not at all -----------------------------------------------------

addEventListener("install", (event) => {
  const fill = async () => {
    const cache = await caches.open(SHELL);
    await cache.addAll(site.shell.map((path) => new Request(path, { cache: "no-cache" })));
    await skipWaiting();
  };
  event.waitUntil(fill());
});

addEventListener("activate", (event) => {
  const settle = async () => {
    const old = (await caches.keys()).filter((name) => name.startsWith("shell-") && name !== SHELL);
    await Promise.all(old.map((name) => caches.delete(name)));
    await clients.claim();
  };
  event.waitUntil(settle());
});

// --- Which requests ----------------------------------------------------------------------

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.mode === "navigate" && request.method === "POST") {
    // Of the desk only signing out concerns anybody here.
    if (!pathname.startsWith("/admin/") || pathname.endsWith("/logout/")) event.respondWith(post(request, pathname));
  } else if (request.method !== "GET" || untouched.test(pathname)) {
    return;
  } else if (request.mode === "navigate") {
    event.respondWith(page(request, pathname));
  } else if (pathname.startsWith(site.static)) {
    event.respondWith(file(request, pathname));
  } else if (isMedia.test(request.destination)) {
    event.respondWith(media(request, pathname));
  }
});

// Whoever signs in or out does it by such a request: until a page says who it is, nobody is known. Those that
// belong to learning change nobody; were they forgotten with, a network lost on the way back would lock the
// person out of the saved pages.
async function post(request, path) {
  const before = await remembered("current").catch(() => null);
  if (!learning.test(path)) await remember("current", null).catch(() => {});
  try {
    return await fetch(request);
  } catch (error) {
    if (before) await remember("current", before).catch(() => {});
    if (untouched.test(path)) throw error;
    return unreachable("post");
  }
}

// --- Pages -------------------------------------------------------------------------------

async function page(request, path) {
  const asked = fetch(request);
  const soon = await Promise.race([asked.catch(() => null), pause()]);
  // 502 to 504: something between here and the site answers, but not the site.
  if (soon && !(soon.status > 501 && soon.status < 505)) return soon;
  const paper = /^\/attempts\/[^/]+\//.exec(path);
  const found = await kept(paper ? [path, `${paper[0]}paper/`] : [path]);
  if (found) return dated(found);
  return asked.catch(() => unreachable("get"));
}

const pause = () => new Promise((resolve) => setTimeout(resolve, PATIENCE));

// The newest copy that the current person kept of the first of these that there is.
async function kept(paths) {
  const person = await remembered("current").catch(() => null);
  if (!person) return undefined;
  const names = (await caches.keys()).filter((name) => name.startsWith(`p-${person}-`) && !name.endsWith("-part"));
  for (const path of paths) {
    const found = await Promise.all(names.map((cacheName) => caches.match(path, { ...anyhow, cacheName })));
    const newest = found.filter(Boolean).sort((a, b) => (saved(a) < saved(b) ? 1 : -1))[0];
    if (newest) return newest;
  }
}

const saved = (response) => response.headers.get("x-saved") ?? "";

// The copy, saying from when it is.
async function dated(response) {
  if (!response.headers.get("content-type")?.startsWith("text/html")) return response;
  const html = await response.text();
  const at = new Date(saved(response));
  const language = /<html lang="([^"]+)"/.exec(html)?.[1].replace(/^en$/, "en-GB");
  const clock = { hour: "2-digit", minute: "2-digit" };
  const isToday = at.toDateString() === new Date().toDateString();
  const words = isToday
    ? at.toLocaleTimeString(language, clock)
    : at.toLocaleString(language, { day: "numeric", month: "long", year: "numeric", ...clock });
  const told = html.replace(
    /(id="saved-copy") hidden(>[^]*?)<time[^>]*><\/time>/,
    (all, opening, text) => `${opening}${text}<time datetime="${saved(response)}">${words}</time>`,
  );
  const headers = new Headers(response.headers);
  headers.delete("content-length");
  return new Response(told, { status: response.status, headers });
}

// Says there is no network; after a form was sent, that it did not arrive.
async function unreachable(method) {
  const response = await caches.match(site.page, { ...anyhow, cacheName: SHELL });
  if (!response) return Response.error();
  const html = (await response.text()).replace(`id="after-${method}" hidden`, `id="after-${method}"`);
  return new Response(html, { status: 503, headers: response.headers });
}

// A picture, a film: what was kept, or that part of it which a player asks for.
async function media(request, path) {
  const found = await kept([path]);
  if (!found) return fetch(request);
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get("range") ?? "");
  if (!range) return found;
  const body = await found.blob();
  const first = Number(range[1]);
  const last = Math.min(range[2] ? Number(range[2]) : Infinity, body.size - 1);
  if (first > last) return new Response(null, { status: 416, headers: { "content-range": `bytes */${body.size}` } });
  const headers = { "content-type": body.type, "content-range": `bytes ${first}-${last}/${body.size}` };
  return new Response(body.slice(first, last + 1), { status: 206, headers });
}

// --- The site's own files ----------------------------------------------------------------

async function file(request, path) {
  const own = { ...anyhow, cacheName: SHELL };
  const found = (await caches.match(path, own)) ?? (await caches.match(path, anyhow));
  if (found) return found;
  try {
    return await fetch(request);
  } catch (error) {
    // A page that was saved before the site changed names files that are gone: the new ones take their place.
    const plain = (name) => name.replace(/\.[0-9a-f]{12}(?=\.\w+$)/, "");
    const heir = site.shell.find((name) => plain(name) === plain(path));
    if (!heir) throw error;
    return caches.match(heir, own);
  }
}

// --- Sending when the network is back ----------------------------------------------------

addEventListener("sync", (event) => {
  const send = async () => {
    const person = await remembered("current");
    const outcome = person ? await drain(site.sync, person, { now: true }) : "empty";
    // Then the browser tries again by itself.
    if (outcome === "offline" || outcome === "busy") throw new Error(outcome);
  };
  if (event.tag === "outbox") event.waitUntil(send());
});
{% endautoescape %}
