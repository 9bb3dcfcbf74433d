// With less data a picture is a link that says its size. Here it opens in its place; and a film shows its
// captions once it is played, where otherwise they are loaded with the page.

async function show(link) {
  const { picture, width, height } = link.dataset;
  const image = Object.assign(new Image(Number(width), Number(height)), { src: link.href, alt: picture });
  const line = link.closest("p");
  line.setAttribute("aria-busy", "true");
  try {
    await image.decode();
  } catch {
    line.removeAttribute("aria-busy");
    if (!line.querySelector("[role=status]")) {
      const told = document.createElement("span");
      told.setAttribute("role", "status");
      line.append(told);
      told.textContent = link.dataset.failed;
    }
    return;
  }
  // The link that had the focus goes: what came of it has it now.
  image.tabIndex = -1;
  line.replaceWith(image);
  image.focus({ preventScroll: true });
}

for (const link of document.querySelectorAll("a[data-picture]")) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (!link.closest("[aria-busy]")) show(link);
  });
}

for (const film of document.querySelectorAll("video")) {
  const show = () => [...film.textTracks].slice(0, 1).forEach((track) => (track.mode = "showing"));
  film.addEventListener("play", show, { once: true });
}
