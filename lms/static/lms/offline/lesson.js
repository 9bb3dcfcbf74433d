// "Mark complete and continue": written down on this device first, then sent. Without a network it goes on
// to the next page of the saved course. Without this file the form is posted as any other.

import { isSavedCopy, lessonsOf, overlay, rememberDone } from "./done.js";
import { say, time } from "./figures.js";
import { isKept } from "./keeping.js";
import { keeps, person, sync } from "./page.js";
import { PATIENCE } from "./reaching.js";
import { drain, listen, OFFLINE } from "./sender.js";
import { enqueue } from "./store.js";

const form = document.querySelector("form[data-lesson]");
const said = document.getElementById("done-said");

function show(state, uuid, words) {
  Object.assign(said.dataset, { state, uuid });
  said.textContent = words;
}

// What became of it: the server's reply, or why there is none within the time.
function sent(uuid) {
  return new Promise((resolve) => {
    listen(({ settled = [] }) => {
      const one = settled.find(({ item }) => item.uuid === uuid);
      if (one) resolve({ reply: one.reply });
    });
    drain(sync, person, { now: true }).then((outcome) => setTimeout(resolve, 0, { outcome }));
    setTimeout(resolve, PATIENCE, { outcome: OFFLINE });
  });
}

function isDone() {
  form.dataset.done = "yes";
  form.querySelector("button").textContent = say("continue");
}

async function markDone() {
  const { course, lesson, next } = form.dataset;
  const item = await enqueue(person, "lesson", { course, lesson });
  const { reply, outcome } = await sent(item.uuid);
  if (reply?.status === "refused") return show("refused", item.uuid, `${say("not-sent")} ${reply.words}`);
  await rememberDone(course, [lesson]).catch(() => {});
  if (reply || outcome !== OFFLINE || (keeps && (await isKept(person, next)))) return location.assign(next);
  isDone();
  show("kept", item.uuid, say("kept"));
}

async function onSubmit(event) {
  event.preventDefault();
  const button = form.querySelector("button");
  if (button.disabled) return;
  if (form.dataset.done) return location.assign(form.dataset.next);
  button.disabled = true;
  try {
    await markDone();
  } catch {
    // This browser keeps nothing: as without this file.
    form.submit();
  }
  button.disabled = false;
}

async function open() {
  const { course, lesson } = form.dataset;
  await overlay(course);
  const { notSent, done } = await lessonsOf(course);
  if (notSent.has(lesson)) {
    isDone();
    show("kept", "", say("kept"));
  } else if (isSavedCopy() && done.has(lesson)) {
    isDone();
  }
  listen(({ settled = [], at }) => {
    const one = settled.find(({ item }) => item.kind === "lesson" && item.lesson === lesson);
    if (!one || said.dataset.state !== "kept") return;
    if (one.reply.status === "refused") show("refused", one.item.uuid, `${say("not-sent")} ${one.reply.words}`);
    else show("saved", one.item.uuid, say("sent", { time: time(at) }));
  });
}

if (form && person) {
  form.addEventListener("submit", onSubmit);
  open().catch(() => {});
}
