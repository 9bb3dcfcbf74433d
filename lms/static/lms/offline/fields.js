// The fields of a question's form: {name: [value, ...]}, as the form would post them.

const NOT_SURE = "not_sure";
const NUMBER = /^[+−-]?[0-9]{1,12}([.,][0-9]{1,6})?$/;
const THOUSANDS = /^[+−-]?[1-9][0-9]{0,2},[0-9]{3}$/;

// What an answer lacks.
export const WHOLE = "", BLANK = "blank", PARTLY = "partly";

const isField = (name) => name === "a" || name === "text" || /^(row|part)-/.test(name);

export function read(form) {
  const fields = {};
  for (const [name, value] of new FormData(form)) {
    if (isField(name)) (fields[name] ??= []).push(value);
  }
  return fields;
}

// As the page came from the server, whatever was chosen since.
export function asServed(form) {
  const copy = form.cloneNode(true);
  copy.reset();
  for (const part of copy.querySelectorAll("fieldset")) part.disabled = false;
  return read(copy);
}

export function fill(form, fields) {
  for (const control of form.elements) {
    if (!isField(control.name) || control.type === "hidden") continue;
    const values = fields[control.name] ?? [];
    if (control.type === "radio" || control.type === "checkbox") control.checked = values.includes(control.value);
    else control.value = values[0] ?? "";
  }
}

// Only what a look at the form can tell; the server has the last word.
export function lack(form, fields) {
  const { a = [], ...others } = fields;
  const groups = Object.values(others).map((values) => values.filter((value) => value.trim()));
  const asked = groups.length ? groups : [a.filter((value) => value !== NOT_SURE)];
  const isUnsure = a.includes(NOT_SURE);
  if (!asked.some((group) => group.length)) return isUnsure ? WHOLE : BLANK;
  if (isUnsure || !asked.every((group) => group.length)) return PARTLY;
  const typed = form.elements.text;
  if (typed?.inputMode === "decimal") {
    const text = typed.value.trim();
    return NUMBER.test(text) && !THOUSANDS.test(text) ? WHOLE : PARTLY;
  }
  return hasOnePlaceTwice(others) ? PARTLY : WHOLE;
}

// Of entries put in order, no two stand at one place.
function hasOnePlaceTwice(rows) {
  const places = Object.values(rows).flat();
  return places.every((place) => /^[0-9]{1,2}$/.test(place)) && new Set(places).size < places.length && isRows(rows);
}

const isRows = (fields) => Object.keys(fields).every((name) => name.startsWith("row-"));
