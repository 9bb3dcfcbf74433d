// The pages of a test with a time limit say without this file by when to hand in. This counts the
// whole minutes down, from the seconds the server gave: what the device's clock shows is not asked.
// Nothing is sent from here.

const line = document.querySelector("[data-seconds]");
const part = (name) => document.querySelector(`[data-${name}]`);
const [running, left, over, said] = ["running", "left", "over", "said"].map(part);
const ANNOUNCED = [300, 60];
const opened = performance.now();
const clock = Date.now();
let before = Number(line.dataset.seconds);

function words(seconds) {
  const minutes = Math.floor(seconds / 60);
  if (minutes === 1) return line.dataset.one;
  return minutes ? line.dataset.many.replace("{n}", minutes) : line.dataset.none;
}

function tick() {
  const gone = (performance.now() - opened) / 1000;
  // The device slept, or its clock was set: how much is left is not known here. The hour stays.
  if (Math.abs((Date.now() - clock) / 1000 - gone) > 30) {
    left.textContent = "";
    return clearInterval(timer);
  }
  const seconds = Number(line.dataset.seconds) - gone;
  if (seconds <= 0) {
    running.hidden = true;
    over.hidden = false;
    said.textContent = over.firstElementChild.textContent;
    return clearInterval(timer);
  }
  const now = words(seconds);
  if (left.textContent !== now) left.textContent = now;
  const mark = ANNOUNCED.find((mark) => before > mark && seconds <= mark);
  if (mark) said.textContent = words(mark);
  before = seconds;
}

const timer = setInterval(tick, 1000);
tick();
