// The form for somebody who is not on the list, on a device that may have no network.

const PHONE = /^\+?[\d\s().\-/]{7,}$/;

function problems(fields, words) {
  const found = new Map();
  if (fields.full_name.replace(/[^\p{L}]/gu, "").length < 2) found.set("full_name", words.name);
  if (fields.phone && !PHONE.test(fields.phone)) found.set("phone", words.phone);
  else if (!fields.phone && !fields.service_number && !fields.check_later) found.set("phone", words.number);
  return found;
}

function show(form, found) {
  for (const line of form.querySelectorAll("[data-problem]")) {
    const field = line.closest(".fld");
    const input = field.querySelector("input");
    const problem = found.get(input.name) ?? "";
    line.textContent = problem;
    line.hidden = !problem;
    field.classList.toggle("bad", Boolean(problem));
    if (problem) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }
  const [first] = found.keys();
  if (first) form.elements[first].focus();
}

// `keep` is called with what was typed, and says whether it is kept; if not, it stands in the form again.
export function readWalkIns(form, words, keep) {
  let isBusy = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const given = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value.trim()]));
    // Pressed twice.
    if (isBusy && !given.full_name) return;
    const found = problems(given, words);
    show(form, found);
    if (found.size) return;
    const { check_later, ...fields } = given;
    // At once: while this one is being written, the next one is typed.
    form.reset();
    form.elements.full_name.focus();
    isBusy = true;
    const isKept = await keep(fields);
    isBusy = false;
    if (!isKept) for (const [name, value] of Object.entries(fields)) form.elements[name].value ||= value;
  });
}
