/* Words whose activity has closed can be kept for later; the phone keeps them until the server has them. */
async function lateWords() {
  if (words["late-keep"]) return;
  brought = brought || await bringPieces(new AbortController().signal);
  draw();
}
function offerLate(card, one) {
  if (!room || over || leads() || !state) return;
  if (!words["late-keep"]) return void lateWords().catch(() => {});
  if (card.querySelector("[data-do=late]")) return;
  const button = Object.assign(document.createElement("button"), { type: "button", className: "plain", textContent: words["late-keep"] });
  const hint = Object.assign(document.createElement("p"), { className: "soft", textContent: words["late-who"] });
  button.dataset.do = "late";
  button.addEventListener("click", async (event) => {
    event.stopPropagation();
    const name = `l/${one.key}`, right = get(name) || { id: noteId(), secret: hex() };
    put(name, right); // asked again after a broken line, it is the same words
    button.disabled = true;
    const answer = await post("late", { ticket: ticket(), ...right, rev: 1, text: one.text }).catch(() => null);
    button.disabled = false;
    if (!answer) return notice(words["late-offline"]);
    if (answer.status !== 200 && answer.status !== 201) return notice(sentence(answer.body));
    if (one.note) forget(one.note); else drop(one.key);
    if (one.key.endsWith("/draft")) $("text").value = "";
    drop(name);
    notice(words["late-kept"]);
    draw();
  });
  card.querySelector(".note-foot").prepend(button);
  card.append(hint);
}
