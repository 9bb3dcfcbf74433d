// When it is worth trying to send: the network is back, or somebody looks at the page again.

import { person, sync } from "./page.js";
import { drain } from "./sender.js";

export function sendWhenPossible() {
  const send = () => drain(sync, person);
  addEventListener("online", () => drain(sync, person, { now: true }));
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && send());
  send();
}
