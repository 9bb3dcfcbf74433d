// The site works without this file. It does a few small things: it moves the focus to the error summary,
// remembers how far a lesson was read, and sends what was kept while there was no network.

import "./offline/everywhere.js";

const summary = document.querySelector(".err[tabindex]");
if (summary) summary.focus();

const reader = document.querySelector("[data-place-url]");
const token = document.querySelector("input[name=csrfmiddlewaretoken]");

function blockInView() {
  const line = window.innerHeight * 0.4;
  let current = null;
  for (const block of document.querySelectorAll('[id^="b-"]')) {
    if (block.getBoundingClientRect().top > line) break;
    current = block;
  }
  return current ? current.id.slice(2) : "";
}

if (reader && token) {
  let sent = "";
  document.addEventListener("visibilitychange", () => {
    const block = blockInView();
    if (document.visibilityState !== "hidden" || !block || block === sent) return;
    sent = block;
    // keepalive: the request outlives the page that is being left.
    fetch(reader.dataset.placeUrl, {
      method: "POST",
      keepalive: true,
      credentials: "same-origin",
      headers: { "X-CSRFToken": token.value },
      body: new URLSearchParams({ block }),
    }).catch(() => {});
  });
}
