// Handing in on this device: after the answers, and never before them.

import { person, sync } from "./page.js";
import { isReachable, PATIENCE, sleep } from "./reaching.js";
import { drain, listen, OFFLINE, SIGN_IN, SOMEBODY_ELSE } from "./sender.js";
import { enqueue, remember, remembered, unremember, waiting } from "./store.js";

const flag = (attempt) => `handed:${person}:${attempt}`;

// What of this attempt was not sent yet.
export const waitingOf = async (attempt) => (await waiting(person)).filter((item) => item.attempt === attempt);

// It was handed in here, and the server has not heard of it.
const waitsToBeHandedIn = async (attempt) =>
  (await waitingOf(attempt)).some((item) => item.kind === "hand_in");

// What a saved page knows: the server may have heard of it since.
export const isHandedIn = async (attempt) =>
  Boolean(await remembered(flag(attempt))) || waitsToBeHandedIn(attempt);

// Where the server has just shown the test as open, only what waits counts.
export async function isStillHandedIn(attempt) {
  const waits = await waitsToBeHandedIn(attempt);
  if (!waits) await handedInIsOver(attempt);
  return waits;
}

export async function handIn(attempt) {
  if (await waitsToBeHandedIn(attempt)) return;
  await enqueue(person, "hand_in", { attempt });
  await remember(flag(attempt), true);
}

// The result was seen.
export const handedInIsOver = (attempt) => unremember(flag(attempt));

// Sends what waits and gives what of this attempt is left.
export async function sendAll(attempt) {
  await Promise.race([drain(sync, person, { now: true }), sleep(PATIENCE)]);
  return waitingOf(attempt);
}

// The page that waits for the result: says how it stands, and goes there when there is one.
export function attendWaiting(section, attempt, result) {
  const line = section.querySelector("[data-said]");
  const words = line.dataset;

  function say(outcome) {
    if (outcome === SIGN_IN) {
      line.textContent = words.sayExpired;
      const link = document.createElement("a");
      link.href = `${words.signIn}?next=${encodeURIComponent(result)}`;
      link.textContent = words.saySignIn;
      line.append(" ", link);
    } else if (outcome === SOMEBODY_ELSE) line.textContent = words.saySomebodyElse;
    else line.textContent = words.sayOffline;
  }

  async function goIfSent() {
    const isSent = !(await waitingOf(attempt)).length;
    if (isSent && (await isReachable())) location.assign(result);
    else if (isSent) say(OFFLINE);
  }

  listen((news) => {
    if (news.person !== person) return;
    const found = news.settled?.find(({ item }) => item.kind === "hand_in" && item.attempt === attempt);
    if (found?.reply.address) return location.assign(found.reply.address);
    if (found) return (line.textContent = found.reply.words);
    if (news.outcome) news.left ? say(news.outcome) : goIfSent();
  });
  section.querySelector("[data-send]").addEventListener("click", async () => {
    line.textContent = words.saySending;
    await drain(sync, person, { now: true });
    await goIfSent();
  });
  drain(sync, person).then(goIfSent);
}
