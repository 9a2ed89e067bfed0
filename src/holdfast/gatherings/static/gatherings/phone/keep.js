/* The phone in a room, first part: its words, and what it keeps until the server has it.
   The parts are sent as one file, in the order keep, line, show, choose, bring, hands; the looks follow when one begins. Plain http on a school network is enough:
   nothing here needs a secure context. Text is only ever textContent. */
"use strict";
const page = document.body, { room = "" } = page.dataset;
const code = page.dataset.code || (location.pathname.split("/")[2] || "").toUpperCase().replace(/[^A-Z]/g, "");
const ROOT = "holdfast/", HERE = `${ROOT}${code}/${room}/`, LIMIT = 600, DAY = 864e5;
const $ = (id) => document.getElementById(id);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const now = () => performance.now();
const build = (id) => $(id).content.firstElementChild.cloneNode(true);
const size = (text) => [...text].length;

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

function openStore() {
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
const keep = ({ round, id, secret, rev, column, text, lead, order, gone, what, choices, item, said }) =>
  put(`r/${round}/n/${id}`, { secret, rev, column, text, lead, order, gone, what, choices, item, said });
const mark = (note, what) => { if (get(note.key)) put(`r/${note.round}/s/${note.id}`, { ...get(`r/${note.round}/s/${note.id}`), ...what }); };
const forget = (note) => { drop(note.key); drop(`r/${note.round}/s/${note.id}`); };
const refusedNow = (note) => note.mark.refused && note.mark.at >= note.rev;
const settled = (note) => (note.mark.rev || 0) >= note.rev;
const isSlip = (note) => note.what && note.what !== "saying"; // chosen, not written: nothing to copy
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
    if (isSlip(note)) { forget(note); continue; }
    if (!note.mark.rev) put(`k/${note.id}`, { text: note.text });
    else if (!settled(note)) { put(`k/${note.id}`, { text: note.text, edit: true }); }
    forget(note);
  }
  const draft = get(`r/${round}/draft`);
  if (draft && draft.text.trim()) put(`k/${noteId()}`, { text: draft.text.trim() });
  drop(`r/${round}/draft`);
  for (const { text, sent } of Object.values(get(`r/${round}/further`) || {})) if (text && !sent) put(`k/${noteId()}`, { text });
  drop(`r/${round}/further`); drop(`r/${round}/now`);
  if (round === drawnRound) $("text").value = "";
  if (!left.some(waiting)) { drop(`r/${round}/tag`); drop(`r/${round}/done`); drop(`r/${round}/seed`); drop(`r/${round}/scribe`); }
}
const rounds = () => new Set([...mirror.keys()].map((key) => /^r\/(\d+)\//.exec(key)).filter(Boolean).map((at) => at[1]));
