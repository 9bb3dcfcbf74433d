// One question's form: what is chosen is written down on this device, sent, and said truthfully.

import { asServed, BLANK, fill, lack, read, WHOLE } from "./fields.js";
import { person, sync } from "./page.js";
import { isReachable, PATIENCE, sleep } from "./reaching.js";
import { region } from "./saying.js";
import { drain, listen, OFFLINE, SIGN_IN, SOMEBODY_ELSE } from "./sender.js";
import { draft, enqueue, heard, placeOf, uuid } from "./store.js";

const TYPING = 800;
// Reasons of a refusal.
const NO_LONGER_OPEN = ["absent", "closed"];

// `goTo(address)` leads to another page; `mayGoOn()`: whether that can be opened without a network.
// Practice keeps the first answer for good: there nothing is sent before the button is pressed.
export function attend(form, { goTo, mayGoOn }) {
  const { attempt, next, later } = form.dataset;
  const n = Number(form.dataset.n);
  const isPractice = "practice" in form.dataset;
  const isAnswered = "answered" in form.dataset;
  const isRefused = "refused" in form.dataset;
  const question = form.querySelector("fieldset.q");
  const onward = form.querySelector("[data-onward]");
  const say = region(form.querySelector("[role=status]"));
  // What this device knows of the answer: {json, uuid, seq, state, at, words}, the state as in the store.
  let held = null;
  let work = Promise.resolve();
  let changes = 0, typing, isLeaving = false, wanted = "", waiters = [];

  const shown = () => JSON.stringify(read(form));

  // --- Keeping ---------------------------------------------------------------------------

  // Writes down what the form shows, if that is new, one after the other. Gives what is then held.
  function keep() {
    const fields = read(form), json = JSON.stringify(fields), isWhole = lack(form, fields) === WHOLE;
    const write = async () => {
      if (held?.json === json && (held.state !== "draft" || !isWhole)) return held;
      const before = isAnswered || Boolean(held && (held.before || held.state !== "draft"));
      if (!isWhole) {
        await draft(person, attempt, n, fields);
        return (held = { json, state: "draft", before });
      }
      // Its name first: should the form be posted meanwhile, it is still one answer.
      const name = (form.elements.uuid.value = uuid());
      const item = await enqueue(person, "answer", { uuid: name, attempt, n, fields }, { attempt, n, fields });
      return (held = { json, uuid: item.uuid, seq: item.seq, state: "kept", before, isNew: true });
    };
    work = work.then(write, write);
    return work;
  }

  async function noteDown() {
    clearTimeout(typing);
    const mine = changes;
    try {
      if (isPractice) return await draft(person, attempt, n, read(form));
      const kept = await keep();
      if (mine === changes) show();
      if (kept.state === "kept") drain(sync, person);
    } catch {
      if (mine === changes) say.broken();
    }
  }

  function changed({ type, target }) {
    const isTyped = target.type === "text";
    if (type === "input" && !isTyped) return;
    changes++;
    wanted = "";
    isPractice ? say.silent() : say.nothing();
    clearTimeout(typing);
    typing = setTimeout(noteDown, type === "input" ? TYPING : 0);
  }

  function show() {
    if (!held || shownWhileLocked() !== held.json) return;
    say[held.state](held, isPractice);
    if (held.words && held.state !== "kept" && !wanted) heard(held.uuid).catch(() => {});
    if (isPractice && (held.state === "kept" || held.state === "saved")) lock();
  }

  // A disabled field is in no form.
  const shownWhileLocked = () => (question.disabled ? held.json : shown());

  // In practice the first answer stays; it waits to be told what was right.
  function lock() {
    question.disabled = true;
    if (onward) onward.hidden = false;
  }

  // --- What the server said --------------------------------------------------------------

  function settled({ status, words, reason }, at) {
    const state = status === "refused" ? "unsaved" : "saved";
    Object.assign(held, { state, at, words, reason, outcome: "" });
    show();
    waiters.forEach((resolve) => resolve());
    waiters = [];
    if (wanted || isPractice) leaveWith(wanted || "next");
  }

  // What happened while nobody listened: this page was asleep, or being opened.
  async function lookAgain() {
    const place = await placeOf(person, attempt, n);
    if (held?.state !== "kept" || place?.uuid !== held.uuid || place.state === "kept") return;
    settled({ ...place, status: place.state === "unsaved" ? "refused" : "accepted" }, place.at);
  }

  // Another tab has answered the question since.
  function elsewhere(settled, at) {
    const isLater = ({ item, reply }) =>
      item.attempt === attempt && item.n === n && item.seq > (held.seq ?? 0) && reply.status !== "refused";
    const found = settled.find(isLater);
    if (!found) return;
    const { uuid, seq, fields } = found.item;
    held = { json: JSON.stringify(fields), uuid, seq, state: "saved", at, words: found.reply.words };
    if (shown() !== held.json) say.elsewhere();
  }

  listen((news) => {
    if (news.person !== person || !held) return;
    if (held.state === "saved" && news.settled) return elsewhere(news.settled, news.at);
    if (held.state !== "kept") return;
    const found = news.settled?.find(({ item }) => item.uuid === held.uuid);
    if (found) return settled(found.reply, news.at);
    if (!news.outcome) return;
    held.outcome = news.outcome;
    held.isNew = false;
    show();
    if ([OFFLINE, SIGN_IN, SOMEBODY_ELSE].includes(news.outcome)) waiters.forEach((resolve) => resolve());
    lookAgain().catch(() => {});
  });

  // --- Leaving ---------------------------------------------------------------------------

  // By the form itself: the server says what is wrong, or shows what was right.
  function post(where) {
    question.disabled = false;
    if (where === "later") {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name: "later", value: "1" });
      form.append(field);
    }
    form.submit();
  }

  async function leaveWith(where) {
    if (held.state === "unsaved") {
      // Nothing is there that could say more than the line does.
      if (NO_LONGER_OPEN.includes(held.reason)) return;
      await heard(held.uuid).catch(() => {});
      return post(where);
    }
    if (where === "later") return goTo(later);
    return isPractice ? post(where) : goTo(next);
  }

  async function leave(where) {
    clearTimeout(typing);
    if (question.disabled && held) {
      if (held.state === "saved") return leaveWith(where);
    } else {
      try {
        await Promise.race([keep(), sleep(PATIENCE).then(() => Promise.reject(new Error("slow")))]);
      } catch {
        return post(where);
      }
    }
    if (held.state === "draft") {
      if (where === "later" && lack(form, read(form)) === BLANK) return goTo(later);
      return (await isReachable()) ? post(where) : complain();
    }
    if (held.state !== "kept") return leaveWith(where);
    // In practice what was sent stays.
    if (isPractice) question.disabled = true;
    const definite = new Promise((resolve) => waiters.push(resolve));
    // From here on it leaves by itself as soon as the answer is there.
    wanted = where;
    drain(sync, person, { now: true });
    await Promise.race([definite, sleep(PATIENCE)]);
    if (held.state !== "kept") return;
    held.isNew = false;
    show();
    if ([SIGN_IN, SOMEBODY_ELSE].includes(held.outcome) || (isPractice && where === "next")) return;
    if (await mayGoOn()) leaveWith(where);
  }

  function complain() {
    document.querySelector(".err")?.remove();
    const error = form.querySelector("template").content.cloneNode(true).firstElementChild;
    form.before(error);
    show();
    error.focus();
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isLeaving) return;
    isLeaving = true;
    try {
      await leave(event.submitter?.name === "later" ? "later" : "next");
    } finally {
      isLeaving = false;
    }
  });
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") lookAgain().catch(() => {});
    else if (!isPractice && typing && held?.json !== shownWhileLocked()) noteDown();
  });

  // --- Opening ---------------------------------------------------------------------------

  // What this device has and the server has not is put back; what the server shows is left alone.
  async function open() {
    const served = JSON.stringify(asServed(form));
    if (isAnswered) held = { json: served, state: "saved" };
    if (isAnswered && isPractice) show();
    const wasTouched = shown() !== served;
    const place = await placeOf(person, attempt, n);
    const json = place && JSON.stringify(place.fields);
    if (place && (place.state === "kept" || !isAnswered || (place.state === "saved" && json === served))) {
      const { uuid, seq, state, at, words, reason } = place;
      // The server has just said what is wrong with what is shown: that stays.
      if (!wasTouched && !changes && !isRefused) fill(form, place.fields);
      if (uuid) form.elements.uuid.value = uuid;
      held = { json, uuid, seq, state, at, words, reason, before: isAnswered };
      show();
      if (state === "kept") drain(sync, person);
    }
    // Something was chosen before this script had come.
    if (wasTouched && !changes) noteDown();
  }

  return open().catch(() => {});
}
