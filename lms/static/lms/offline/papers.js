// The paper of an attempt on this device: with it the test goes on without a network.

import { drop, keep } from "./keeping.js";
import { keeps, person } from "./page.js";

const cacheOf = (attempt) => `p-${person}-attempt-${attempt}`;

export async function isPaperKept(attempt) {
  const address = `/attempts/${attempt}/paper/`;
  return keeps && Boolean(await caches.match(address, { cacheName: cacheOf(attempt) }));
}

// Once for each attempt; a try that fails is made again on its next page.
export async function keepPaper(attempt, address) {
  try {
    if (!keeps || (await isPaperKept(attempt))) return;
    const response = await fetch(address, { credentials: "same-origin", cache: "no-store" });
    const isOurs = response.ok && !response.redirected;
    if (isOurs && (await response.clone().text()).includes(`data-person="${person}"`)) {
      await keep(cacheOf(attempt), address, response);
    }
  } catch {
    // No network, or no room.
  }
}

export async function dropPaper(attempt) {
  if (keeps) await drop(cacheOf(attempt)).catch(() => {});
}
