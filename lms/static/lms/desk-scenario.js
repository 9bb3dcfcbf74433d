// Where a choice leads on, the short names of the situations and endings there are by now.
const LIST = "scenario-places";
const NAMES = '[name^="scenes-"][name$="-value-name"]';
const LEADS = '[name^="scenes-"][name$="-value-to"]';

const list = document.createElement("datalist");
list.id = LIST;
document.body.append(list);

const offer = () => {
  const names = new Set([...document.querySelectorAll(NAMES)].map((field) => field.value.trim()).filter(Boolean));
  list.replaceChildren(...[...names].map((name) => new Option(name)));
};

document.addEventListener("focusin", ({ target }) => {
  if (target.matches?.(LEADS)) {
    target.setAttribute("list", LIST);
    offer();
  }
});
