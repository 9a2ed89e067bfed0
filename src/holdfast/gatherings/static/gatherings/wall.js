// The wall follows its room: the stream says that something has changed, the server draws the page.
"use strict";
(() => {
  const say = wordsOf("words"), status = document.getElementById("say");
  let drawing = null, once = false, gone = false, counted = null;
  let began = performance.now(), passed = 0;

  // One fetch at a time, at most two a second: notes that trickle in do not make the wall flicker.
  function draw() {
    if (drawing) { once = true; return; }
    const asked = performance.now();
    drawing = drawnAgain("wall").then((page) => {
      if (!page) { location.reload(); return; }
      const before = notesOn(document), now = page.getElementById("wall");
      if (now.dataset.view !== document.getElementById("wall").dataset.view) now.dataset.fresh = "";
      document.getElementById("wall").replaceWith(now);
      if ([...notesOn(document)].some((text) => !before.has(text))) status.textContent = say("fresh");
      if (counted && counted.heard > asked) hearCount(counted); // the stream was quicker than the page
      fit();
      keepTime();
    }).catch(() => {}).then(() => new Promise((done) => setTimeout(done, 400))).then(() => {
      drawing = null;
      if (once) { once = false; draw(); }
    });
    status.textContent = "";
  }
  const notesOn = (page) => new Set([...page.querySelectorAll(".wall__note, .wall__wording")].map((note) => note.textContent));

  // A projector cannot scroll: what there is to read grows until it fills the wall, so that few words are large, and
  // where even the smallest size would not fit all shrinks together until the last note of the page is on it.
  const wide = matchMedia("(width >= 62rem) and (aspect-ratio >= 13/10)");
  const LARGEST = { notes: 1.5, ended: 1.6 };
  function fit() {
    const root = document.documentElement, wall = document.getElementById("wall"), main = wall.querySelector(".wall__main");
    const over = () => root.scrollHeight > innerHeight || main.scrollWidth > main.clientWidth;
    const grow = (by) => main.style.setProperty("--grow", by);
    root.style.fontSize = "";
    grow(1);
    if (!wide.matches) return;
    let by = LARGEST[wall.dataset.shows] || 1.8;
    for (grow(by); by > 1 && over(); grow(by)) by -= .05;
    let size = parseFloat(getComputedStyle(root).fontSize);
    while (size > 10 && root.scrollHeight > innerHeight) root.style.fontSize = `${size -= .5}px`;
  }
  addEventListener("resize", fit);
  fit();

  function keepTime() {
    const time = document.getElementById("time");
    began = performance.now();
    passed = time ? time.value : 0;
  }
  setInterval(() => {
    const time = document.getElementById("time");
    if (!time) return;
    time.value = Math.min(time.max, passed + (performance.now() - began) / 1000);
    const words = document.getElementById("time-words");
    if (time.value >= time.max && words.textContent !== say("time-over")) { words.textContent = say("time-over"); fit(); }
  }, 1000);

  function hearCount(data) {
    const line = document.querySelector("[data-people]"), people = data.people - (data.people % 5);
    if (line) line.textContent = people ? say("people", people) : say("people-few");
  }
  function hear(event, data) {
    if (event === "count") hearCount(counted = { ...data, heard: performance.now() });
    else if (!gone) {
      gone = event === "ended";
      draw();
    }
  }
  keepTime();
  if (document.getElementById("wall").dataset.shows !== "ended") listenTo(document.body.dataset.stream, document.body.dataset.ticket, hear, () => {});

  // A dark laptop in a bright room, or the other way round: the same tokens, the other way.
  const light = document.getElementById("light");
  const kept = () => { try { return localStorage.getItem("wall/dark"); } catch { return null; } };
  let dark = kept() === null ? matchMedia("(prefers-color-scheme: dark)").matches : kept() === "yes";
  const darkRules = (list) => [...list].flatMap((rule) => [
    ...(rule.cssRules && rule.media?.mediaText.includes("prefers-color-scheme: dark") ? [rule] : []),
    ...darkRules(rule.styleSheet?.cssRules ?? rule.cssRules ?? []),
  ]);
  const rules = [...document.styleSheets].flatMap((sheet) => darkRules(sheet.cssRules));
  function show() {
    for (const rule of rules) rule.media.mediaText = dark ? "all" : "not all";
    document.documentElement.style.colorScheme = dark ? "dark" : "light";
  }
  function turn() {
    dark = !dark;
    try { localStorage.setItem("wall/dark", dark ? "yes" : "no"); } catch { /* then it is chosen anew next time */ }
    show();
  }
  if (kept() !== null) show();
  light.hidden = false;
  light.addEventListener("click", turn);
  addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() === "d" && !event.ctrlKey && !event.metaKey && !event.altKey) turn();
  });
})();
