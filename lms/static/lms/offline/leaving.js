// Signing out: what is not sent yet is not lost by it, and nothing else of the person stays.

import { dropAll, kept } from "./keeping.js";
import { person, sync } from "./page.js";
import { drain, EMPTY, OFFLINE, SIGN_IN } from "./sender.js";
import { forget, remember, tidy, waiting } from "./store.js";
import { howMuch } from "./wording.js";

const choices = document.getElementById("unsent");

// Signs out by this form; where something is not sent yet, only after the person chose.
export async function leave(form) {
  if (!(await waiting(person)).length) await signOut(form);
  else if (choices) await offer();
  else location.href = form.action;
}

async function signOut(form) {
  try {
    await tidy(person);
    if ("caches" in window) await dropAll(person);
    await remember("current", null);
    await remember("seen", { person: null, left: person });
  } finally {
    form.submit();
  }
}

// --- The page for signing out ------------------------------------------------------------

const find = (name) => choices.querySelector(`[data-${name}]`);
const plain = document.getElementById("sign-out");

async function offer() {
  const items = await waiting(person);
  choices.hidden = !items.length;
  plain.hidden = Boolean(items.length);
  document.getElementById("is-saved").hidden = Boolean(items.length);
  if (items.length) find("count").textContent = howMuch(items, choices.dataset);
}

const deeds = {
  async send() {
    const said = find("result");
    said.textContent = choices.dataset.sending;
    const outcome = await drain(sync, person, { now: true });
    await offer();
    const words = { [OFFLINE]: "offline", [SIGN_IN]: "signIn" }[outcome] ?? "later";
    said.textContent = outcome === EMPTY ? "" : choices.dataset[words];
    if (outcome !== EMPTY) return;
    document.getElementById("all-sent").hidden = false;
    plain.querySelector("button").focus();
  },
  keep: () => signOut(choices.closest("form")),
  async delete() {
    find("confirm").hidden = false;
    find("sure").focus();
  },
  async no() {
    find("confirm").hidden = true;
    choices.querySelector('[data-choice="delete"]').focus();
  },
  async really() {
    await forget(person);
    await signOut(choices.closest("form"));
  },
};

if (choices && person) {
  offer().catch(() => {});
  choices.addEventListener("click", ({ target }) => deeds[target.dataset.choice]?.());
  kept(person)
    .then((found) => (document.getElementById("kept-goes").hidden = !found.length))
    .catch(() => {});
}
