// A print run tells how far it is without being asked. Without this script there is a link to look again.
const PAUSE = 3000;

async function look() {
  const region = document.querySelector("[data-making]");
  if (!region) return;
  if (!document.hidden) {
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = answer.ok && page.querySelector("[data-run]");
      if (fresh) document.querySelector("[data-run]").replaceWith(document.adoptNode(fresh));
    } catch {
      // No network just now: the next look may have one.
    }
  }
  setTimeout(look, PAUSE);
}

setTimeout(look, PAUSE);
