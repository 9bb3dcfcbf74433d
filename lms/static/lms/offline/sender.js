// Sends what waits, in order, one sender at a time over all tabs and the service worker. An item is let go
// only when the server has answered to its very name.

import { ask } from "./asking.js";
import { adopt, device, howMany, remember, remembered, settle, waiting } from "./store.js";

const MOST = 50;
const LONGEST_PAUSE = 60000;
const AN_HOUR = 3600 * 1000;
const channel = new BroadcastChannel("outbox");

// What became of a try to send.
export const EMPTY = "empty", OFFLINE = "offline", SIGN_IN = "sign-in", SOMEBODY_ELSE = "somebody-else";
export const BUSY = "busy";

// --- News --------------------------------------------------------------------------------

const listeners = new Set();
channel.onmessage = ({ data }) => listeners.forEach((listener) => listener(data));

function tell(news) {
  channel.postMessage(news);
  listeners.forEach((listener) => listener(news));
}

// {person, settled: [{item, reply}], at} when items were answered; {person, outcome, left} when a try ended.
export function listen(listener) {
  listeners.add(listener);
}

// --- One try -----------------------------------------------------------------------------

// Who is signed in, with the token for sending; or why that is not known.
export async function who(address) {
  const { status, said } = await ask(address, { headers: { accept: "application/json" } });
  if (status === 200 && said?.person) return said;
  return status === 401 ? SIGN_IN : OFFLINE;
}

function isAnswerTo(said, items) {
  const names = new Set(items.map((item) => item.uuid));
  return Array.isArray(said?.items) && said.items.every((reply) => !reply.uuid || names.has(reply.uuid));
}

// The words that leave this device: what is only for its own use stays.
const asSent = ({ person, ...item }) => item;

async function send(address, person, token, items) {
  return ask(address, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json", "x-csrftoken": token },
    body: JSON.stringify({
      person,
      device: await device(),
      now: new Date().toISOString(),
      items: items.map(asSent),
    }),
  });
}

// Nothing is handed in before its answers were taken. `stuck`: {name: attempt}.
function mayGo(item, stuck) {
  if (stuck.has(item.uuid)) return false;
  return item.kind !== "hand_in" || ![...stuck.values()].includes(item.attempt);
}

async function empty(address, person) {
  const first = await waiting(person, 1);
  if (!first.length) return { outcome: EMPTY };
  let known = await who(address);
  let most = MOST;
  // Those the server could not take just now, however often they were sent: the others go before them.
  const stuck = new Map();
  for (let tokens = 0; ; ) {
    if (typeof known === "string") return { outcome: known };
    if (known.person !== person) return { outcome: SOMEBODY_ELSE };
    const items = (await waiting(person)).filter((item) => mayGo(item, stuck)).slice(0, most);
    if (!items.length) return { outcome: stuck.size ? BUSY : EMPTY };
    const { status, said, retryAfter } = await send(address, person, known.token, items);
    if (status === 200 && isAnswerTo(said, items)) {
      const settled = await settle(person, said.items, said.at);
      if (!settled.length) return { outcome: BUSY };
      tell({ person, settled, at: said.at });
    } else if (status === 403 && tokens++ < 2) {
      known = await who(address);
    } else if (status === 401) {
      return { outcome: SIGN_IN };
    } else if (status === 409) {
      return { outcome: SOMEBODY_ELSE };
    } else if (status === 500 || status === 400 || status === 413) {
      // One of them may be the reason: each by itself, so that it holds up no other.
      if (items.length > 1) most = 1;
      else stuck.set(items[0].uuid, items[0].attempt);
    } else {
      return { outcome: status ? BUSY : OFFLINE, retryAfter };
    }
  }
}

// Says once an hour that this device is there, and hears what is new: what `who` gives, or null.
export async function greet(address, person) {
  const name = `greeted:${person}`;
  const last = await remembered(name);
  if (last && Math.abs(Date.now() - last) < AN_HOUR) return null;
  const known = await who(address);
  if (known.person !== person) return null;
  // Of records that are one with this person's now.
  if (known.merged?.length) await adopt(person, known.merged);
  const { status } = await send(address, person, known.token, []);
  if (status === 200) await remember(name, Date.now());
  return known;
}

function alone(work) {
  return navigator.locks ? navigator.locks.request("outbox", work) : work();
}

// --- Again and again ---------------------------------------------------------------------

let running, again, pause = 0, timer, notBefore = 0;

// Sends what waits for this person. `now`: asked for by hand, so that no pause is kept. Gives the outcome.
// A try that fails is made again by itself, later and later, or when the server said.
export async function drain(address, person, { now = false } = {}) {
  if (!now && performance.now() < notBefore) return BUSY;
  if (running) {
    again = true;
    return running;
  }
  running = (async () => {
    let last;
    do {
      again = false;
      try {
        last = await alone(() => empty(address, person));
      } catch {
        last = { outcome: BUSY };
      }
    } while (again && last.outcome === EMPTY);
    return last;
  })().then(async ({ outcome, retryAfter }) => {
    running = undefined;
    schedule(address, person, outcome, retryAfter);
    const left = await howMany(person).catch(() => null);
    tell({ person, outcome, left });
    if (left && (outcome === OFFLINE || outcome === BUSY)) askForSync();
    return outcome;
  });
  return running;
}

// Where the browser can, it sends by itself when the network is back, with every page closed.
// (In the service worker there is no `serviceWorker`: there the browser tries again of itself.)
async function askForSync() {
  const registration = await navigator.serviceWorker?.getRegistration().catch(() => null);
  await registration?.sync?.register("outbox").catch(() => {});
}

function schedule(address, person, outcome, retryAfter) {
  clearTimeout(timer);
  notBefore = 0;
  if (outcome !== OFFLINE && outcome !== BUSY) {
    pause = 0;
    return;
  }
  pause = Math.min(pause * 2 || 1000, LONGEST_PAUSE);
  // Not all telephones of a station at the same moment.
  const wait = Math.max(retryAfter || 0, pause * (0.5 + Math.random() / 2));
  if (retryAfter) notBefore = performance.now() + wait;
  timer = setTimeout(() => drain(address, person, { now: true }), wait);
}
