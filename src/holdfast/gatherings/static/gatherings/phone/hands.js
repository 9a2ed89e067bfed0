/* Last part: what thumbs and keys do. */
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
  const wrong = !text ? words.nothing : size(text) > LIMIT ? say("too-long", size(text) - LIMIT) : "";
  write(line, wrong); show(line, Boolean(wrong));
  return !wrong;
}
let typing = 0, typed = false;
const mark32 = hex();
function store() {
  clearTimeout(typing);
  if (!typed) return; // another tab's draft is not this one's to empty
  typed = false;
  const round = current(), text = $("text").value;
  if (round && round.id === drawnRound) { if (text.trim()) put(`r/${round.id}/draft`, { column, text }); else drop(`r/${round.id}/draft`); }
}
const sendKey = (form) => (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); form.dispatchEvent(new Event("submit", { cancelable: true })); } };

function offer(word, button, act) {
  const box = $("undo");
  box.querySelector("span").textContent = words[word];
  box.querySelector("button").textContent = words[button];
  box.querySelector("button").onclick = () => {
    act();
    show(box, false); $("title").focus({ preventScroll: true });
    draw(); drain();
  };
  show(box, true);
  live(words[word]);
  box.querySelector("button").focus();
}
function offerAgain(word, button, texts) {
  const round = current();
  offer(word, button, () => { for (const one of texts) add(round.id, one.column, one.text); });
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
  wireItems();
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
  const rest = (yes) => { post("done", { ticket: ticket(), round: drawnRound, mark: mark32, done: yes }).catch(() => {}); resting = yes; if (yes) put(`r/${drawnRound}/done`, 1); else drop(`r/${drawnRound}/done`); paint(); };
  $("done").onclick = () => { rest(true); $("write-more").focus(); };
  $("write-more").onclick = () => { rest(false); $("text").focus(); };
  $("lead-yes").onclick = async () => {
    const answer = await renew(true).catch(() => ({ status: 0, body: {} }));
    const ok = answer.status === 201;
    write($("lead-said"), ok ? "" : answer.status ? sentence(answer.body) : words["lead-offline"]); show($("lead-said"), !ok);
    if (ok) { put("lead", 1); if (listed(current()) || (current() && current().look === "close")) stepAside(current()); paint(); $("lead-no").focus(); if (owner) connect(); }
  };
  $("lead-no").onclick = () => { drop("lead"); paint(); $("lead").open = false; $("lead").firstElementChild.focus(); if (owner) connect(); };

  addEventListener("storage", ({ key, newValue }) => {
    /* The seat is free: all tabs hear it at once, so that each waits a little to see whether another was quicker. */
    if (key === LOCK) return void (newValue ? owner && beat() : setTimeout(beat, 600 * Math.random()));
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

if (room) {
  openStore();
  if (get("help")) fetchScript(page.dataset.point, draw); // what is kept of the help card follows the page
  wire();
  paint();
  sitDown();
} else leftovers();
