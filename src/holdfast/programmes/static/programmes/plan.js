// Dragging an activity, and Alt with an arrow key. Both press what a button does: without this file nothing is missing.
"use strict";

const lineOf = (node) => node instanceof Element ? node.closest(".plan__line") : null;
const lines = () => [...document.querySelectorAll("#plan .plan__line")];
let dragged = null;

function ready() {
  for (const hidden of document.querySelectorAll("#plan [data-grip], #plan [data-keys]")) hidden.hidden = false;
}
ready();
document.addEventListener("htmx:after:swap", ready);

document.addEventListener("keydown", (event) => {
  const way = { ArrowUp: "earlier", ArrowDown: "later" }[event.key], line = lineOf(event.target);
  if (!event.altKey || event.ctrlKey || event.metaKey || !way || !line) return;
  event.preventDefault();
  const button = line.querySelector(`button[id^="${way}-"]`);
  if (!button || button.getAttribute("aria-disabled") === "true") return;
  button.focus(); // it is there again after the swap under the same id, so that the keys go on with this activity
  button.click();
});

function clear() {
  for (const line of lines()) line.removeAttribute("data-drop");
}
document.addEventListener("dragstart", (event) => {
  if (!(event.target instanceof Element) || !event.target.matches("[data-grip]")) return;
  dragged = lineOf(event.target);
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.querySelector(".plan__title").textContent);
  event.dataTransfer.setDragImage(dragged, 20, 20);
  dragged.dataset.dragged = "";
});
document.addEventListener("dragover", (event) => {
  const over = lineOf(event.target);
  if (!dragged || !over) return;
  event.preventDefault();
  clear();
  if (over !== dragged) over.dataset.drop = lines().indexOf(over) < lines().indexOf(dragged) ? "above" : "below";
});
document.addEventListener("drop", (event) => {
  const over = lineOf(event.target);
  if (!dragged || !over) return;
  event.preventDefault();
  const form = dragged.querySelector("form[data-place]"), place = lines().indexOf(over);
  if (over === dragged) return;
  form.querySelector("input[name=place]").value = String(place);
  form.requestSubmit();
});
document.addEventListener("dragend", () => {
  clear();
  dragged?.removeAttribute("data-dragged");
  dragged = null;
});
