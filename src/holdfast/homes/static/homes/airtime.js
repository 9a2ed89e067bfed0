// What the leader timed on this device. It is read here and sent nowhere.
"use strict";
(() => {
  const KEPT = "holdfast-airtime", place = document.getElementById("airtime");
  let list = [];
  try { list = JSON.parse(localStorage.getItem(KEPT)) || []; } catch { return; }
  if (!place || !list.length) return;
  const lang = document.documentElement.lang;
  const minutes = (seconds) => (Math.round(seconds / 30) / 2).toLocaleString(lang);
  const cell = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });
  for (const one of list) {
    const row = document.createElement("tr"), head = cell("th", `${one.title}, ${new Date(one.on).toLocaleDateString(lang, { weekday: "long", day: "numeric", month: "long" })}`);
    head.scope = "row";
    head.dir = "auto";
    const cells = [cell("td", minutes(one.own)), cell("td", minutes(one.each))];
    for (const td of cells) td.dataset.number = "";
    row.append(head, ...cells);
    document.getElementById("airtime-rows").append(row);
  }
  place.hidden = false;
  document.getElementById("airtime-wipe").addEventListener("click", () => {
    try { localStorage.removeItem(KEPT); } catch { /* then it was not kept either */ }
    place.hidden = true;
    document.querySelector("h1").focus();
  });
})();
