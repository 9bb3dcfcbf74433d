// Sizes and moments in words, and sentences that the page brought along in its own language.

const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
const clock = { hour: "2-digit", minute: "2-digit" };

// "240 KB", "1.8 MB", "9 GB"
export function size(bytes) {
  if (bytes < 1024 * 1000) return `${Math.max(1, Math.round(bytes / 1024))} KB`;
  const [amount, unit] = bytes < 1024 ** 2 * 1000 ? [bytes / 1024 ** 2, "MB"] : [bytes / 1024 ** 3, "GB"];
  return `${amount.toLocaleString(language, { maximumFractionDigits: 1 })} ${unit}`;
}

// "14:05" today, with its date on other days.
export function moment(iso) {
  const at = new Date(iso);
  if (at.toDateString() === new Date().toDateString()) return at.toLocaleTimeString(language, clock);
  return at.toLocaleString(language, { day: "numeric", month: "long", year: "numeric", ...clock });
}

// "2 answers are kept on this device and not sent yet.", from the words in `dataset`: answer, answers, entry,
// entries.
export function howMuch(items, dataset) {
  const answers = items.every((item) => item.kind === "answer");
  const words = items.length === 1 ? [dataset.answer, dataset.entry] : [dataset.answers, dataset.entries];
  return words[answers ? 0 : 1].replace("{n}", items.length);
}

// The heading of a kept page, without its caption.
export function heading(html) {
  const found = new DOMParser().parseFromString(html, "text/html").querySelector("h1");
  found?.querySelectorAll(".cap").forEach((part) => part.remove());
  return found?.textContent.trim() ?? "";
}

// The test that a kept paper is of.
export function testOf(html) {
  const read = new DOMParser().parseFromString(html, "text/html");
  return read.querySelector("[data-page=review] h1 .cap")?.textContent.trim() ?? "";
}
