// One box in the head of a list ticks all on the page. Without this, "all on this page" does the same.
// A button marked with data-count says how many are ticked.

function offer() {
  for (const box of document.querySelectorAll("[data-choose-page]")) box.hidden = false;
}

function boxes(inside) {
  return [...inside.closest("form").querySelectorAll("[data-choose]")];
}

function count(form) {
  const ticked = form.querySelectorAll("[data-choose]:checked").length;
  for (const button of form.querySelectorAll("[data-count]")) {
    button.textContent = ticked ? `${button.dataset.count} (${ticked})` : button.dataset.count;
  }
}

document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-choose-page]")) {
    for (const box of boxes(target)) box.checked = target.checked;
  } else if (target.matches("[data-choose]")) {
    const head = target.closest("form").querySelector("[data-choose-page]");
    const all = boxes(target);
    head.checked = all.every((box) => box.checked);
    head.indeterminate = !head.checked && all.some((box) => box.checked);
  } else {
    return;
  }
  count(target.closest("form"));
});
// The list is put in anew whenever it is searched or filtered.
document.addEventListener("w-swap:success", offer);
offer();
