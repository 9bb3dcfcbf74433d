// Whether the server answers now, within what somebody is ready to wait for.

import { sync } from "./page.js";
import { OFFLINE, who } from "./sender.js";

export const PATIENCE = 4000;

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export async function isReachable() {
  if (!navigator.onLine) return false;
  return (await Promise.race([who(sync), sleep(PATIENCE).then(() => OFFLINE)])) !== OFFLINE;
}
