// Where there is no network: what this person saved on this device.

import { front, kept } from "./keeping.js";
import { remembered } from "./store.js";
import { heading, moment } from "./wording.js";

const list = document.getElementById("kept-here");

async function fill() {
  const person = await remembered("current");
  const found = person ? await kept(person) : [];
  for (const one of found) {
    const page = await front(one);
    if (!page) continue;
    const row = list.querySelector("template").content.cloneNode(true);
    Object.assign(row.querySelector("a"), { href: page.url, textContent: heading(page.html) || page.url });
    row.querySelector("span").textContent = moment(one.at);
    list.querySelector("ul").append(row);
  }
  list.hidden = !list.querySelector("li");
  document.getElementById("nothing-kept").hidden = !list.hidden;
}

fill().catch(() => {});
