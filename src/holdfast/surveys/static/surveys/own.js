// What stands in these boxes stays on the device: this file has no way to send anything, and the page's policy forbids it.
"use strict";

const own = document.getElementById("own");
const boxes = [...own.querySelectorAll("[data-own]")];
const mine = `holdfast.own.${own.dataset.person}.`;
const place = mine + own.dataset.place;
const part = document.getElementById("own-boxes");
const kept = document.getElementById("own-kept");
const erase = document.getElementById("own-erase");
let keeps = false;

// A private window may have no storage: then nothing is kept, and the page says so.
function stored(key) {
  try { return localStorage.getItem(key); } catch { return null; }
}

function keep(key, value) {
  try { localStorage.setItem(key, value); return true; } catch { return false; }
}

function words() {
  const found = {};
  for (const box of boxes) {
    if (box.type === "radio" ? box.checked : box.value) found[box.dataset.own] = box.value;
  }
  return found;
}

function fill(found) {
  for (const box of boxes) {
    if (box.type === "radio") box.checked = found[box.dataset.own] === box.value;
    else box.value = found[box.dataset.own] || "";
  }
}

function say() {
  kept.textContent = keeps ? kept.dataset.kept : kept.dataset.not;
  erase.hidden = !keeps;
}

// Looked through here and nowhere else: which sentences somebody said "rarely" to.
function lookThrough() {
  const box = document.getElementById("own-found");
  if (!box) return;
  const asked = [...part.querySelectorAll("fieldset")];
  const said = asked.map((one) => one.querySelector("input:checked")?.value);
  box.hidden = said.includes(undefined);
  const rarely = asked.filter((_one, n) => said[n] === "rarely");
  box.querySelector("ul").replaceChildren(...rarely.map((one) => {
    const line = document.createElement("li");
    line.textContent = one.querySelector("legend").textContent;
    return line;
  }));
  box.querySelector("[data-found=some]").hidden = !rarely.length;
  box.querySelector("[data-found=none]").hidden = rarely.length > 0;
}

function open(onThisDevice) {
  keeps = onThisDevice;
  own.dataset.state = "open";
  if (keeps) {
    keeps = keep(`${mine}device`, "yes");
    try { fill(JSON.parse(stored(place) || "{}")); } catch { fill({}); }
  }
  say();
  lookThrough();
}

part.addEventListener("input", () => {
  if (keeps) keeps = keep(place, JSON.stringify(words()));
  say();
  lookThrough();
});
document.getElementById("own-yes").addEventListener("click", () => { open(true); boxes[0].focus(); });
document.getElementById("own-no").addEventListener("click", () => { open(false); boxes[0].focus(); });
document.getElementById("own-print").addEventListener("click", () => print());
erase.addEventListener("click", () => {
  for (const key of Object.keys(localStorage)) if (key.startsWith(mine)) localStorage.removeItem(key);
  fill({});
  keeps = false;
  own.dataset.state = "asking";
  document.getElementById("own-yes").focus();
});
addEventListener("beforeunload", (event) => {
  if (!keeps && own.dataset.state === "open" && Object.keys(words()).length) event.preventDefault();
});
// Whoever presses "back" on a shared device must not find the words again in the browser's own memory of the page.
addEventListener("pagehide", () => { if (!keeps) fill({}); });

own.dataset.state = "asking";
if (stored(`${mine}device`) === "yes") open(true);
