/* The phone in a room: keeps what is written until the server has it, and shows what the stream says.
   Plain http on a school network is enough: nothing here needs a secure context. Text is only ever textContent. */
"use strict";
(() => {
  const page = document.body, { room = "" } = page.dataset;
  const code = page.dataset.code || (location.pathname.split("/")[2] || "").toUpperCase().replace(/[^A-Z]/g, "");
  const ROOT = "holdfast/", HERE = `${ROOT}${code}/${room}/`, LIMIT = 600, DAY = 864e5;
  const $ = (id) => document.getElementById(id);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const now = () => performance.now();
  const build = (id) => $(id).content.firstElementChild.cloneNode(true);
  const length = (text) => [...text].length;

  const words = {};
  if ($("words")) for (const word of all("[data-w]", $("words").content)) words[word.dataset.w] = word.textContent;
  const say = (word, n) => words[word].replace("{n}", n);
  const plural = (word, n) => say(n === 1 && words[`${word}-one`] ? `${word}-one` : word, n);

  const random = (bytes) => crypto.getRandomValues(new Uint8Array(bytes));
  const hex = () => [...random(16)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const noteId = () => String((random(8).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n) & ((1n << 62n) - 1n)) || 1n);

  /* ---- what this phone keeps: a mirror in memory, written through; works without storage, and then says so ---- */
  const mirror = new Map();
  let keeps = true;
  const attempt = (act) => { try { return act(); } catch { return null; } };
  const guarded = (act) => { try { return act(); } catch { keeps = false; return null; } };
  const get = (key) => mirror.get(key);
  const put = (key, value) => { mirror.set(key, value); guarded(() => localStorage.setItem(HERE + key, JSON.stringify(value))); };
  const drop = (key) => { mirror.delete(key); guarded(() => localStorage.removeItem(HERE + key)); };
  const parsed = (text) => { try { return JSON.parse(text); } catch { return undefined; } };
  const ours = (key) => key.startsWith(HERE) && key !== `${HERE}lock`;

  function open() {
    guarded(() => {
      for (const key of Object.keys(localStorage)) {
        if (ours(key)) { const value = parsed(localStorage[key]); if (value !== undefined) mirror.set(key.slice(HERE.length), value); continue; }
        const place = key.startsWith(ROOT) && key.split("/").slice(0, 3).join("/");
        const seen = place && parsed(localStorage[`${place}/seen`]);
        if (place && !key.startsWith(HERE) && !(Date.now() - seen < DAY)) localStorage.removeItem(key);
      }
    });
    put("seen", Date.now());
  }

  /* ---- notes: n/ is written by whoever types, s/ only by the tab that sends; so two tabs never undo each other ---- */
  const NOTE = /^r\/(\d+)\/n\/(\d+)$/;
  function notes(round) {
    const found = [];
    for (const [key, note] of mirror) {
      const at = NOTE.exec(key);
      if (at && (!round || at[1] === round)) found.push({ ...note, key, round: at[1], id: at[2], mark: get(`r/${at[1]}/s/${at[2]}`) || {} });
    }
    return found.sort((a, b) => a.order - b.order || (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
  }
  const keep = ({ round, id, secret, rev, column, text, lead, order, gone }) =>
    put(`r/${round}/n/${id}`, { secret, rev, column, text, lead, order, gone });
  const mark = (note, what) => { if (get(note.key)) put(`r/${note.round}/s/${note.id}`, { ...get(`r/${note.round}/s/${note.id}`), ...what }); };
  const forget = (note) => { drop(note.key); drop(`r/${note.round}/s/${note.id}`); };
  const refusedNow = (note) => note.mark.refused && note.mark.at >= note.rev;
  const settled = (note) => (note.mark.rev || 0) >= note.rev;
  const waiting = (note) => note.gone || (!settled(note) && !note.mark.late && !refusedNow(note));

  function add(round, column, text) {
    const order = Math.max(0, ...notes(round).map((note) => note.order)) + 1;
    if (!get(`r/${round}/tag`)) put(`r/${round}/tag`, hex());
    keep({ round, id: noteId(), secret: hex(), rev: 1, column, text, lead: leads(), order });
  }

  /* A closed round leaves nothing here but what nobody has received. */
  function purge(round) {
    const left = notes(round);
    for (const note of left) {
      if (waiting(note)) continue;
      if (!note.mark.rev) put(`k/${note.id}`, { text: note.text });
      else if (!settled(note)) { put(`k/${note.id}`, { text: note.text, edit: true }); }
      forget(note);
    }
    const draft = get(`r/${round}/draft`);
    if (draft && draft.text.trim()) put(`k/${noteId()}`, { text: draft.text.trim() });
    drop(`r/${round}/draft`);
    if (round === drawnRound) $("text").value = "";
    if (!left.some(waiting)) { drop(`r/${round}/tag`); drop(`r/${round}/done`); }
  }
  const rounds = () => new Set([...mirror.keys()].map((key) => /^r\/(\d+)\//.exec(key)).filter(Boolean).map((at) => at[1]));

  /* ---- one seat, however many tabs: one of them holds the stream and sends, the others listen to it ---- */
  const me = hex(), LOCK = `${HERE}lock`;
  const channel = attempt(() => new BroadcastChannel(HERE));
  let owner = false, heard = 0;
  const lock = () => guarded(() => parsed(localStorage.getItem(LOCK)));
  const held = () => { const it = lock(); return it && it.tab !== me && Date.now() - it.at < 7000 && it.at <= Date.now(); };
  function beat() {
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
    if (data.hello) { if (owner && state) tell({ events: [["state", state, 1], ["notes", { reset: true, notes: [...shown.values()] }]], trouble }); return; }
    if (owner) return;
    heard = now();
    trouble = data.trouble;
    for (const [event, value, fresh] of data.events) take(event, value, fresh);
    draw();
  };

  // A note stays under the ticket it was written with, also when its author has since said that they lead, or do not.
  const leads = () => Boolean(get("lead"));
  const ticket = (lead = leads()) => (lead ? get("leader-ticket") : get("ticket")) || page.dataset.ticket;

  /* ---- down: the stream, and asking again and again where streams do not pass ---- */
  let source = null, asking = null, last = null, failures = 0, retry = 0, quiet = 0, arrived = 0, streamed = 0, freshly = true, polled = false;
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
    last = null; freshly = true;
    if (failures > 2 || typeof EventSource === "undefined") return void ask();
    streamed = now();
    source = new EventSource(`/r/${code}/stream?ticket=${encodeURIComponent(ticket())}`);
    for (const event of ["state", "notes", "removed", "count", "ended"])
      source.addEventListener(event, (message) => receive(message.lastEventId, event, parsed(message.data)));
    source.onerror = lost;
    quiet = setTimeout(() => { failures = Math.max(failures, 2); lost(); }, 5000); // held back on the way: ask instead
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
      const timer = setTimeout(() => mine.abort(), 30000);
      const answer = await fetch(`/r/${code}/poll?ticket=${encodeURIComponent(ticket())}${after}`, { ...PLAIN, signal: mine.signal });
      const events = answer.ok ? await answer.json() : [];
      clearTimeout(timer);
      if (mine !== asking) return;
      if (answer.status === 410 || answer.status === 404) return void end();
      if (answer.status === 403) await renew();
      if (!answer.ok) throw new Error(String(answer.status));
      for (const { id, event, data } of events) receive(id, event, data);
      arrived = now(); offline(false);
      // The server is there (again): see whether a stream passes too, at once and then every two minutes.
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
      // A hole in the numbers, or another epoch: something was missed, so ask for the whole again.
      if (last && (epoch !== last[0] || number - last[1] > 1) && !(data && data.reset)) {
        hangUp();
        retry = setTimeout(connect, 100 + 900 * Math.random());
        return;
      }
      last = [epoch, number];
    }
    if (source) { failures = 0; polled = false; }
    arrived = now();
    clearTimeout(quiet);
    quiet = setTimeout(connect, 80000 + 20000 * Math.random()); // a stream can die without a word
    offline(false);
    take(event, data, freshly && event === "state");
    if (event === "state") freshly = false;
    tell({ events: [[event, data, event === "state"]], trouble });
    draw();
  }
  function resume() {
    beat();
    if (owner && now() - arrived > 5000) { failures = 0; connect(); }
    attempts = 0;
    drain();
    draw();
  }

  /* ---- what the room says ---- */
  let state = null, over = false, stamp = 0, trouble = "", lineDown = false;
  const shown = new Map();
  function take(event, data, fresh) {
    if (event === "ended") return end();
    if (event === "state") {
      store();
      const was = state && state.round, is = data.round;
      if (fresh || (was && was.id) !== (is && is.id)) shown.clear();
      state = data; stamp = now();
      if (is && is.may.includes("write")) for (const note of notes(is.id)) if (note.mark.late) mark(note, { late: false });
      // Another activity only begins once the one before is sealed: what is left of it here can go.
      for (const round of rounds()) if (!is || is.id !== round || is.phase === "sealed") purge(round);
      drain();
    } else if (event === "notes") {
      if (data.reset) shown.clear();
      for (const note of data.notes) shown.set(note[0], note);
    } else if (event === "removed") for (const id of data.ids) shown.delete(id);
    else if (event === "count" && state) state.people = data.people;
  }
  function end() {
    if (over) return;
    store();
    over = true;
    hangUp();
    for (const round of rounds()) {
      for (const note of notes(round)) if (note.gone) forget(note); else if (!settled(note)) mark(note, { late: true });
      purge(round);
    }
    for (const name of ["lead", "leader-ticket", "ticket"]) drop(name);
    tell({ events: [["ended", {}]], trouble: "" });
    draw();
  }

  /* ---- up: one thing at a time, oldest first, again and again until the server has it ---- */
  const PLAIN = { credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store" };
  let sending = null, busy = false, attempts = 0, timer = 0;
  async function post(path, body) {
    const limit = new AbortController(), clock = setTimeout(() => limit.abort(), 12000);
    try {
      const answer = await fetch(`/r/${code}/${path}/`, {
        ...PLAIN, method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), signal: limit.signal,
      });
      return { status: answer.status, wait: Number(answer.headers.get("Retry-After")) || 0, body: (await answer.json().catch(() => null)) || {} };
    } finally { clearTimeout(clock); }
  }
  async function renew(lead = leads()) {
    const answer = await post("tickets", { lead });
    if (answer.status === 201) put(lead ? "leader-ticket" : "ticket", answer.body.ticket);
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
    return post("notes", { ...pass, id, secret, tag: get(`r/${round}/tag`), rev, column, text });
  }
  function hear(note, status, body) {
    if (status === 404 || status === 410) return end();
    if (note.gone) {
      if (status !== 200) notice(status === 409 ? words.stuck : sentence(body));
      const swept = note.gone === "all" ? notes(note.round).filter((other) => other.gone === "all") : [note];
      // A copy may still be on its way for a note that was never acknowledged: its id is closed one by one.
      for (const one of swept) if (note.gone === "all" && status === 200 && !one.mark.rev) keep({ ...one, gone: "one" }); else forget(one);
    } else if (status === 200 || status === 201) {
      mark(note, { rev: Math.max(note.rev, Number(body.rev) || 0), late: false, refused: "" });
      live(words["note-saved"]);
    } else if (status === 409 && body.code === "gatherings.not_writing_now") mark(note, { late: true });
    else mark(note, { refused: sentence(body), at: note.rev });
  }
  const sentence = (body) => [body.what, body.next].filter(Boolean).join(" ") || words.refused;

  /* ---- showing ---- */
  const show = (element, yes) => { if (element && element.hidden === yes) element.hidden = !yes; };
  const write = (element, text) => { if (element.textContent !== text) element.textContent = text; };
  let spoken = 0;
  function live(text) { const line = $("say"); if (!line) return; clearTimeout(spoken); line.textContent = ""; spoken = setTimeout(() => { line.textContent = text; }, 60); }
  function notice(text) { write($("notice"), text); show($("notice"), Boolean(text)); if (text) live(text); }
  function offline(is) { if (is !== lineDown) { lineDown = is; draw(); } }

  let drawing = 0, view = "", resting = false, column = "", drawnRound = "";
  const draw = () => { drawing = drawing || setTimeout(() => { drawing = 0; paint(); }, 0); };
  const current = () => (state && !over ? state.round : null);
  function viewOf(round) {
    if (over) return "ended";
    if (!state) return "connecting";
    if (!round || round.phase === "finished") return "waiting";
    if (round.phase === "not_kept") return "sealed";
    return round.kind === "gather" || round.phase !== "talking" ? round.phase : "talk";
  }

  function paint() {
    if (!room) return leftovers();
    const round = current(), was = view;
    view = viewOf(round);
    const may = Boolean(round && round.may.includes("write"));
    const own = round ? notes(round.id).filter((note) => !note.gone && (may || !note.mark.late)) : [];
    if (round && round.id !== drawnRound) begin(round);
    const rests = resting && (view === "writing" || view === "screening");
    const flags = {
      writable: may, composing: may && !rests, resting: may && rests, "has-notes": own.length > 0, "nothing-yet": !own.length,
      screened: round && round.screened, labelled: !round || round.leader_labelled, unlabelled: round && !round.leader_labelled, leads: leads(), follows: !leads(),
    };
    const hadFocus = document.activeElement;
    for (const element of all("[data-when],[data-if]")) {
      const { when, if: flag } = element.dataset;
      show(element, (!when || when.split(" ").includes(view)) && (!flag || Boolean(flags[flag])));
    }
    write($("title"), (round && round.title) || (state && state.room.title) || $("title").textContent);
    write($("prompt"), (round && round.prompt) || "");
    show($("prompt"), Boolean(round && round.prompt && round.prompt !== round.title));
    if (state) {
      const size = (round && round.set_size) || state.people;
      for (const line of all("[data-people]")) write(line, plural("people", state.people));
      for (const line of all("[data-one-of]")) write(line, size > 1 ? say("one-of", size) : view === "promise" ? words["one-of-one"] : "");
      for (const line of all("[data-small]")) { write(line, words.small); show(line, Boolean(round && round.small)); }
    }
    show($("volatile"), !keeps);
    own.reverse();
    list($("mine-list"), own, (note) => note.id, () => build("own-note"), fillOwn);
    const saved = own.filter(settled).length, rest = own.filter(waiting).length;
    write($("mine-sum"), [saved && say("sum-saved", saved), rest && say("sum-waiting", rest)].filter(Boolean).join(", "));
    everyone(round);
    kept();
    banner();
    count();
    clock();
    // Focus that was on something now put away goes to the heading, never to nowhere.
    if (hadFocus && hadFocus !== page && hadFocus.closest("[hidden]")) $("title").focus({ preventScroll: true });
    if (was && was !== view) announce();
  }

  /* A new round: its chips, and what was being typed before the page was closed. */
  function begin(round) {
    drawnRound = round.id;
    resting = Boolean(get(`r/${round.id}/done`));
    const draft = get(`r/${round.id}/draft`) || {};
    column = round.columns.some(({ key }) => key === draft.column) ? draft.column : (round.columns[0] || {}).key;
    $("text").value = draft.text || "";
    chips($("chips"), round, column, (key) => { column = key; typed = true; hint(round); store(); });
    hint(round);
    notice("");
    show($("undo"), false);
  }
  function hint(round) { const text = (round.columns.find(({ key }) => key === column) || {}).hint || ""; write($("hint"), text); show($("hint"), Boolean(text)); }
  let set = 0;
  function chips(place, round, chosen, choose) {
    const name = `column-${(set += 1)}`;
    place.replaceChildren(...round.columns.map(({ key, label, tone }) => {
      const chip = document.createElement("label"), input = document.createElement("input"), text = document.createElement("span");
      Object.assign(input, { type: "radio", name, value: key, checked: key === chosen });
      input.addEventListener("change", () => choose(key));
      chip.className = "chip"; chip.dataset.tone = tone; text.dir = "auto"; text.textContent = label;
      chip.append(input, text);
      return chip;
    }));
  }

  function announce() {
    const first = all(`[data-when~="${view}"]`).find((element) => !element.hidden && element.textContent.trim());
    const rest = first && view !== "closing" ? (first.querySelector(".lead") || first).textContent.trim().replace(/\s+/g, " ") : "";
    live(view === "closing" ? words["say-closing"] : `${$("title").textContent.replace(/([^.?!…])$/, "$1.")} ${rest}`);
  }

  function list(place, items, key, make, fill) {
    const old = new Map([...place.children].map((child) => [child.dataset.key, child]));
    let at = place.firstElementChild;
    for (const item of items) {
      const child = old.get(key(item)) || make();
      old.delete(key(item));
      child.dataset.key = key(item);
      fill(child, item);
      if (child === at) at = at.nextElementSibling; else place.insertBefore(child, at);
    }
    for (const child of old.values()) {
      if (child.contains(document.activeElement)) $("title").focus({ preventScroll: true });
      child.remove();
    }
  }
  const columnOf = (key) => (current() ? current().columns : []).find((one) => one.key === key) || { label: key, tone: "" };
  function fillOwn(card, note) {
    const { label, tone } = columnOf(note.column), refused = refusedNow(note) && !settled(note);
    const status = note.mark.late && !settled(note) ? "late" : refused ? "refused" : settled(note) ? "saved"
      : trouble === "server" ? "server" : trouble || lineDown ? "network" : "saving";
    card.dataset.tone = tone; card.dataset.state = status;
    write(card.querySelector(".note-text"), note.text);
    write(card.querySelector(".note-column"), label);
    write(card.querySelector(".note-label"), note.lead && current().leader_labelled ? words.label : "");
    write(card.querySelector(".note-state"), words[status]);
    const why = card.querySelector(".note-why"), change = card.querySelector("[data-do=change]");
    write(why, refused ? note.mark.refused : ""); show(why, Boolean(refused));
    change.setAttribute("aria-label", `${change.textContent}: ${note.text}`);
    show(change, current().may.includes("write"));
  }
  function everyone(round) {
    const place = $("everyone");
    const below = view === "revealed" ? $("write") : $("lead"); // read first, or make the last changes first
    if (place.nextElementSibling !== below) below.before(place);
    if (place.hidden || !round) return void place.replaceChildren();
    if (!shown.size && view !== "revealed") return void place.replaceChildren();
    list(place, round.columns, ({ key }) => key, () => build("shown-column"), (box, { key, label, tone }) => {
      const here = [...shown.values()].filter((note) => note[1] === key);
      box.dataset.tone = tone;
      write(box.querySelector("h2"), label);
      write(box.querySelector(".row .soft"), here.length ? plural("count", here.length) : "");
      write(box.querySelector(".nothing"), here.length ? "" : words["no-notes"]);
      list(box.querySelector("ul"), here, (note) => note[0], () => build("shown-note"), (card, note) => {
        card.dataset.tone = tone; card.classList.toggle("leader", Boolean(note[3]));
        write(card.querySelector(".note-text"), note[2]);
        write(card.querySelector(".note-label"), note[3] ? words.label : "");
      });
    });
  }
  function kept() {
    const left = [...mirror].filter(([key]) => key.startsWith("k/")).map(([key, { text, edit }]) => ({ key, text, edit }));
    const round = current(), late = notes().filter((note) => note.mark.late && !settled(note) && !(round && round.id === note.round && round.may.includes("write")));
    for (const note of late) left.push({ key: note.key, text: note.text, edit: Boolean(note.mark.rev), note });
    const draft = round && !round.may.includes("write") && get(`r/${round.id}/draft`);
    if (draft && draft.text.trim() && view !== "promise") left.push({ key: `r/${round.id}/draft`, text: draft.text.trim() });
    show($("kept"), left.length > 0);
    list($("kept-list"), left, (one) => one.key, () => build("kept-note"), (card, one) => {
      write(card.querySelector(".note-text"), one.text);
      write(card.querySelector(".note-foot span"), one.edit ? words["edit-late"] : "");
      card.onclick = ({ target }) => {
        if (target.dataset.do === "copy") copy(one.text, card.querySelector(".note-text"));
        if (target.dataset.do === "discard") { if (one.note) forget(one.note); else drop(one.key); if (one.key.endsWith("/draft")) $("text").value = ""; draw(); }
      };
    });
  }
  function banner() {
    const word = over ? "" : trouble === "server" ? "cannot-save"
      : navigator.onLine === false || trouble === "network" ? "offline" : lineDown && state && failures > 1 ? "reconnecting" : "";
    write($("trouble"), word ? words[word] : "");
    show($("trouble"), Boolean(word));
  }
  function count() {
    const n = length($("text").value.trim());
    write($("room-left"), n > LIMIT ? say("too-long", n - LIMIT) : n > 140 ? say("length", n) : words.plenty);
  }
  function clock() {
    const round = current(), passed = (now() - stamp) / 1000;
    if (!round) return;
    const left = round.left === null ? null : Math.round((round.left - passed) / 60);
    write($("minutes"), left === null || !["writing", "screening"].includes(view) ? "" : left > 0 ? plural("minutes", left) : words["minutes-none"]);
    if (round.closing !== null) { const seconds = Math.ceil(round.closing - passed); write($("closing"), seconds > 0 ? say("closing", seconds) : words["closing-now"]); }
  }

  /* ---- hands ---- */
  function copy(text, place) {
    const box = Object.assign(document.createElement("textarea"), { value: text, readOnly: true, className: "hush" });
    page.append(box);
    box.select();
    const done = attempt(() => document.execCommand("copy"));
    box.remove();
    if (!done) { const range = document.createRange(); range.selectNodeContents(place); getSelection().removeAllRanges(); getSelection().addRange(range); }
    live(done ? words.copied : words["copy-by-hand"]);
  }
  function fits(text, line) {
    const wrong = !text ? words.nothing : length(text) > LIMIT ? say("too-long", length(text) - LIMIT) : "";
    write(line, wrong); show(line, Boolean(wrong));
    return !wrong;
  }
  let typing = 0, typed = false;
  function store() {
    clearTimeout(typing);
    if (!typed) return; // another tab's draft is not this one's to empty
    typed = false;
    const round = current(), text = $("text").value;
    if (round && round.id === drawnRound) { if (text.trim()) put(`r/${round.id}/draft`, { column, text }); else drop(`r/${round.id}/draft`); }
  }
  const sendKey = (form) => (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); form.dispatchEvent(new Event("submit", { cancelable: true })); } };

  function offerAgain(word, button, texts) {
    const box = $("undo"), round = current();
    box.querySelector("span").textContent = words[word];
    box.querySelector("button").textContent = words[button];
    box.querySelector("button").onclick = () => {
      for (const one of texts) add(round.id, one.column, one.text);
      show(box, false); $("title").focus({ preventScroll: true });
      draw(); drain();
    };
    show(box, true);
    live(words[word]);
    box.querySelector("button").focus();
  }
  function edit(card) {
    if (card.querySelector("form")) return;
    const round = current(), find = () => notes(round.id).find((one) => one.id === card.dataset.key), note = find();
    if (!note) return;
    const form = build("editor"), text = form.querySelector("textarea"), line = form.querySelector(".refused");
    let place = note.column;
    chips(form.querySelector(".chips-row"), round, place, (key) => { place = key; });
    text.value = note.text;
    const leave = () => { form.remove(); card.classList.remove("open"); card.querySelector("[data-do=change]").focus(); };
    form.onsubmit = (event) => {
      event.preventDefault();
      const is = find(), value = text.value.trim();
      if (!fits(value, line)) return text.focus();
      if (is && (value !== is.text || place !== is.column)) keep({ ...is, text: value, column: place, rev: is.rev + 1 });
      leave(); draw(); drain();
    };
    form.onclick = ({ target }) => {
      if (target.dataset.do === "cancel") leave();
      if (target.dataset.do === "withdraw") { const is = find(); if (is) { keep({ ...is, gone: "one" }); offerAgain("withdrawn", "again", [is]); draw(); drain(); } }
    };
    form.onkeydown = (event) => { if (event.key === "Escape") leave(); };
    text.onkeydown = sendKey(form);
    card.append(form); card.classList.add("open");
    text.focus();
  }

  function wire() {
    $("write").onsubmit = (event) => {
      event.preventDefault();
      const round = current(), box = $("text"), text = box.value.trim();
      if (!round || !fits(text, $("said"))) return box.focus();
      add(round.id, column, text); // kept on the phone first, then sent
      box.value = ""; typed = true; store(); live(words["note-added"]); show($("undo"), false);
      box.focus(); draw(); drain();
    };
    $("text").oninput = () => { typed = true; clearTimeout(typing); typing = setTimeout(store, 250); count(); show($("said"), false); };
    $("text").onkeydown = sendKey($("write"));
    $("mine-list").onclick = ({ target }) => { if (target.dataset.do === "change") edit(target.closest("li")); };
    const ask = (yes) => { show($("confirm"), yes); show($("withdraw-all"), !yes); $(yes ? "confirm-no" : "withdraw-all").focus(); };
    $("withdraw-all").onclick = () => ask(true);
    $("confirm-no").onclick = () => ask(false);
    $("confirm-yes").onclick = () => {
      const own = notes(current().id).filter((note) => !note.gone);
      ask(false);
      for (const note of own) keep({ ...note, gone: "all" });
      offerAgain("withdrawn-all", "again-all", own);
      draw(); drain();
    };
    const rest = (yes) => { resting = yes; if (yes) put(`r/${drawnRound}/done`, 1); else drop(`r/${drawnRound}/done`); paint(); };
    $("done").onclick = () => { rest(true); $("write-more").focus(); };
    $("write-more").onclick = () => { rest(false); $("text").focus(); };
    $("lead-yes").onclick = async () => {
      const answer = await renew(true).catch(() => ({ status: 0, body: {} }));
      const ok = answer.status === 201;
      write($("lead-said"), ok ? "" : answer.status ? sentence(answer.body) : words["lead-offline"]); show($("lead-said"), !ok);
      if (ok) { put("lead", 1); paint(); $("lead-no").focus(); if (owner) connect(); }
    };
    $("lead-no").onclick = () => { drop("lead"); paint(); $("lead").open = false; $("lead").firstElementChild.focus(); if (owner) connect(); };

    addEventListener("storage", ({ key, newValue }) => {
      if (key === LOCK) return void ((owner || !newValue) && beat());
      if (key === null || !ours(key)) return;
      const name = key.slice(HERE.length), value = newValue === null ? undefined : parsed(newValue);
      if (value === undefined) mirror.delete(name); else mirror.set(name, value);
      if (name === "lead" && owner) connect();
      draw(); drain();
    });
    addEventListener("online", resume);
    addEventListener("offline", draw);
    addEventListener("pageshow", (event) => { if (event.persisted) resume(); });
    addEventListener("pagehide", () => { store(); if (owner) { owner = false; hangUp(); guarded(() => localStorage.removeItem(LOCK)); } });
    document.addEventListener("visibilitychange", () => { if (document.hidden) store(); else resume(); });
    setInterval(beat, 2500);
    setInterval(clock, 1000);
  }

  /* A page that only says no still shows what was never sent from this phone. */
  function leftovers() {
    if (!code || !$("kept")) return;
    guarded(() => {
      for (const key of Object.keys(localStorage)) {
        const at = new RegExp(`^${ROOT}${code}/\\d+/(r/\\d+/n/(\\d+)|r/\\d+/draft|k/\\d+)$`).exec(key), value = at && parsed(localStorage[key]);
        if (!value || !value.text || value.gone) continue;
        const sent = at[2] && parsed(localStorage[key.replace("/n/", "/s/")]);
        if (sent && sent.rev >= value.rev) continue;
        const card = build("kept-note");
        card.querySelector(".note-text").textContent = value.text;
        card.onclick = ({ target }) => {
          if (target.dataset.do === "copy") copy(value.text, card.querySelector(".note-text"));
          if (target.dataset.do === "discard") { localStorage.removeItem(key); card.remove(); show($("kept"), $("kept-list").children.length > 0); }
        };
        $("kept-list").append(card);
        show($("kept"), true);
      }
    });
  }

  if (!room) return leftovers();
  open();
  wire();
  paint();
  sitDown();
})();
