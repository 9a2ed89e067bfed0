// Typing in from paper by keyboard alone: Enter saves a card, a number chooses in a line of a ballot and goes on.
"use strict";
(() => {
  const form = document.querySelector("form[data-entry]");
  if (!form) return;
  let sent = false;
  form.addEventListener("submit", (event) => { if (sent) event.preventDefault(); sent = true; }); // pressed twice is once
  window.addEventListener("pageshow", () => { sent = false; });
  const words = form.querySelector("textarea");
  if (words) {
    words.setSelectionRange(words.value.length, words.value.length);
    words.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      if (words.value.trim()) form.requestSubmit();
    });
    return;
  }
  const lines = [...form.querySelectorAll("[data-thing]")];
  const boxes = (line) => [...line.querySelectorAll("input")];
  const most = Number(form.dataset.most || 0);
  form.addEventListener("keydown", (event) => {
    const line = event.target.closest("[data-thing]");
    if (!line || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter") { event.preventDefault(); form.requestSubmit(); return; }
    if (most || !/^[0-9]$/.test(event.key)) return;
    const number = Number(event.key), all = boxes(line);
    if (number > all.length) return;
    event.preventDefault();
    const chosen = all.find(({ value }) => value === event.key) || all[number - 1]; // a rating is its own number
    for (const box of all) box.checked = box === chosen;
    const next = lines[lines.indexOf(line) + 1];
    if (next) (boxes(next).find((box) => box.checked) || boxes(next)[0]).focus();
    else form.querySelector("button").focus();
  });
})();
