// "Keep my record on this device": the record with every certificate and its file, whole or not at all.

import { drop, keep, kept, rename } from "./keeping.js";
import { keeps, person } from "./page.js";
import { moment, size } from "./wording.js";

const box = document.getElementById("keep-record");
const words = box?.dataset;
const [state, button, remove] = ["state", "keep", "remove"].map((name) => box?.querySelector(`[data-${name}]`));
const NAME = `p-${person}-record`;
const addresses = words?.addresses.split(/\s+/);

// As far as it can be known before: the files as they are stored, and pages of about this one's length.
function expected() {
  const pages = addresses.filter((address) => address.endsWith("/")).length;
  return Number(words.bytes) + pages * document.documentElement.outerHTML.length;
}

async function load() {
  const { usage = 0, quota = Infinity } = (await navigator.storage?.estimate?.()) ?? {};
  if (quota - usage < 2 * expected()) throw new DOMException("", "QuotaExceededError");
  const part = await caches.open(`${NAME}-part`);
  for (const [done, address] of addresses.entries()) {
    state.textContent = words.loading.replace("{done}", done).replace("{all}", addresses.length);
    // A certificate's file never changes: what came before a break is used.
    if (address.endsWith(".pdf") && (await part.match(address))) continue;
    await keep(`${NAME}-part`, address, await fetch(address, { cache: "no-store" }));
  }
  await rename(`${NAME}-part`, NAME);
}

async function show() {
  const found = (await kept(person)).find((one) => one.name === NAME);
  const isWhole = found && found.count >= addresses.length;
  button.textContent = (found ? words.again : words.offer).replace("{size}", size(expected()));
  remove.hidden = !found;
  state.textContent = found
    ? (isWhole ? words.kept : words.new).replace("{size}", size(found.bytes)).replace("{at}", moment(found.at))
    : "";
}

async function press() {
  button.disabled = true;
  try {
    await load();
    await show();
  } catch (error) {
    state.textContent = error.name === "QuotaExceededError" ? words.full : words.stopped;
  }
  button.disabled = false;
}

async function begin() {
  await show();
  box.hidden = false;
  button.addEventListener("click", press);
  remove.addEventListener("click", async () => {
    await drop(NAME);
    await show();
    state.textContent = words.removed;
    button.focus();
  });
}

if (box && keeps) begin().catch(() => {});
