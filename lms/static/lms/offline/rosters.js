// The list of a workshop's door on the device of whoever runs it: names of people, so it goes when it is not
// needed any more. What waits to be sent stays in the outbox until it is sent.

import { ask } from "./asking.js";
import { drop, keep } from "./keeping.js";
import { done, remember, within } from "./store.js";

export const GOT = "got", GONE = "gone", OFFLINE = "offline", SIGN_IN = "sign-in", SOMEBODY_ELSE = "somebody-else";
const A_WHILE = 3600_000;
const GONE_BY = [403, 404, 410];

export const cacheOf = (person, workshop) => `p-${person}-door-${workshop}`;

// {list, sent: [{item, reply, at}], fast}, or undefined. `fast`: by how much this device's clock is ahead.
export const rosterOf = (person, workshop) =>
  within(["rosters"], "readonly", (rosters) => done(rosters.get([person, workshop])));

export async function remove(person, workshop) {
  await within(["rosters"], "readwrite", (rosters) => done(rosters.delete([person, workshop])));
  if ("caches" in window) await drop(cacheOf(person, workshop));
}

// The person has read what became of this one.
export const forgetOne = (person, workshop, uuid) =>
  within(["rosters"], "readwrite", async (rosters) => {
    const roster = await done(rosters.get([person, workshop]));
    if (roster) await done(rosters.put({ ...roster, sent: roster.sent.filter(({ item }) => item.uuid !== uuid) }));
  });

// While nothing is being sent: else the list would not know what this device is told was taken.
const quietly = (work) => (navigator.locks ? navigator.locks.request("outbox", work) : work());

// Gets the list again, with what other devices did; what was sent from here goes on being shown.
export function getList(person, workshop, address) {
  return quietly(async () => {
    const { status, said } = await ask(address);
    if (!said) return OFFLINE;
    if (status === 401) return SIGN_IN;
    if (GONE_BY.includes(status)) {
      await remove(person, workshop);
      return said.error === "closed" ? "closed" : GONE;
    }
    if (status !== 200 || !Array.isArray(said.rows)) return OFFLINE;
    if (said.person !== person) return SOMEBODY_ELSE;
    // By this every page knows that there is something to let go of.
    await remember("door", true);
    const fast = Date.now() - Date.parse(said.at);
    await within(["rosters"], "readwrite", async (rosters) => {
      const before = await done(rosters.get([person, workshop]));
      const sent = before?.sent ?? [];
      await done(rosters.put({ person, workshop, address, list: said, fast, sent, looked: Date.now() }));
    });
    return GOT;
  });
}

// Keeps the page, under the door's own address too, with its scripts: it opens there without a network.
export async function keepPage(person, workshop, away, door) {
  const name = cacheOf(person, workshop);
  const page = await fetch(away, { credentials: "same-origin", cache: "no-store" });
  const html = await page.clone().text();
  await keep(name, away, page.clone());
  await keep(name, door, page);
  const read = new DOMParser().parseFromString(html, "text/html");
  for (const one of read.querySelectorAll("link[rel=modulepreload], link[rel=stylesheet], script[src]")) {
    const address = one.getAttribute("href") ?? one.getAttribute("src");
    await keep(name, address, await fetch(address));
  }
}

// Takes off this device every list whose workshop is over, whoever kept it; and this person's lists of those
// that were closed, or that they do not run any more, as soon as the site can be asked.
export async function expire(person) {
  const rosters = await within(["rosters"], "readonly", (store) => done(store.getAll()));
  if (!rosters.length) await remember("door", false);
  for (const one of rosters) {
    const isOld = Date.now() - one.fast >= Date.parse(one.list.until);
    const isDue = one.person === person && navigator.onLine && Math.abs(Date.now() - one.looked) > A_WHILE;
    if (isOld) await remove(one.person, one.workshop);
    else if (isDue) await getList(person, one.workshop, one.address);
  }
}
