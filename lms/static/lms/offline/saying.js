// The one line under a question that says what became of the answer, in the words that the page brought.

import { SIGN_IN, SOMEBODY_ELSE } from "./sender.js";

const A_MOMENT = 700, SLOW = 1000;

export function region(element) {
  const words = element.dataset;
  let soon;

  function put(state, uuid, text, wait = 0) {
    clearTimeout(soon);
    words.state = state;
    words.uuid = uuid ?? "";
    element.textContent = wait ? "" : text;
    if (wait) soon = setTimeout(() => (element.textContent = text), wait);
  }

  const time = (at) =>
    new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: words.zone });

  function link() {
    const made = document.createElement("a");
    made.href = `${words.signIn}?next=${encodeURIComponent(location.pathname + location.search)}`;
    made.textContent = words.saySignIn;
    element.append(" ", made);
  }

  return {
    // Something was chosen, and what was said before is true no longer.
    nothing: () => put("", "", words.saySaving, SLOW),
    silent: () => put("", "", ""),
    elsewhere: () => put("", "", words.sayElsewhere),
    broken: () => put("unsaved", "", words.sayBroken),
    // In practice an answer is given by the button alone.
    draft: ({ before }, practice) =>
      put("draft", "", practice ? "" : before ? words.sayDraftBefore : words.sayDraft),
    // Mostly it is sent before anybody could read that it is not.
    kept({ uuid, outcome, isNew }, practice) {
      if (outcome === SIGN_IN) {
        put("kept", uuid, words.sayExpired);
        return link();
      }
      if (outcome === SOMEBODY_ELSE) return put("kept", uuid, words.saySomebodyElse);
      if (practice) return put("kept", uuid, words.sayPractice);
      return put("kept", uuid, words.sayKept, isNew && navigator.onLine ? A_MOMENT : 0);
    },
    saved({ uuid, at, words: more = "" }, practice) {
      more = [more, practice && words.sayLocked].filter(Boolean).join(" ");
      // That it is saved, the page itself shows.
      if (!at) return put("", "", more);
      put("saved", uuid, `${words.saySaved.replace("{time}", time(at))} ${more}`.trim());
    },
    unsaved: ({ uuid, words: more = "" }) => put("unsaved", uuid, `${words.sayUnsaved} ${more}`.trim()),
  };
}
