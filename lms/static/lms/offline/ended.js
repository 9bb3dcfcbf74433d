// A course that is not open to the person any more leaves this device, once nothing of theirs waits on it.

import { remove } from "./bundle.js";
import { drain } from "./sender.js";
import { howMany } from "./store.js";

// Gives the name of what to say.
export async function removeEnded(person, key, sync) {
  if (await howMany(person)) await drain(sync, person, { now: true });
  if (await howMany(person)) return "ended-waiting";
  await remove(person, key);
  return "ended";
}
