/* Questions about notes whose authors nobody knows, letters only their holder can open, and an envelope from every phone. */
const ENVELOPE = 2048, LONGEST = 280; // every envelope has as many bytes, whatever is in it
const utf8 = (text) => new TextEncoder().encode(text);
const asHex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/* SHA-256 (FIPS 180-4): without https a browser lends its own to nobody. */
const PRIMES = [];
for (let n = 2; PRIMES.length < 64; n += 1) if (PRIMES.every((p) => n % p)) PRIMES.push(n);
const frac = (x) => ((x - Math.floor(x)) * 2 ** 32) | 0;
const K = PRIMES.map((p) => frac(Math.cbrt(p))), START = PRIMES.slice(0, 8).map((p) => frac(Math.sqrt(p)));
function sha256(bytes) {
  const blocks = new Uint8Array(((bytes.length + 8) >> 6) * 64 + 64), sum = [...START], w = [];
  blocks.set(bytes);
  blocks[bytes.length] = 128;
  new DataView(blocks.buffer).setUint32(blocks.length - 4, bytes.length * 8);
  const turn = (x, n) => (x >>> n) | (x << (32 - n)), view32 = new DataView(blocks.buffer);
  for (let at = 0; at < blocks.length; at += 64) {
    let [a, b, c, d, e, f, g, h] = sum;
    for (let i = 0; i < 64; i += 1) {
      const x = w[i - 15], y = w[i - 2];
      w[i] = i < 16 ? view32.getInt32(at + i * 4) : (w[i - 16] + (turn(x, 7) ^ turn(x, 18) ^ (x >>> 3)) + w[i - 7] + (turn(y, 17) ^ turn(y, 19) ^ (y >>> 10))) | 0;
      const t = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
      const u = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + t) | 0; d = c; c = b; b = a; a = (t + u) | 0;
    }
    [a, b, c, d, e, f, g, h].forEach((one, i) => { sum[i] = (sum[i] + one) | 0; });
  }
  const out = new DataView(new ArrayBuffer(32));
  sum.forEach((one, i) => out.setInt32(i * 4, one));
  return new Uint8Array(out.buffer);
}

/* ---- letters: each is tried with the secret of each own note; one to somebody else is noise ---- */
const opened = new Map();
function openLetter(note, [nonce, sealed]) {
  const known = `${nonce}/${note.id}`;
  if (!opened.has(known)) {
    const secret = asHex(sha256(utf8(note.secret))), body = new Uint8Array(sealed.length / 2);
    for (let at = 0, n = 0; at < body.length; at += 32, n += 1) {
      sha256(utf8(`${secret} ${nonce} ${n}`)).forEach((byte, i) => { if (at + i < body.length) body[at + i] = byte ^ parseInt(sealed.substr((at + i) * 2, 2), 16); });
      if (!n && body[0] !== 123) break; // no "{": to somebody else
    }
    opened.set(known, body[0] === 123 ? parsed(new TextDecoder().decode(body)) : undefined);
  }
  return opened.get(known);
}
function inbox(round) {
  const found = [], letters = (below.letters || {}).letters || [];
  for (const note of notes(round.id)) if (!note.what && !note.gone) for (const letter of letters) { const says = openLetter(note, letter); if (says && says.for) found.push({ note, ...says }); }
  return found;
}

/* ---- what is kept of questions on this phone: { <question>: { text, draft, no, id, secret, sent } } ---- */
const keptOf = (round) => get(`r/${round.id}/further`) || {};
const keepOf = (round, asked, what) => put(`r/${round.id}/further`, { ...keptOf(round), [asked]: { ...keptOf(round)[asked], ...what } });

let pieces = 0;
async function bringWords() {
  pieces = 1;
  try {
    const answer = await fetch(`/r/${code}/pieces/${page.dataset.lang || ""}`, PLAIN);
    if (!answer.ok) throw new Error(String(answer.status));
    const more = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const word of all("[data-w]", more.getElementById("further-words").content)) words[word.dataset.w] = word.textContent;
    for (const part of all("template[id]", more)) if (!$(part.id)) page.append(document.importNode(part, true));
    pieces = 2;
  } catch { setTimeout(() => { pieces = 0; draw(); }, 1000 + 2000 * Math.random()); }
  draw();
}

function further(round) {
  if (pieces < 2) return void (pieces || bringWords());
  const { asked = [], replies = [] } = below.replies || {}, mine = inbox(round);
  for (const one of asked) tellAll(round, one);
  for (const card of all("#everyone .notes > li")) hang(card, asked.find(({ note }) => note === card.dataset.key), replies.filter((row) => row[1] === card.dataset.key));
  for (const card of all("#mine-list > li")) ownBox(round, card, mine.filter(({ note }) => note.id === card.dataset.key), asked);
  for (const one of asked) if (one.gathered && round.may.includes("write")) send(round, one, mine.find((letter) => letter.asked === one.id));
}
// The same sentence on every phone: a glance at a neighbour's tells nothing.
const told = new Set();
function tellAll(round, one) {
  if (told.has(one.id)) return;
  told.add(one.id);
  if (!one.gathered) notice(words["asked-all"]);
}
function hang(card, question, rows) {
  let place = card.querySelector(".below");
  const said = (question || rows.length) ? [question ? question.words : rows[0][2], ...rows.map((row) => row[3])] : [];
  if (!place && !said.length) return;
  if (!place) { place = Object.assign(document.createElement("div"), { className: "below" }); card.append(place); }
  list(place, said.map((text, at) => [String(at), text]), ([key]) => key, () => build("below-line"), (line, [key, text]) => {
    write(line.querySelector("b"), words[key === "0" ? "asked" : "answered"]);
    write(line.querySelector("span"), text);
  });
}
function ownBox(round, card, letters, asked) {
  const mail = letters.find((one) => asked.some(({ id }) => id === one.asked)), question = mail && asked.find(({ id }) => id === mail.asked);
  const kept = question ? keptOf(round)[question.id] || {} : {}, open = question && !question.gathered && !kept.no && round.may.includes("write");
  let box = card.querySelector(".question");
  if (!question || kept.no || (!open && !kept.text)) return void (box && box.remove());
  if (!box) {
    box = build("question-box");
    card.append(box);
    const text = box.querySelector("textarea"), wrong = box.querySelector(".refused");
    text.value = kept.text || kept.draft || "";
    text.oninput = () => keepOf(round, question.id, { draft: text.value });
    text.onkeydown = sendKey(box);
    box.onsubmit = (event) => {
      event.preventDefault();
      const value = text.value.trim(), long = size(value) > LONGEST;
      write(wrong, !value ? words.nothing : long ? say("answer-long", size(value) - LONGEST) : ""); show(wrong, Boolean(wrong.textContent));
      if (!value || long) return text.focus();
      keepOf(round, question.id, { text: value });
      live(words["in-envelope"]); draw();
    };
    box.querySelector("[data-do=no]").onclick = () => { keepOf(round, question.id, { no: 1, text: "", draft: "" }); $("mine-title").focus({ preventScroll: true }); draw(); };
    box.querySelector("[data-do=other]").onclick = () => { keepOf(round, question.id, { text: "" }); draw(); text.focus(); };
  }
  write(box.querySelector(".question-words"), question.words);
  write(box.querySelector(".question-text"), kept.text || "");
  write(box.querySelector(".question-state"), kept.text ? words[kept.sent ? "envelope-sent" : "in-envelope"] : "");
  show(box.querySelector(".question-open"), !kept.text && open); show(box.querySelector(".question-shut"), Boolean(kept.text)); show(box.querySelector("[data-do=other]"), Boolean(open));
}

/* ---- envelopes: from every phone alike, at a moment of chance, until the server has it ---- */
const sendingNow = new Set();
function send(round, one, mail) {
  const kept = keptOf(round)[one.id] || {};
  if (!owner || kept.sent || sendingNow.has(one.id)) return;
  sendingNow.add(one.id);
  if (!kept.id) keepOf(round, one.id, { id: noteId(), secret: hex() });
  setTimeout(() => deliverEnvelope(round, one, mail), 4000 * Math.random());
}
async function deliverEnvelope(round, one, mail) {
  const { id, secret, text = "" } = keptOf(round)[one.id] || {}, said = mail ? text : "";
  const body = { ticket: ticket(), round: round.id, id, secret, asked: one.id, note: mail ? mail.note.id : noteId(), note_secret: mail ? mail.note.secret : hex(), text: said, pad: "" };
  body.pad = " ".repeat(Math.max(0, ENVELOPE - utf8(JSON.stringify(body)).length));
  let status = 0, answer = {};
  try { ({ status, body: answer } = await post("envelopes", body)); } catch { /* tried again below */ }
  if (status === 200) keepOf(round, one.id, { sent: 1, draft: "" });
  else if (status >= 400 && status < 500 && status !== 403 && status !== 429) {
    if (said) { put(`k/${noteId()}`, { text: said }); notice(sentence(answer)); }
    keepOf(round, one.id, { sent: 1, text: "", draft: "" });
  } else if (status === 403) await renew().catch(() => {});
  setTimeout(() => { sendingNow.delete(one.id); draw(); }, status === 200 ? 0 : 1500 + 1500 * Math.random());
}
