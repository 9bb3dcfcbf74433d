// Put into every page before its own scripts: it tells the driver what the page shows, by the true clock;
// it lets the driver choose answers as a person would; it makes long waits short and clocks wrong.
(() => {
  const real = () => (performance.timeOrigin + performance.now()) / 1000;
  const question = /^\/attempts\/([0-9a-f-]{36})\/(?:(\d+)\/)?/;

  // --- Waits and clocks ------------------------------------------------------------------

  const PACE = 6;
  const wait = window.setTimeout;
  window.setTimeout = (work, ms, ...more) => wait(work, ms >= 300 ? ms / PACE : ms, ...more);

  const TrueDate = Date;
  function shift() {
    try {
      return Number(localStorage.getItem("faults-shift") || 0);
    } catch {
      return 0;
    }
  }
  window.Date = class Date extends TrueDate {
    constructor(...given) {
      if (given.length) super(...given);
      else super(TrueDate.now() + shift());
    }
    static now() {
      return TrueDate.now() + shift();
    }
  };
  // A worker's clock is not the page's here, as it would be on a telephone.
  if ("sync" in (window.ServiceWorkerRegistration?.prototype ?? {})) {
    delete ServiceWorkerRegistration.prototype.sync;
    delete window.SyncManager;
  }

  // --- What is on the screen -------------------------------------------------------------

  const isSeen = (element) => element.checkVisibility?.() ?? element.offsetParent !== null;
  const asked = () => [...document.querySelectorAll("form fieldset.q")].find(isSeen)?.closest("form");

  function place() {
    const [, attempt, n] = question.exec(location.pathname) ?? [];
    return { attempt: attempt ?? "", n: n ? Number(n) : null };
  }

  function fields() {
    const form = asked();
    if (!form) return null;
    const given = {};
    for (const [name, value] of new FormData(form)) {
      if (/^(a|text)$|^(row|part)-/.test(name)) (given[name] ??= []).push(value);
    }
    return given;
  }

  const told = new Map();
  function look() {
    for (const region of document.querySelectorAll("[data-state][data-uuid]")) {
      const { uuid, state } = region.dataset;
      const words = region.innerText.trim();
      const seen = JSON.stringify([uuid, state, place().n, words]);
      if (!state || !words || !isSeen(region) || told.get(region) === seen) continue;
      told.set(region, seen);
      window.faultsReport?.({ at: real(), ...place(), uuid, state, words, fields: fields() });
    }
  }
  new MutationObserver(look).observe(document, {
    subtree: true,
    childList: true,
    attributes: true,
    characterData: true,
    attributeFilter: ["data-state", "data-uuid", "hidden", "class"],
  });

  // --- What the driver asks --------------------------------------------------------------

  const inputs = () =>
    [...(asked()?.querySelectorAll("fieldset.q input:not([type=hidden]), fieldset.q select") ?? [])].filter(
      (input) => input.value !== "not_sure",
    );

  // Whether the form goes to the server by itself, because no script has taken it over.
  let isPosted = false;
  addEventListener("submit", (event) => (isPosted = !event.defaultPrevented));

  window.faults = {
    where() {
      return {
        path: location.pathname,
        ...place(),
        asks: Boolean(asked()),
        verdict: Boolean(document.querySelector("#verdict")),
        login: Boolean(document.querySelector("form [name=password]")),
        // Neither an error page nor a page that says that it still waits.
        result: /You passed|You have (finished|not passed)/.test(document.querySelector("main h1")?.innerText),
        asksIn: [...document.querySelectorAll("main [role=status] a[href*='/accounts/login/']")].some(isSeen),
        title: document.querySelector("h1, legend")?.innerText ?? "",
        handsIn: [...document.querySelectorAll("form[action*='/submit/'] button")].filter(isSeen).length,
      };
    },
    fields,
    choices: () =>
      inputs().map((input) => ({
        type: input.type,
        name: input.name,
        options: input.tagName === "SELECT" ? [...input.options].map((option) => option.value) : [],
        ticked: Boolean(input.checked),
      })),
    // One touch of the screen. Gives when it began and the answer that stands there afterwards.
    touch(place, value) {
      const at = real();
      const input = inputs()[place];
      if (!input) return null;
      if (input.type === "radio" || input.type === "checkbox") {
        input.click();
      } else {
        input.value = value;
        input.dispatchEvent(new Event("input", { bubbles: true }));
        input.dispatchEvent(new Event("change", { bubbles: true }));
      }
      return { at, fields: fields() };
    },
    save() {
      const button = [...(asked()?.querySelectorAll("button.btn") ?? [])].find(isSeen);
      if (!button) return null; // Half of the page has come.
      const at = real();
      isPosted = false;
      button.click();
      return { at, isPosted };
    },
    handIn() {
      const button = [...document.querySelectorAll("form[action*='/submit/'] button")].filter(isSeen).at(-1);
      if (!button) return null;
      button.click();
      return real();
    },
    // How many rows wait in the outbox.
    waiting: async () => {
      const known = await indexedDB.databases();
      if (!known.some((one) => one.name === "learning")) return 0;
      return new Promise((resolve) => {
        const request = indexedDB.open("learning");
        request.onerror = () => resolve(-1);
        request.onsuccess = () => {
          const db = request.result;
          if (!db.objectStoreNames.contains("outbox")) return db.close(), resolve(0);
          const count = db.transaction("outbox").objectStore("outbox").count();
          count.onsuccess = () => (db.close(), resolve(count.result));
          count.onerror = () => (db.close(), resolve(-1));
        };
      });
    },
  };
})();
