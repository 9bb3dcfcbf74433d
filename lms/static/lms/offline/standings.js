// Where everybody stands: the last list of the site, with what was marked on this device since. Reads nothing
// and writes nothing. The same rules as on the site: the earliest presence wins, a correction beats all.

export const KEPT = "kept", SENT = "sent", UNTAKEN = "untaken";
const HERE = ["present", "late"];
export const isHere = (presence) => HERE.includes(presence);

// Entries of this workshop, in the order in which they were made: {item, reply, at}; no reply: it waits.
export function entriesOf(roster, waiting) {
  const own = waiting.filter((item) => item.workshop === roster.workshop).map((item) => ({ item }));
  return [...roster.sent, ...own].sort((a, b) => a.item.seq - b.item.seq);
}

// The registration that became of a walk-in stands in the address of the reply.
function registrationOf(entry) {
  return /\/door\/([0-9a-f-]{36})\//.exec(entry.reply?.address ?? "")?.[1] ?? entry.item.uuid;
}

const isRefused = (entry) => entry.reply?.status === "refused";

// Everybody at one session: [{registration, label, name, agency, presence, time, state, entry, undo}]. `entry`:
// what was done last from here; `undo`: the name of the mark that one tap takes back.
export function standings(roster, waiting, session) {
  const entries = entriesOf(roster, waiting);
  const walkIns = entries.filter(({ item }) => item.kind === "walk_in");
  const aliases = new Map(walkIns.map((entry) => [entry.item.uuid, registrationOf(entry)]));
  const nameOf = (item) =>
    item.kind === "walk_in" ? aliases.get(item.uuid) : (aliases.get(item.registration) ?? item.registration);
  const listed = new Set(roster.list.rows.map((row) => row.registration));
  const added = walkIns
    .filter((entry) => !listed.has(registrationOf(entry)))
    .filter((entry) => !isRefused(entry) || entry.item.session === session)
    .map(({ item }) => ({
      registration: aliases.get(item.uuid),
      label: "",
      name: item.full_name,
      agency: item.agency_text,
      at: {},
    }));
  const byRow = new Map();
  for (const entry of entries) {
    const name = nameOf(entry.item);
    byRow.set(name, [...(byRow.get(name) ?? []), entry]);
  }
  return [...roster.list.rows, ...added].map((row) => {
    const own = (byRow.get(row.registration) ?? []).filter(({ item }) => item.session === session);
    return { ...row, ...standing(row.at[session], own, roster) };
  });
}

function standing(listed = { presence: "", time: "", live: [] }, entries, { list, fast }) {
  // What the site had when it gave the list.
  const isListed = ({ reply, at }) => Boolean(reply) && Date.parse(at) <= Date.parse(list.at);
  const taken = entries.filter((entry) => !isRefused(entry));
  const undone = new Set(taken.map(({ item }) => item.cancels).filter(Boolean));
  const live = listed.live.filter((uuid) => !undone.has(uuid));
  // A walk-in's own mark has another name on the list; what stands there no more was taken back elsewhere.
  const marks = taken.filter(
    (entry) =>
      entry.item.mark !== "undo" &&
      !undone.has(entry.item.uuid) &&
      (!isListed(entry) || live.includes(entry.item.uuid)),
  );
  let { presence, time } = live.length ? listed : { presence: "", time: "" };
  for (const entry of marks) {
    const { item, reply } = entry;
    if (isListed(entry) || reply?.status === "superseded") continue;
    const mark = item.mark ?? "present";
    if (item.correction || (isHere(mark) && !isHere(presence)) || !presence) {
      presence = mark;
      time = new Date(Date.parse(item.at) - fast).toISOString();
    }
  }
  const last = entries[entries.length - 1];
  const mine = marks[marks.length - 1]?.item.uuid;
  return {
    presence,
    time,
    entry: last,
    state: last && (!last.reply ? KEPT : isRefused(last) ? UNTAKEN : SENT),
    // What one tap takes back: what was marked here, or the only mark there is.
    undo: presence ? (mine ?? (live.length === 1 ? live[0] : undefined)) : undefined,
  };
}

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

// Whether somebody is looked for by these words: a number of the sheet, or beginnings of names.
export function fits(row, words) {
  const wanted = plain(words).split(/\s+/).filter(Boolean);
  if (!wanted.length) return true;
  if (/^w?\d+$/.test(wanted.join(""))) return plain(row.label) === wanted.join("");
  const names = plain(row.name).split(/[\s-]+/);
  return wanted.every((word) => names.some((name) => name.startsWith(word)));
}
