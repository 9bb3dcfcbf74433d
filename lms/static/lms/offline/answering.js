// A question's own page: see questioning.js.

import { isStillHandedIn } from "./handing_in.js";
import { keepPaper, isPaperKept } from "./papers.js";
import { attend } from "./questioning.js";

const form = document.querySelector("form[data-attempt]");

if (form) {
  const { attempt, paper } = form.dataset;
  // Handed in on this device: the page that waits for the result is the one to see.
  isStillHandedIn(attempt).then((is) => is && location.assign(form.dataset.review), () => {});
  attend(form, {
    goTo: (address) => location.assign(address),
    mayGoOn: async () => Boolean(navigator.serviceWorker?.controller) && (await isPaperKept(attempt)),
  });
  keepPaper(attempt, paper);
}
