// The desk follows its room. Notes come by the stream; everything else is this page, drawn again by the server.
"use strict";
(() => {
  const desk = document.getElementById("desk");
  if (!desk) return;
  const say = wordsOf("words"), $ = (id) => document.getElementById(id);
  const plural = (word, n) => say(n === 1 ? `${word}-one` : word, n);
  const tell = (words) => { $("announce").textContent = ""; requestAnimationFrame(() => { $("announce").textContent = words; }); };
  const notes = new Map(), known = { times: Number(desk.dataset.times) };
  let columns = {}, whole = false, left = null, closing = null, heardAt = performance.now(), counted = null;

  // --- nothing moves away under a finger: while a button is held down or something is dragged, the page waits to be
  // drawn; the lists of notes do not wait. The end of a press can get lost, so a pointer that moves unpressed ends it too. ---
  let held = null, letGo = null, dragging = false;
  const free = () => setTimeout(() => { held = null; if (letGo) letGo(); }); // after the click that belongs to it
  const end = () => { dragging = false; free(); };
  desk.addEventListener("pointerdown", ({ button }) => { dragging = false; if (!button) held = held || new Promise((freed) => { letGo = freed; }); });
  desk.addEventListener("dragstart", () => { dragging = true; });
  for (const over of ["dragend", "drop", "pointerup"]) document.addEventListener(over, end);
  document.addEventListener("pointercancel", () => { if (!dragging) free(); });
  document.addEventListener("pointermove", ({ buttons }) => { if (held && !buttons) end(); });
  window.addEventListener("blur", end);

  // --- drawing the page again: at most one fetch at a time; another one follows when something changed meanwhile ---
  let drawing = null, once = false, quiet = 0, newest = 0; // newest: when the page that stands here was asked for
  function draw(forwards, answer) {
    if (drawing && answer) return drawing.then(() => draw(forwards, answer));
    if (drawing) { once = true; return drawing; }
    const asked = answer ? answer.asked : performance.now();
    drawing = Promise.resolve(answer || drawnAgain("desk")).then(async (page) => {
      await held;
      if (!page) { location.reload(); return; }
      const told = page.querySelector("main > .messages");
      if (told) $("told").replaceChildren(told);
      else if (forwards) $("told").replaceChildren();
      if (asked < newest) return; // a refusal that comes late; what was typed stands here still
      newest = asked;
      swap("stage", page, forwards);
      if (soon) sayTooSoon();
      swap("drivers", page, forwards);
      swap("worries", page, forwards);
      swap("asking", page, forwards);
      driversDrawn();
      swap("sheet", page);
      swap("parked", page);
      for (const id of ["way", "joining"]) if ($(id).textContent !== page.getElementById(id).textContent) swap(id, page); // slips were drawn, or the code lets in again
      if ($("notes").dataset.form !== page.getElementById("notes").dataset.form || !$("decide") !== !page.getElementById("decide")) swap("notes", page);
      if (whole) pile();
      if (counted && counted.heard > asked) hearCount(counted); // the stream was quicker than the page
      keepTime();
    }).catch(() => cutOff(true)).finally(() => {
      drawing = null;
      if (once) { once = false; draw(); }
    });
    return drawing;
  }
  // What had the focus keeps it; after a step it goes to the heading, so that a second press does not take the next step as well.
  function swap(id, page, forwards) {
    const before = $(id), after = page.getElementById(id), within = before.contains(document.activeElement);
    const at = document.activeElement, focused = within && at.id, { selectionStart: from, selectionEnd: to } = at;
    const moved = id === "stage" && before.dataset.at !== after.dataset.at;
    for (const open of before.querySelectorAll("details[open][class]")) {
      const same = after.querySelector(`details.${open.classList[0]}`);
      if (same && !moved) same.open = true;
    }
    if (!moved) keepTyped(before, after, page.asked !== undefined);
    const fresh = within && id === "drivers" && newcomer(before, after);
    before.replaceWith(after);
    if (moved) quiet = performance.now() + 450;
    const news = $(id).querySelector("[data-tell]"), old = before.querySelector("[data-tell]");
    if (news && !moved && (!old || old.textContent !== news.textContent)) tell(news.textContent);
    if (!within) {
      if (moved) tell($("stage-title").textContent);
      return;
    }
    const again = fresh || (focused ? $(focused) : !moved && twinOf(at, after));
    if (again) {
      again.focus();
      if (again.id === focused && typeof from === "number") again.setSelectionRange(from, to); // who types goes on where they were
    }
    else if (!after.firstElementChild) $("stage-title").focus({ preventScroll: !forwards });
    else (after.querySelector("[tabindex='-1']") || after.querySelector("h2")).focus({ preventScroll: !forwards });
  }

  // Most buttons have no id: the same one leads to the same place under the same name.
  function twinOf(one, within) {
    const told = ({ form, href, name, value, textContent }) => [form ? form.action : href, name, value, textContent].join();
    return [...within.querySelectorAll(one.tagName)].find((other) => told(other) === told(one));
  }
  // What was just brought together, or else the one that is being changed, so that the keyboard goes on there.
  function newcomer(before, after) {
    const one = after.querySelector("#one-title"), known = new Set([...before.querySelectorAll("input[name=driver]")].map((box) => box.id));
    if (one && !before.querySelector("#one-title")) return one;
    return [...after.querySelectorAll("input[name=driver]")].find((box) => known.size && !known.has(box.id));
  }

  // --- presses: sent in the background; a page without this script sends them the plain way ---
  async function send(address, fields) {
    const asked = performance.now(), answer = await fetch(address, { method: "POST", body: fields, redirect: "manual" });
    if (answer.type === "opaqueredirect") return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html"); // refused: the desk, with the reason
    if (!page.getElementById("desk")) location.reload();
    return Object.assign(page, { asked });
  }
  // The stream is at times quicker than the answer: then the page is drawn again, and what was sent stands in a new form.
  const standing = (form) => (form.isConnected ? form : [...desk.querySelectorAll("form[data-step]")].find(({ action }) => action === form.action) || form);
  // What was set up is set up: its form folds, and the keyboard is where it opens again.
  function fold(box) { box.open = false; box.firstElementChild.focus(); }
  function submit(form, submitter) {
    if (form.getAttribute("aria-busy") === "true") return;
    form.setAttribute("aria-busy", "true");
    soon = null;
    sayTooSoon();
    send((submitter && submitter.getAttribute("formaction")) || form.action, new URLSearchParams(new FormData(form, submitter))).then((refused) => {
      if (!refused) for (const box of standing(form).elements) delete box.dataset.unsent;
      if (!refused && form.matches("[data-reset], [data-closes]")) standing(form).reset();
      if (!refused && form.matches("[data-folds]")) fold(standing(form).closest("details"));
      if (!refused && form.matches("[data-closes]")) history.replaceState(null, "", location.pathname);
      return draw(true, refused);
    }, sayNotSent).finally(() => form.removeAttribute("aria-busy"));
  }
  // The page has just changed under the finger: what was meant was the button that stood there before. A second tap of
  // the same double press needs no word; any other press does.
  let taps = 0, soon = null;
  desk.addEventListener("click", ({ detail }) => { taps = detail; }, true);
  function tooSoon({ action }) {
    if (taps > 1) return;
    soon = { action, until: performance.now() + 6000 };
    tell(say("too-soon"));
    sayTooSoon();
  }
  function sayTooSoon() { // the stage may be drawn again meanwhile
    for (const line of desk.querySelectorAll(".too-soon")) line.remove();
    const form = soon && [...desk.querySelectorAll("form[data-step]")].find(({ action }) => action === soon.action);
    if (!form || performance.now() > soon.until) { soon = null; return; }
    form.append(Object.assign(document.createElement("p"), { className: "quiet too-soon", textContent: say("too-soon") }));
    setTimeout(sayTooSoon, soon.until - performance.now() + 50);
  }
  desk.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-step]") || event.defaultPrevented) return;
    event.preventDefault();
    form.removeAttribute("aria-busy");
    if (performance.now() < quiet && !form.matches("[data-stay]")) { tooSoon(form); return; }
    submit(form, event.submitter);
  });
  desk.addEventListener("click", (event) => {
    const button = event.target.closest("#decide button[name]");
    if (!button) return;
    event.preventDefault();
    const fields = new URLSearchParams(new FormData(button.form));
    fields.append(button.name, button.value);
    if (button.name === "note") { send(button.getAttribute("formaction"), fields).then((refused) => { if (!refused) tell(say("parked")); return draw(false, refused); }, sayNotSent); return; }
    const row = button.closest("li");
    if (row.getAttribute("aria-busy") === "true") return;
    row.setAttribute("aria-busy", "true");
    goOn(row, button.name);
    if (button.name !== "strike") tell(say({ accept: "accepted", mute: "muted" }[button.name] || "held"));
    send(button.getAttribute("formaction") || button.form.action, fields).then(() => { if (button.name === "danger") draw(); if (button.name === "mute") row.removeAttribute("aria-busy"); }).catch(() => { row.removeAttribute("aria-busy"); sayNotSent(); });
  });
  // What is folded opens for whoever is sent there.
  desk.addEventListener("click", ({ target }) => { if (target.closest("a[href='#at-hand']")) $("at-hand").open = true; });
  // One driver is opened and left by a link; here without leaving the page.
  desk.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-one]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const before = new URLSearchParams(location.search).get("driver");
    history.replaceState(null, "", link.getAttribute("href") === "?" ? location.pathname : link.href);
    draw(true).then(() => {
      const there = $("one") || (before && $(`change-${before}`));
      if (!there) return;
      there.scrollIntoView({ block: "nearest" });
      ($("one-title") || there).focus({ preventScroll: true });
    });
  });
  // After a decision the same button of the next note has the focus; after the last one the heading.
  function goOn(row, name) {
    const next = row.nextElementSibling || row.previousElementSibling;
    const button = next && (next.querySelector(`button[name=${name}]`) || next.querySelector("button"));
    (button || row.closest(".pile").querySelector("h2")).focus({ preventScroll: false });
  }

  // --- notes: what the stream has said, put into three lists ---
  function pile() {
    if (!$("decide")) return;
    for (const list of document.querySelectorAll(".pile")) {
      const standing = list.dataset.pile, into = list.querySelector("ol");
      const there = new Map([...into.children].map((row) => [row.dataset.id, row]));
      const wanted = [...notes.values()].filter((note) => note.standing === standing);
      const same = (note, row) => row && row.querySelector(".desk-note__text").textContent === note.text;
      const kept = new Set(wanted.filter((note) => same(note, there.get(note.id))).map((note) => note.id));
      for (const [id, row] of there) if (!kept.has(id)) row.remove(); // first, so that no row with the focus has to move
      wanted.forEach((note, place) => {
        const row = kept.has(note.id) ? there.get(note.id) : rowOf(note, standing);
        row.removeAttribute("aria-busy");
        if (into.children[place] !== row) into.insertBefore(row, into.children[place] || null);
      });
      list.querySelector("[data-count]").textContent = wanted.length;
      list.querySelector(".pile__none").hidden = wanted.length > 0;
    }
    const undecided = [...notes.values()].some((note) => note.standing === "waiting");
    if (undecided !== Boolean($("stage").dataset.undecided)) draw();
  }
  function rowOf(note, standing) {
    const row = $(`note-${standing}`).content.firstElementChild.cloneNode(true), text = row.querySelector(".desk-note__text");
    const column = columns[note.column] || {};
    row.dataset.id = note.id;
    row.dataset.tone = column.tone || "";
    text.textContent = note.text;
    text.id = `text-${note.id}`;
    row.querySelector(".desk-note__column").textContent = column.label || "";
    row.querySelector(".desk-note__label").hidden = !note.leader;
    for (const button of row.querySelectorAll("button")) {
      button.value = note.id;
      button.setAttribute("aria-describedby", text.id);
    }
    const ask = row.querySelector("[data-ask]");
    if (ask) { ask.href = `?ask=${note.id}`; ask.setAttribute("aria-describedby", text.id); }
    return row;
  }

  // --- what the stream says ---
  let leaving = false;
  addEventListener("submit", ({ defaultPrevented }) => { leaving = !defaultPrevented; });
  function hear(event, data) {
    if (event === "state") hearState(data);
    else if (event === "items") { if (known.items !== undefined && known.items !== JSON.stringify(data)) draw(); known.items = JSON.stringify(data); }
    else if (event === "sayings") { if (known.sayings !== undefined && known.sayings !== JSON.stringify(data)) draw(); known.sayings = JSON.stringify(data); }
    else if (event === "notes") hearNotes(data);
    else if (event === "removed") { for (const id of data.ids) notes.delete(id); pile(); if (!$("decide")) draw(); }
    else if (event === "count") hearCount(counted = { ...data, heard: performance.now() });
    else if (event === "replies") draw();
    else if (event === "ended") setTimeout(() => location.reload(), leaving ? 10000 : 0); // not instead of the answer to a press
  }
  function hearState({ round, people, paused, times }) {
    heardAt = performance.now();
    left = round && round.phase === "writing" && !paused ? round.left : null;
    closing = round ? round.closing : null;
    columns = Object.fromEntries((round ? round.columns : []).map((column) => [column.key, column]));
    const at = round ? `${round.id}/${round.phase}/${round.page}` : "0//0";
    if (at !== $("stage").dataset.at || (round && round.phase === "talking" && String(round.turn) !== $("stage").dataset.turn)) draw();
    else if (known.times !== times) draw(); // another desk has changed something, perhaps before this one was heard of
    known.times = times;
    hearCount({ people });
    keepTime();
  }
  function hearNotes({ reset, notes: rows }) {
    const before = notes.size;
    if (reset) { notes.clear(); whole = true; }
    for (const [id, column, text, leader, standing] of rows) notes.set(id, { id, column, text, leader, standing });
    if (!reset && notes.size > before) {
      tell(say("fresh"));
      if ($("stage").dataset.at.includes("/revealed/")) draw();
    }
    pile();
    if (!$("decide") && !$("stage").dataset.at.startsWith("0/") && (known.doubts || 0) !== notes.size) { known.doubts = notes.size; draw(); }
  }
  function hearCount({ people, written, done }) {
    const line = document.querySelector("[data-done]");
    if (line && done !== undefined) { line.hidden = !done; if (done) put("[data-done]", say("done", done)); }
    put("[data-people]", people ? plural("people", people) : say("people-none"));
    if (written !== undefined) put("[data-written]", written ? say("written", written) : say("written-few"));
    if (written !== undefined) put("[data-handed]", written ? say("handed", written) : say("handed-few"));
    const { at, smallest, few, onPaper } = $("stage").dataset;
    if (at.includes("/promise/") && (people + Number(onPaper) < Number(smallest)) !== Boolean(few)) draw();
  }
  const put = (where, words) => { const line = document.querySelector(where); if (line && line.textContent !== words) line.textContent = words; };

  // --- the clock: calm minutes, and the seconds of the closing ---
  function keepTime() {
    const gone = (performance.now() - heardAt) / 1000;
    if (left !== null) {
      const minutes = Math.ceil((left - gone) / 60);
      put("[data-left]", minutes > 0 ? plural("left", minutes) : say("left-none"));
    }
    for (const line of document.querySelectorAll("[data-since]")) {
      line.drawnAt = line.drawnAt || performance.now();
      const minutes = Math.floor((Number(line.dataset.since) + (performance.now() - line.drawnAt) / 1000) / 60), words = minutes ? plural("since", minutes) : say("since-now");
      if (line.textContent !== words) line.textContent = words;
    }
    if (closing !== null) {
      const seconds = Math.max(0, Math.round(closing - gone));
      put("[data-closing]", seconds ? plural("closing", seconds) : say("closing-now"));
    }
  }
  setInterval(keepTime, 1000);

  const driversDrawn = bringingTogether(desk, say, tell, submit);
  const cutOff = (yes) => { clearTimeout(cutOff.later); cutOff.later = setTimeout(() => { $("cut-off").hidden = !yes; }, yes ? 2000 : 0); };
  listenTo(desk.dataset.stream, desk.dataset.ticket, hear, cutOff);
})();
