// On the door's page: keeps its list on this device, or takes it off.

import { person } from "./page.js";
import { getList, GOT, keepPage, remove, rosterOf } from "./rosters.js";

const box = document.querySelector("[data-workshop]");
const { workshop, list, away, door } = box.dataset;
const part = (name) => box.querySelector(`[data-${name}]`);

async function show() {
  const roster = await rosterOf(person, workshop);
  part("unkept").hidden = Boolean(roster);
  part("kept").hidden = !roster;
  if (!roster) return;
  const { zone: timeZone, at } = roster.list;
  const clock = { day: "numeric", month: "short", hour: "numeric", minute: "2-digit", hour12: false, timeZone };
  part("kept").querySelector("time").textContent = new Date(at).toLocaleString("en-GB", clock);
}

async function keepIt() {
  part("failed").hidden = true;
  part("keep").disabled = true;
  try {
    const outcome = await getList(person, workshop, list);
    if (outcome !== GOT) throw new Error(outcome);
    await keepPage(person, workshop, away, door);
  } catch {
    // Half of it is of no use where there is no network.
    await remove(person, workshop).catch(() => {});
    part("failed").hidden = false;
  }
  part("keep").disabled = false;
  await show();
  if (!part("kept").hidden) part("kept").focus();
}

if (person && "caches" in window && "indexedDB" in window) {
  show().then(() => (box.hidden = false), () => {});
  part("keep").addEventListener("click", keepIt);
  part("remove").addEventListener("click", async () => {
    await remove(person, workshop);
    await show();
    part("keep").focus();
  });
}
