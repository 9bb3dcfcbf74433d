// How far an import is, without loading the page anew; loaded once when it is over.

const bar = document.querySelector("#import-progress");

async function look() {
  try {
    const answer = await fetch(bar.dataset.address, { headers: { accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.status);
    const { busy, done, total } = await answer.json();
    if (!busy) return location.reload();
    document.querySelector("#import-done").textContent = done;
    document.querySelector("#import-total").textContent = total;
    bar.max = total || 1;
    bar.value = done;
  } catch {
    // The network is away: again a little later.
  }
  setTimeout(look, 2000);
}

if (bar) setTimeout(look, 1000);
