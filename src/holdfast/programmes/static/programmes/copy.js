// Copies a text with one press. Without this file, or without a clipboard, the text can be selected by hand.
"use strict";

function selected(source) {
  const range = document.createRange();
  range.selectNodeContents(source);
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  return selection;
}

// A site without HTTPS has no clipboard of its own for pages; the old command still works there.
async function copy(source) {
  if (navigator.clipboard) return navigator.clipboard.writeText(source.innerText);
  const selection = selected(source);
  if (!document.execCommand("copy")) throw new Error("not copied");
  selection.removeAllRanges();
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const source = document.getElementById(button.dataset.copy);
  const words = button.firstChild.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await copy(source);
      button.firstChild.textContent = button.dataset.copied;
      announce(button.dataset.copied);
      setTimeout(() => { button.firstChild.textContent = words; }, 2000);
    } catch {
      selected(source);
    }
  });
}
