// Puts words to begin with into their box; without this file they can be read and typed.
"use strict";

for (const button of document.querySelectorAll("[data-begin]")) {
  const box = document.getElementById(button.dataset.begin);
  if (!box) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    const words = button.parentElement.querySelector("q").textContent.replace(/…$/, "");
    box.value = box.value.trim() ? `${box.value.trim()} ${words}` : words;
    box.focus();
  });
}
