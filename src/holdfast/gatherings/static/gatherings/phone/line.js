/* Second part: one seat for all tabs, the stream down, and the outbox up. */
/* ---- one seat, however many tabs: one of them holds the stream and sends, the others listen to it ---- */
const me = hex(), LOCK = `${HERE}lock`;
const channel = attempt(() => new BroadcastChannel(HERE));
let owner = false, heard = 0;
const lock = () => guarded(() => parsed(localStorage.getItem(LOCK)));
const held = () => { const it = lock(); return it && it.tab !== me && Date.now() - it.at < 7000 && it.at <= Date.now(); };
function beat() {
  if (page.dataset.still) return; // opened without network: it waits for the room's own page
  if (!channel || !keeps || !held()) {
    guarded(() => localStorage.setItem(LOCK, JSON.stringify({ tab: me, at: Date.now() })));
    if (!owner) { owner = true; connect(); drain(); }
  } else if (owner) { owner = false; hangUp(); tell({ hello: 1 }); }
}
function sitDown() {
  if (!channel || !held()) return beat();
  tell({ hello: 1 });
  setTimeout(() => { if (!heard) { guarded(() => localStorage.removeItem(LOCK)); beat(); } }, 800);
}
const tell = (message) => channel && attempt(() => channel.postMessage(message));
if (channel) channel.onmessage = ({ data }) => {
  if (data.hello) { if (owner && state) tell({ events: [["state", state, 1], ["items", { items: things }], ["sayings", { sayings }], ["notes", { reset: true, notes: [...shown.values()] }], ...Object.entries(below)], trouble }); return; }
  if (owner) return;
  heard = now();
  trouble = data.trouble;
  for (const [event, value, fresh] of data.events) take(event, value, fresh);
  draw();
};

/* A note stays under the ticket it was written with, also when its author has since said that they lead, or do not. */
const leads = () => Boolean(get("lead"));
const ticket = (lead = leads()) => (lead ? get("leader-ticket") : get("ticket")) || page.dataset.ticket;
/* What is a slip's own, after ~, stands in no address: proxies write those down. */
const pass = () => encodeURIComponent(ticket().split("~")[0]);

/* ---- down: the stream, and asking again and again where streams do not pass ---- */
let source = null, asking = null, last = null, failures = 0, retry = 0, quiet = 0, arrived = 0, streamed = 0, freshly = true, polled = false, passes = false;
const pause = (tries) => Math.min(8000, 400 * 2 ** tries) * (0.5 + Math.random());
function hangUp() {
  clearTimeout(retry); clearTimeout(quiet);
  if (source) source.close();
  if (asking) asking.abort();
  source = asking = null;
}
function connect() {
  hangUp();
  if (!owner || over || !room) return;
  if (!ticket()) return void renew().catch(lost);
  last = null; freshly = true; passes = false;
  if (failures > 2 || typeof EventSource === "undefined") return void ask();
  streamed = now();
  source = new EventSource(`/r/${code}/stream?ticket=${pass()}`);
  for (const event of ["state", "items", "sayings", "notes", "removed", "count", "ended", "replies", "letters"])
    source.addEventListener(event, (message) => receive(message.lastEventId, event, parsed(message.data)));
  source.addEventListener("still", () => { passes = true; arrived = now(); listen(); });
  source.onerror = lost;
  listen();
}
/* A second after it begins, and then every fifteen, a stream says that it is still there. A proxy that collects keeps
   that back, and perhaps the beginning too: ask instead. Later on, a stream that says nothing has died without a word. */
function listen() {
  clearTimeout(quiet);
  if (source) quiet = setTimeout(passes ? connect : heldBack, passes ? 40000 + 5000 * Math.random() : 5000);
}
function heldBack() {
  hangUp();
  last = null; freshly = true; polled = true; failures = 3;
  ask();
}
function lost() {
  hangUp();
  failures += 1;
  offline(true);
  retry = setTimeout(connect, pause(failures));
}
async function ask() {
  const mine = (asking = new AbortController());
  try {
    const after = last ? `&after=${last.join("-")}` : "";
    const timer = setTimeout(() => mine.abort(), last ? 30000 : 8000);
    const answer = await fetch(`/r/${code}/poll?ticket=${pass()}${after}`, { ...PLAIN, signal: mine.signal });
    const events = answer.ok ? await answer.json() : [];
    clearTimeout(timer);
    if (mine !== asking) return;
    if (answer.status === 410 || answer.status === 404) return void end();
    if (answer.status === 403) await renew();
    if (!answer.ok) throw new Error(String(answer.status));
    for (const { id, event, data } of events) receive(id, event, data);
    arrived = now(); offline(false);
    /* The server is there (again): see whether a stream passes too, at once and then every two minutes. */
    failures = 3;
    if (!polled || now() - streamed > 120000) { polled = true; failures = 2; connect(); }
    else if (mine === asking) retry = setTimeout(ask, 100);
  } catch {
    if (mine === asking) lost();
  }
}
function receive(id, event, data) {
  const [, epoch, number] = /^(.*)-(\d+)$/.exec(id || "") || [];
  if (epoch !== undefined) {
    /* A hole in the numbers, or another epoch: something was missed, so ask for the whole again. */
    if (last && (epoch !== last[0] || number - last[1] > 1) && !(data && data.reset)) {
      hangUp();
      retry = setTimeout(connect, 100 + 900 * Math.random());
      return;
    }
    last = [epoch, number];
  }
  if (source) { failures = 0; polled = false; }
  arrived = now();
  listen();
  offline(false);
  const fresh = freshly && event === "state"; // the whole is on its way: what stood here before is dropped
  take(event, data, fresh);
  if (event === "state") freshly = false;
  tell({ events: [[event, data, fresh]], trouble });
  draw();
}
function resume() {
  beat();
  if (owner && now() - arrived > 5000) { if (!polled) failures = 0; connect(); }
  attempts = 0;
  drain();
  draw();
}

/* ---- what the room says ---- */
let sayings = [], below = {}, unread = true; // what is written in the open; whether a story was asked for since the last state
let state = null, over = false, early = false, stamp = 0, trouble = "", lineDown = false;
const shown = new Map();
function take(event, data, fresh) {
  if (event === "ended") return end(data);
  if (event === "state") {
    store();
    const was = state && state.round, is = data.round;
    if (fresh || (was && was.id) !== (is && is.id)) { shown.clear(); sayings = []; below = {}; }
    state = data; stamp = now(); unread = true; unsure = Boolean(fresh);
    if (is && is.may.length) for (const note of notes(is.id)) if (note.mark.late) mark(note, { late: false });
    /* Another activity only begins once the one before is sealed: what is left of it here can go. */
    for (const round of rounds()) if (!is || is.id !== round || is.phase === "sealed") purge(round);
    drain();
  } else if (event === "items") { things = data.items; unsure = false; }
  else if (event === "sayings") sayings = data.sayings;
  else if (event === "notes") {
    if (unsure) { things = []; unsure = false; } // the whole came without items: there are none
    if (data.reset) shown.clear();
    for (const note of data.notes) shown.set(note[0], note);
  } else if (event === "removed") for (const id of data.ids) shown.delete(id);
  else if (event === "count" && state) state.people = data.people;
  else below[event] = data;
}
function end(how) {
  if (over) return;
  store();
  over = true; early = Boolean(how && how.early);
  hangUp();
  for (const round of rounds()) {
    for (const note of notes(round)) if (note.gone) forget(note); else if (!settled(note)) mark(note, { late: true });
    purge(round);
  }
  for (const name of ["lead", "leader-ticket", "ticket"]) drop(name);
  tell({ events: [["ended", { early }]], trouble: "" });
  draw();
}

/* ---- up: one thing at a time, oldest first, again and again until the server has it ---- */
const PLAIN = { credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store" };
let sending = null, busy = false, attempts = 0, timer = 0;
async function post(path, body) {
  const limit = new AbortController(), clock = setTimeout(() => limit.abort(), 12000);
  try {
    const answer = await fetch(`/r/${code}/${path}/`, {
      ...PLAIN, method: "POST", headers: { "Content-Type": "application/json", "Accept-Language": document.documentElement.lang }, body: JSON.stringify(body), signal: limit.signal,
    });
    return { status: answer.status, wait: Number(answer.headers.get("Retry-After")) || 0, body: (await answer.json().catch(() => null)) || {} };
  } finally { clearTimeout(clock); }
}
async function renew(lead = leads()) {
  const answer = await post("tickets", { lead, ticket: get("ticket") });
  if (answer.status === 201) put(lead ? "leader-ticket" : "ticket", answer.body.ticket);
  if (answer.body.code === "gatherings.slip_needed") location.replace(`/slip/${location.search}`);
  return answer;
}
const next = () => {
  const todo = notes().filter(waiting);
  return todo.find((note) => note.gone === "all") || todo.find((note) => note.gone) || todo[0];
};
async function drain() {
  if (busy || !owner) return;
  busy = true;
  clearTimeout(timer);
  let renewed = false;
  try {
    for (let note = next(); note && !over; note = next()) {
      sending = note.id;
      draw();
      const { status, wait, body } = await deliver(note);
      if (status === 403 && !renewed && (renewed = (await renew(Boolean(note.lead))).status === 201)) continue;
      if ((status === 429 && body.code !== "gatherings.too_many_notes") || status >= 500) throw Object.assign(new Error(body.what), { wait, server: true });
      hear(note, status, body);
      attempts = 0; trouble = "";
    }
  } catch (reason) {
    trouble = reason.server ? "server" : "network";
    timer = setTimeout(drain, Math.max((reason.wait || 0) * 1000, pause(attempts)));
    attempts = Math.min(attempts + 1, 6);
  }
  sending = null; busy = false;
  if (state) for (const round of rounds()) if (!state.round || state.round.id !== round || state.round.phase === "sealed") purge(round);
  tell({ events: [], trouble });
  draw();
}
function deliver(note) {
  const { round, id, secret, rev, column, text } = note, pass = { ticket: ticket(note.lead), round };
  if (note.gone === "all") return post("withdrawals", { ...pass, tag: get(`r/${round}/tag`) });
  if (note.gone) return post("withdrawals", { ...pass, id, secret });
  if (note.what === "saying") return post("sayings", { ...pass, id, secret, rev, ...note.said });
  if (note.what) return post(`${note.what}s`, { ...pass, id, secret, tag: get(`r/${round}/tag`), rev, choices: note.choices, item: note.item });
  return post("notes", { ...pass, id, secret, tag: get(`r/${round}/tag`), rev, column, text });
}
function hear(note, status, body) {
  if (status === 404 || status === 410) return end();
  if (note.gone) {
    if (status !== 200) notice(status === 409 ? words[isSlip(note) ? "choice-late" : "stuck"] : sentence(body));
    const swept = note.gone === "all" ? notes(note.round).filter((other) => other.gone === "all") : [note];
    /* A copy may still be on its way for a note that was never acknowledged: its id is closed one by one. */
    for (const one of swept) if (note.gone === "all" && status === 200 && !one.mark.rev) keep({ ...one, gone: "one" }); else forget(one);
  } else if (status === 200 || status === 201) {
    mark(note, { rev: Math.max(note.rev, Number(body.rev) || 0), late: false, refused: "" });
    if (!isSlip(note)) live(words["note-saved"]);
  } else if (status === 409 && body.code === "gatherings.not_writing_now") {
    mark(note, { late: true });
    if (isSlip(note)) notice(words["choice-late"]);
  } else if (note.what === "doubt") { forget(note); notice(sentence(body)); }
  else {
    mark(note, { refused: sentence(body), at: note.rev });
    if (note.what) notice(sentence(body));
  }
}
const sentence = (body) => [body.what, body.next].filter(Boolean).join(" ") || words.refused;
