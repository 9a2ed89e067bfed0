// Enhancements only: every page works without this file.
"use strict";

const announcer = document.getElementById("announce");

function announce(words) {
  announcer.textContent = "";
  requestAnimationFrame(() => { announcer.textContent = words; });
}

// What went wrong is read out and in view, on a full page and after a fragment was put in place.
function bringForward() {
  document.querySelector("[data-focus]:not([data-seen])")?.focus();
  for (const shown of document.querySelectorAll("[data-focus]")) shown.dataset.seen = "";
}
bringForward();
document.addEventListener("htmx:after:swap", bringForward);

// Where nobody has said yet in which time zone a place is, the device's own is offered first.
for (const zones of document.querySelectorAll("select[data-own-zone]")) {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if ([...zones.options].some((zone) => zone.value === here)) zones.value = here;
}

// A form is sent once; without a network nothing is sent, and what was typed stays in its box.
function sayNotSent() {
  const bar = document.getElementById("not-sent");
  bar.hidden = false;
  announce(bar.textContent);
}
// A file that is too large is named before it is sent, so that nothing typed beside it is lost.
document.addEventListener("change", ({ target }) => {
  const most = Number(target.dataset?.mostBytes);
  if (!most || !target.files) return;
  const larger = [...target.files].some((file) => file.size > most);
  target.setCustomValidity(larger ? target.dataset.tooLarge : "");
  if (larger) target.reportValidity();
});
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  const file = form.querySelector("input[data-most-bytes]");
  if (file && file.validity.customError) {
    event.preventDefault();
    event.stopPropagation();
    file.reportValidity();
    return;
  }
  if (!navigator.onLine) {
    event.preventDefault();
    event.stopPropagation();
    sayNotSent();
  } else if (form.getAttribute("aria-busy") === "true") {
    event.preventDefault();
    event.stopPropagation();
  } else {
    form.setAttribute("aria-busy", "true");
    setTimeout(() => form.removeAttribute("aria-busy"), 3000);
  }
}, true);
document.addEventListener("htmx:error", sayNotSent);
document.addEventListener("htmx:after:request", () => { document.getElementById("not-sent").hidden = true; });
addEventListener("online", () => { document.getElementById("not-sent").hidden = true; });
function allowAgain() {
  for (const form of document.querySelectorAll("form[aria-busy]")) form.removeAttribute("aria-busy");
}
addEventListener("pageshow", allowAgain);
document.addEventListener("htmx:finally:request", allowAgain);

// The help card closes with Escape, and when one goes on with the page.
const help = document.querySelector("details.help");
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && help?.open) {
    help.open = false;
    help.querySelector("summary").focus();
  }
});
document.addEventListener("click", (event) => {
  if (help?.open && !help.contains(event.target)) help.open = false;
});
