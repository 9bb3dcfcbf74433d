// What this browser keeps until the server has it. Nothing here touches the page, so that the service
// worker uses it too. Every row belongs to one person, and nobody else's rows are ever given out.

const NAME = "learning";
let opening;

export const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

function open() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      const db = request.result;
      db.createObjectStore("meta");
      // The key is the place in this device's count: it is never given twice, even after rows are gone.
      const outbox = db.createObjectStore("outbox", { keyPath: "seq", autoIncrement: true });
      outbox.createIndex("person", "person");
      outbox.createIndex("uuid", "uuid", { unique: true });
      // What each question was answered with here, for showing it again: [person, attempt, n].
      db.createObjectStore("places", { keyPath: ["person", "attempt", "n"] });
      // What the server did not take, or took with a word: until the person has seen it.
      db.createObjectStore("told", { keyPath: "uuid" }).createIndex("person", "person");
      // Lists that a workshop's door needs without a network: [person, workshop].
      db.createObjectStore("rosters", { keyPath: ["person", "workshop"] });
    };
    request.onsuccess = () => {
      // Another tab has a newer version of the site: let it in.
      request.result.onversionchange = () => {
        request.result.close();
        opening = undefined;
      };
      request.result.onclose = () => (opening = undefined);
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("blocked"));
  });
  opening.catch(() => (opening = undefined));
  return opening;
}

// Runs `work` on these stores and resolves with what it gave when the disk has it.
export async function within(names, mode, work) {
  const db = await open();
  return new Promise((resolve, reject) => {
    const transaction = db.transaction(names, mode, { durability: "strict" });
    let given;
    transaction.oncomplete = () => resolve(given);
    transaction.onabort = () => reject(transaction.error ?? new Error("aborted"));
    Promise.resolve(work(...names.map((name) => transaction.objectStore(name)))).then(
      (value) => (given = value),
      (error) => {
        reject(error);
        try {
          transaction.abort();
        } catch {
          // It was over.
        }
      },
    );
  });
}

export const uuid = () =>
  crypto.randomUUID?.() ??
  "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) =>
    (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16),
  );

// --- Small things kept by name -----------------------------------------------------------

export const remembered = (name) => within(["meta"], "readonly", (meta) => done(meta.get(name)));

export const remember = (name, value) => within(["meta"], "readwrite", (meta) => done(meta.put(value, name)));

export const unremember = (name) => within(["meta"], "readwrite", (meta) => done(meta.delete(name)));

// The name of this browser, made once and known to nobody else.
export const device = () =>
  within(["meta"], "readwrite", async (meta) => {
    const known = await done(meta.get("device"));
    if (known) return known;
    const made = uuid();
    await done(meta.put(made, "device"));
    return made;
  });

// --- The outbox --------------------------------------------------------------------------

// Writes the item down and resolves with it ({uuid, person, kind, at, seq, ...fields}); until then nothing
// is kept. `place` is what the question was answered with, written in the same breath.
export function enqueue(person, kind, fields, place) {
  const item = { uuid: uuid(), person, kind, at: new Date().toISOString(), ...fields };
  return within(["outbox", "places"], "readwrite", async (outbox, places) => {
    item.seq = await done(outbox.add(item));
    if (place) await done(places.put({ person, ...place, uuid: item.uuid, seq: item.seq, state: "kept" }));
    return item;
  });
}

// The person's items that wait, in the order in which they were made.
export const waiting = (person, most) =>
  within(["outbox"], "readonly", (outbox) => done(outbox.index("person").getAll(person, most)));

export const howMany = (person) =>
  within(["outbox"], "readonly", (outbox) => done(outbox.index("person").count(person)));

// Whether anything waits, of whomever.
export const anything = () => within(["outbox"], "readonly", async (outbox) => (await done(outbox.count())) > 0);

// The server has given these definite answers: what it has, this device need not keep.
// replies: [{uuid, status, reason, words, address}]. Gives [{item, reply}] of those that waited.
export function settle(person, replies, at) {
  return within(["outbox", "places", "told", "rosters"], "readwrite", async (outbox, places, told, rosters) => {
    const settled = [];
    for (const reply of replies) {
      if (!reply.uuid) continue; // what could not be read at all has no name
      const item = await done(outbox.index("uuid").get(reply.uuid));
      if (!item || item.person !== person) continue;
      await done(outbox.delete(item.seq));
      if (item.kind === "answer") {
        const place = await done(places.get([person, item.attempt, item.n]));
        if (place?.uuid === item.uuid) {
          const state = reply.status === "refused" ? "unsaved" : "saved";
          const { words, reason } = reply;
          await done(places.put({ ...place, state, at, words, reason }));
        }
      }
      // Of a workshop's door: its list goes on showing what became of it.
      const roster = item.workshop && (await done(rosters.get([person, item.workshop])));
      if (roster) await done(rosters.put({ ...roster, sent: [...roster.sent, { item, reply, at }] }));
      if (reply.words) {
        const { uuid, reason, words, address } = reply;
        await done(told.put({ uuid, person, kind: item.kind, at, reason, words, address, item }));
      }
      settled.push({ item, reply });
    }
    return settled;
  });
}

// What waits under the names of records that have become part of this person's.
export const adopt = (person, merged) =>
  within(["outbox"], "readwrite", async (outbox) => {
    for (const before of merged) {
      for (const item of await done(outbox.index("person").getAll(before))) {
        await done(outbox.put({ ...item, person }));
      }
    }
  });

// --- What was answered here --------------------------------------------------------------

export const placeOf = (person, attempt, n) =>
  within(["places"], "readonly", (places) => done(places.get([person, attempt, n])));

export const placesOf = (person, attempt) =>
  within(["places"], "readonly", (places) =>
    done(places.getAll(IDBKeyRange.bound([person, attempt], [person, attempt, []]))),
  );

// An answer that is not whole yet: kept for coming back, and not sent.
export const draft = (person, attempt, n, fields) =>
  within(["places"], "readwrite", (places) => done(places.put({ person, attempt, n, fields, state: "draft" })));

// --- What the server said ----------------------------------------------------------------

export const toldTo = (person) =>
  within(["told"], "readonly", (told) => done(told.index("person").getAll(person)));

export const heard = (uuid) => within(["told"], "readwrite", (told) => done(told.delete(uuid)));

// --- Leaving -----------------------------------------------------------------------------

const KEPT = ["places", "told", "rosters", "meta"];

async function clear(person, places, told, rosters, meta) {
  const own = IDBKeyRange.bound([person], [person, []]);
  await done(places.delete(own));
  await done(rosters.delete(own));
  for (const key of await done(told.index("person").getAllKeys(person))) await done(told.delete(key));
  // What scripts remember of a person carries the name: paper:<person>:<quiz>.
  for (const key of await done(meta.getAllKeys())) if (key.includes(`:${person}`)) await done(meta.delete(key));
}

// What is kept besides unsent items.
export const tidy = (person) => within(KEPT, "readwrite", (...stores) => clear(person, ...stores));

// Everything of this person, unsent items too: only after the person said so.
export const forget = (person) =>
  within([...KEPT, "outbox"], "readwrite", async (...stores) => {
    const outbox = stores.pop();
    for (const key of await done(outbox.index("person").getAllKeys(person))) await done(outbox.delete(key));
    await clear(person, ...stores);
  });
