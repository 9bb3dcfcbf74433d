// Bytes and moments as people read them, in the language of the page.

import { size } from "./wording.js";

const MB = 1024 * 1024;
// Days before months, as people here write them.
const language = document.documentElement.lang.replace(/^en$|^$/, "en-GB");

const number = (value, digits) => {
  try {
    return value.toLocaleString(language, { maximumFractionDigits: digits });
  } catch {
    return value.toFixed(digits);
  }
};

// "0.7 of 1.8 MB": both in the unit of the whole.
export const ofSize = (bytes, total) => {
  const whole = size(total);
  return [whole.endsWith("MB") ? number(bytes / MB, 1) : number(bytes / 1024, 0), whole];
};

export function moment(iso) {
  const when = new Date(iso);
  const day = when.toLocaleDateString(language, { day: "numeric", month: "long" });
  return `${day}, ${time(iso)}`;
}

export const time = (iso) =>
  new Date(iso).toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit", hour12: false });

// The sentences of a page's script stand in the page, translated: <li data-say="name">… {n} …</li>.
export function say(name, figures = {}) {
  const words = document.querySelector(`[data-say="${name}"]`)?.textContent ?? "";
  return words.replace(/\{(\w+)\}/g, (_all, figure) => figures[figure] ?? "");
}
