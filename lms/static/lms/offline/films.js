// Films, sound and large files of a saved course: each is fetched only when it is asked for.

import { fetchFilm } from "./bundle.js";
import { ofSize, say } from "./figures.js";
import { size } from "./wording.js";

export function showFilms(box, course, known, list) {
  const rows = box.querySelector("ul");
  box.hidden = !known || !list.films.length;
  rows.replaceChildren(...list.films.map((film) => row(course, known, film)));
}

function row(course, known, film) {
  const line = document.createElement("li");
  const title = document.createElement("span");
  const state = document.createElement("span");
  title.textContent = film.title;
  state.className = "h";
  state.setAttribute("role", "status");
  line.append(title, state);
  if (known?.films.includes(film.url)) {
    state.textContent = say("taken");
    return line;
  }
  const take = document.createElement("button");
  take.type = "button";
  take.className = "btn sec";
  take.textContent = say("take", { size: size(film.bytes) });
  take.setAttribute("aria-label", `${take.textContent}: ${film.title}`);
  take.addEventListener("click", async () => {
    take.disabled = true;
    let told = 0;
    const count = (got) => {
      // Ten times on the way at most.
      if (got - told < film.bytes / 10) return;
      const [here, whole] = ofSize((told = got), film.bytes);
      state.textContent = say("film-count", { got: here, size: whole });
    };
    try {
      await fetchFilm(course, known, film, { told: count });
      take.remove();
      state.textContent = say("taken");
    } catch {
      take.disabled = false;
      state.textContent = say("film-failed");
    }
  });
  title.after(take);
  return line;
}
