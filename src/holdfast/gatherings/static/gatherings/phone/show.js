/* Third part: what the page shows. The sentences are in the page; data-when and data-if say when. */
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
  if (!state || missing(round)) return "connecting";
  if (state.paused) return "paused";
  if (!round || round.phase === "finished") return "waiting";
  if (round.phase === "not_kept") return "sealed";
  if (round.look) return `${round.look}-${round.phase}`;
  if (listed(round)) return `${round.kind}-${round.phase === "checking" ? "grouping" : round.phase}`;
  return round.phase === "talking" ? "talk" : round.phase;
}

/* Scripts that are not needed at first come when they are; one that does not come is asked for again after a moment. */
const late = new Set();
function fetchScript(src, onload) {
  if (late.has(src)) return;
  late.add(src);
  const script = Object.assign(document.createElement("script"), { src, onload });
  script.onerror = () => { script.remove(); setTimeout(() => { late.delete(src); draw(); }, 1000 + 2000 * Math.random()); };
  document.head.append(script);
}
/* Kinds with a look of their own have a script of their own, asked for when the first of them begins. */
function looks(round) {
  if (typeof lookFlags === "function") return lookFlags(round);
  if (round && round.look) fetchScript(page.dataset.looks, draw);
  return {};
}

function paint() {
  if (!room) return leftovers();
  const round = current(), was = view;
  view = viewOf(round);
  const may = Boolean(round && round.may.includes("write"));
  const own = round ? notes(round.id).filter((note) => !note.gone && !note.what && (may || round.phase === "handed" || !note.mark.late)) : [];
  if (round && round.id !== drawnRound) begin(round);
  const rests = resting && /(^|-)(writing|screening)$/.test(view);
  const flags = {
    several: Boolean(round && round.columns.length > 1), writable: may, composing: may && !rests, resting: may && rests, "has-notes": own.length > 0, "nothing-yet": !own.length,
    ...choosing(round), ...looks(round), ...(kinds.talk && kinds.talk(round)), screened: round && round.screened, early, together: round && (round.setup.together || round.setup.joined), labelled: !listed(round) && (!round || round.leader_labelled), unlabelled: round && !listed(round) && !round.leader_labelled, leads: leads(), follows: !leads(),
  };
  const hadFocus = document.activeElement;
  for (const element of all("[data-when],[data-if]")) {
    const { when, if: flag } = element.dataset;
    show(element, (!when || when.split(" ").includes(view)) && (!flag || Boolean(flags[flag])));
  }
  const named = view === "waiting" ? null : round; // what is over does not stand there any more
  write($("title"), (named && named.title) || (state && state.room.title) || $("title").textContent);
  write($("prompt"), (named && named.prompt) || "");
  show($("prompt"), Boolean(named && round.prompt && round.prompt !== round.title && !(listed(round) && round.phase === "sealed")));
  if (state) {
    const size = (round && round.set_size) || state.people;
    for (const line of all("[data-people]")) write(line, plural("people", state.people));
    for (const line of all("[data-one-of]")) write(line, size > 1 ? say("one-of", size) : view.endsWith("promise") ? words["one-of-one"] : "");
    for (const line of all("[data-small]")) { write(line, words[listed(round) ? `small-${round.kind}` : round && round.look === "close" ? "small-agree" : "small"]); show(line, Boolean(round && round.small)); }
  }
  show($("volatile"), !keeps);
  own.reverse();
  list($("mine-list"), own, (note) => note.id, () => build("own-note"), fillOwn);
  const saved = own.filter(settled).length, rest = own.filter(waiting).length;
  write($("mine-sum"), [saved && say("sum-saved", saved), rest && say("sum-waiting", rest)].filter(Boolean).join(", "));
  everyone(round);
  if (round && Object.keys(below).length) { if (typeof further === "function") further(round); else fetchScript(page.dataset.further, draw); }
  kept();
  banner();
  count();
  if (window.holdOn) holdOn();
  clock();
  /* Focus that was on something now put away goes to the heading, never to nowhere. */
  if (hadFocus && hadFocus !== page && hadFocus.closest("[hidden]")) $("title").focus({ preventScroll: true });
  if (!was || was === view) return;
  /* Something new begins at its beginning; an undone close and a reload stay where they are. */
  if (/-sealed$/.test(view) || (/-(grouping|promise|writing|quiet|revealed)$/.test(view) && !/closing$|^connecting$|^paused$/.test(was))) scrollTo(0, 0);
  announce();
}

/* A new round: its chips, and what was being typed before the page was closed. */
function begin(round) {
  drawnRound = round.id; most = FIRST;
  resting = Boolean(get(`r/${round.id}/done`));
  const draft = get(`r/${round.id}/draft`) || {};
  column = round.columns.some(({ key }) => key === draft.column) ? draft.column : (round.columns[0] || {}).key;
  $("text").value = draft.text || "";
  chips($("chips"), round, column, (key) => { column = key; typed = true; hint(round); store(); });
  hint(round);
  notice("");
  show($("undo"), false);
  if (round.columns.length) fetchScript(page.dataset.point, draw); // without it one writes all the same
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
  const rest = first && !view.endsWith("closing") ? ([...first.querySelectorAll(".lead")].find((line) => !line.hidden) || first).innerText.trim().replace(/\s+/g, " ") : "";
  live(view.endsWith("closing") ? words["say-closing"] : `${$("title").textContent.replace(/([^.?!…])$/, "$1.")} ${rest}`);
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
const statusOf = (note) => (note.mark.late && !settled(note) ? "late" : refusedNow(note) && !settled(note) ? "refused" : settled(note) ? "saved"
  : trouble === "server" ? "server" : trouble || lineDown ? "network" : "saving");
const columnOf = (key) => (current() ? current().columns : []).find((one) => one.key === key) || { label: key, tone: "" };
function fillOwn(card, note) {
  const { label, tone } = columnOf(note.column), refused = refusedNow(note) && !settled(note);
  const status = statusOf(note);
  card.dataset.tone = tone; card.dataset.state = status;
  write(card.querySelector(".note-text"), note.text);
  write(card.querySelector(".note-column"), current().columns.length > 1 ? label : "");
  write(card.querySelector(".note-label"), note.lead && current().leader_labelled ? words.label : "");
  write(card.querySelector(".note-state"), words[status]);
  const why = card.querySelector(".note-why"), change = card.querySelector("[data-do=change]");
  write(why, refused ? note.mark.refused : ""); show(why, Boolean(refused));
  change.setAttribute("aria-label", `${change.textContent}: ${note.text}`);
  show(change, current().may.includes("write"));
}
/* The first of many notes stand there at once, the others follow: a phone can be read while it builds the rest. */
const FIRST = 40;
let most = FIRST;
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
    if (here.length > most) requestAnimationFrame(() => setTimeout(() => { most *= 3; draw(); }));
    list(box.querySelector("ul"), here.slice(0, most), (note) => note[0], () => build("shown-note"), (card, note) => {
      if (card.note === note) return;
      card.note = note;
      card.dataset.tone = tone; card.classList.toggle("leader", Boolean(note[3]));
      write(card.querySelector(".note-text"), note[2]);
      const label = (card.label ||= card.querySelector(".note-label"));
      if (note[3]) { write(label, words.label); card.append(label); } else label.remove();
    });
  });
}
function kept() {
  const left = [...mirror].filter(([key]) => key.startsWith("k/")).map(([key, { text, edit }]) => ({ key, text, edit }));
  const round = current(), late = notes().filter((note) => !isSlip(note) && note.mark.late && !settled(note) && !(round && round.id === note.round && round.may.includes("write")));
  for (const note of late) left.push({ key: note.key, text: note.text, edit: Boolean(note.mark.rev), note });
  const draft = round && !round.may.includes("write") && !round.may.includes("say") && get(`r/${round.id}/draft`);
  if (draft && draft.text.trim() && view !== "promise") left.push({ key: `r/${round.id}/draft`, text: draft.text.trim() });
  show($("kept"), left.length > 0);
  list($("kept-list"), left, (one) => one.key, () => build("kept-note"), (card, one) => {
    write(card.querySelector(".note-text"), one.text);
    write(card.querySelector(".note-foot span"), one.edit ? words["edit-late"] : "");
    if (!window.offerLate) fetchScript(page.dataset.point, draw); else offerLate(card, one);
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
  const n = size($("text").value.trim());
  write($("room-left"), n > LIMIT ? say("too-long", n - LIMIT) : n > 140 ? say("length", n) : words.plenty);
  if (window.pointing) point();
  else if (n) fetchScript(page.dataset.point, draw);
}
function clock() {
  const round = current(), passed = (now() - stamp) / 1000;
  if (!round) return;
  const left = round.left === null ? null : Math.round((round.left - passed) / 60);
  write($("minutes"), left === null || !["writing", "screening", "sort-writing", "agree-writing", "stories-writing", "named-writing", "close-writing", "prioritise-writing"].includes(view) ? "" : left > 0 ? plural("minutes", left) : words["minutes-none"]);
  if (round.closing !== null) { const seconds = Math.ceil(round.closing - passed); write($("closing"), seconds > 0 ? say("closing", seconds) : words["closing-now"]); }
}
