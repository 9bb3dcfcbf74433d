// Lessons marked done on this device, shown in lists that do not know of them yet. Progress only grows.

import { say } from "./figures.js";
import { keeps, person } from "./page.js";
import { remember, remembered, waiting } from "./store.js";

const name = (course) => `done:${person}:${course}`;

// Whether this page came from this device and not from the server.
export const isSavedCopy = () => document.getElementById("saved-copy")?.hidden === false;

// What waits to be sent, and what this device knows to be done.
export async function lessonsOf(course) {
  const items = await waiting(person);
  const notSent = items.filter((item) => item.kind === "lesson" && item.course === course).map((item) => item.lesson);
  return { notSent: new Set(notSent), done: new Set((await remembered(name(course))) ?? []) };
}

export async function rememberDone(course, lessons) {
  if (!keeps) return;
  const { done } = await lessonsOf(course);
  await remember(name(course), [...new Set([...done, ...lessons])]);
}

// Writes the states into the list, and gives whether it knew more than the page did. What the server says
// is remembered for the saved copy.
export async function overlay(course) {
  const rows = [...document.querySelectorAll("li[data-lesson]")];
  const ofServer = rows.filter((row) => row.dataset.state === "done").map((row) => row.dataset.lesson);
  if (!isSavedCopy()) await rememberDone(course, ofServer);
  const { notSent, done } = await lessonsOf(course);
  let knewMore = false;
  for (const row of rows) {
    const { lesson, state } = row.dataset;
    const words = notSent.has(lesson) ? "waiting" : isSavedCopy() && done.has(lesson) && "completed";
    if (state === "done" || !words) continue;
    mark(row, words);
    knewMore = true;
  }
  return knewMore;
}

function mark(row, words) {
  row.dataset.state = "done";
  const tag = row.querySelector(".tag");
  // The longer words wrap on a line of their own.
  if (tag) tag.className = words === "completed" ? "tag done" : "h";
  // Beside a lesson stands where the reader is: that stays.
  const shown = tag ?? (row.getAttribute("aria-current") ? null : row.querySelector("span"));
  if (shown) shown.textContent = say(words);
}
