// Bringing drivers together: what is chosen, the shortest wording, arrow keys, dragging. Every drag has a button and a key.
"use strict";

// What was typed, ticked or chosen in a part of the page and not sent yet moves into its next drawing.
const isTick = (box) => box.type === "checkbox" || box.type === "radio";
function isTouched(box) {
  if (isTick(box)) return box.checked !== box.defaultChecked;
  if (!box.options) return box.value !== box.defaultValue;
  return box.selectedIndex !== Math.max(0, [...box.options].findIndex((option) => option.defaultSelected));
}
// refused: the server has drawn it into that page itself, and will not do so again.
function keepTyped(before, after, refused) {
  for (const box of before.querySelectorAll("input[id], textarea[id], select[id]")) {
    const same = (isTouched(box) || box.dataset.unsent) && after.querySelector(`#${CSS.escape(box.id)}`);
    if (!same) continue;
    if (isTick(box)) same.checked = box.checked;
    else {
      const seen = box.form && box.form.elements.seen, now = same.form && same.form.elements.seen;
      if (seen && now && same.defaultValue !== box.value) now.value = seen.value; // what another desk writes meanwhile is not overwritten unseen
      same.value = box.value;
    }
    if (box.dataset.own) same.dataset.own = box.dataset.own;
    if (refused || box.dataset.unsent) same.dataset.unsent = "1";
  }
}

function bringingTogether(desk, say, tell, submit) {
  const $ = (id) => document.getElementById(id);
  const boxes = () => [...document.querySelectorAll("#together input[name=driver]")];
  const shown = () => boxes().filter((box) => !box.closest("li").hidden);
  const textOf = (box) => box.closest("li").querySelector(".driver__text").textContent;
  const columnOf = (box) => box.closest("li").dataset.column;

  // Says how many are chosen and offers the shortest of their wordings, unless somebody has typed another.
  function count() {
    const form = $("together");
    if (!form) return;
    const chosen = boxes().filter((box) => box.checked), line = form.querySelector("[data-chosen]"), wording = $("wording");
    const apart = new Set(chosen.map(columnOf)).size > 1;
    const words = apart ? say("apart") : chosen.length > 1 ? say("chosen", chosen.length) : say(chosen.length ? "chosen-one" : "chosen-none");
    line.parentElement.toggleAttribute("data-some", chosen.length > 0);
    if (line.textContent !== words) { line.textContent = words; if (chosen.length) tell(words); }
    if (!wording.dataset.own) {
      const texts = chosen.map(textOf).sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
      wording.value = chosen.length > 1 ? texts[0] : "";
    }
    offer(chosen);
  }
  // Of those that are perhaps alike to what is chosen, the ones named most often and first; a press chooses, nothing more.
  function offer(chosen) {
    const line = $("alike"), points = new Map(), held = line.contains(document.activeElement);
    for (const box of chosen) {
      const keys = (box.closest("li").dataset.alike || "").split(" ").filter(Boolean);
      keys.forEach((key, place) => points.set(key, (points.get(key) || 0) + keys.length - place));
    }
    const offered = [...points].sort((a, b) => b[1] - a[1]).map(([key]) => $(`driver-${key}`)).filter((box) => box && !box.checked).slice(0, 4);
    line.hidden = !offered.length;
    line.replaceChildren(...offered.length ? [say("alike"), ...offered.map(buttonFor)] : []);
    if (held) (line.querySelector("button") || $("wording")).focus();
  }
  function buttonFor(box) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "together__offer";
    button.dataset.choose = box.value;
    button.dir = "auto";
    button.textContent = textOf(box);
    return button;
  }
  function find() {
    const search = $("find"), words = search ? search.value.trim().toLocaleLowerCase() : "";
    for (const box of boxes()) box.closest("li").hidden = Boolean(words) && !box.checked && !textOf(box).toLocaleLowerCase().includes(words);
  }
  function drawn() {
    for (const part of document.querySelectorAll("#together [data-script]")) part.hidden = false;
    for (const box of boxes()) box.closest("li").draggable = true;
    find();
    count();
  }

  desk.addEventListener("change", (event) => { if (event.target.name === "driver") count(); });
  desk.addEventListener("click", (event) => {
    const button = event.target.closest("#alike button"), box = button && $(`driver-${button.dataset.choose}`);
    if (box) { box.checked = true; find(); count(); }
  });
  desk.addEventListener("input", (event) => {
    if (event.target.id === "wording") event.target.dataset.own = event.target.value ? "1" : "";
    if (event.target.id === "find") find();
  });
  desk.addEventListener("reset", (event) => {
    if (event.target.id !== "together") return;
    $("wording").dataset.own = "";
    requestAnimationFrame(() => { for (const box of boxes()) box.checked = false; find(); count(); });
  });
  desk.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.target.id === "find" && event.key === "Enter") event.preventDefault();
    if (event.target.name !== "driver" || !step) return;
    const all = shown(), next = all[all.indexOf(event.target) + step];
    event.preventDefault();
    if (next) next.focus();
  });

  // --- dragging one onto another; the page may be drawn again meanwhile, so the one under way is known by its number ---
  let carried = null;
  const rowAt = (event) => event.target.closest && event.target.closest("#together .driver");
  const boxOf = (row) => row.querySelector("input[name=driver]");
  const under = (event) => {
    const row = rowAt(event), box = boxes().find((one) => one.value === carried);
    return row && box && boxOf(row) !== box && columnOf(box) === row.dataset.column ? row : null;
  };
  const unmark = () => { for (const row of document.querySelectorAll("[data-over]")) row.removeAttribute("data-over"); };
  desk.addEventListener("dragstart", (event) => {
    const row = rowAt(event);
    carried = row && boxOf(row).value;
    if (row) { event.dataTransfer.effectAllowed = "move"; event.dataTransfer.setData("text/plain", ""); }
  });
  desk.addEventListener("dragover", (event) => {
    const row = under(event);
    unmark();
    if (row) { event.preventDefault(); row.setAttribute("data-over", ""); }
  });
  desk.addEventListener("dragend", () => { carried = null; unmark(); });
  desk.addEventListener("drop", (event) => {
    const row = under(event);
    if (!row) return;
    event.preventDefault();
    unmark();
    const form = $("together"), together = new Set([carried, boxOf(row).value]);
    carried = null; // the one that was carried may be gone from the page, and then nothing says that the drag has ended
    form.reset();
    for (const box of boxes()) box.checked = together.has(box.value);
    submit(form, $("bring"));
  });
  drawn();
  return drawn;
}
