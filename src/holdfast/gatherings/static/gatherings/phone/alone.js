/* Of the looks, first part: looking alone. Nothing here is ever sent: no line of it calls post. */
let aloneIn = "", ownText = {};
if ($("own-words")) for (const word of all("[data-w]", $("own-words").content)) words[word.dataset.w] = word.textContent;
const ownKept = () => Boolean(get(`own/${aloneIn}`));
function alone(round) {
  if (view === "alone-quiet" && round.id !== aloneIn) {
    aloneIn = round.id;
    ownText = get(`own/${aloneIn}`) || {};
    const parts = round.columns.length ? round.columns : [{ key: "all", label: words["own-label"], hint: "" }];
    $("own-parts").replaceChildren(...parts.map(({ key, label, hint }) => {
      const part = build("own-part"), box = part.querySelector("textarea");
      write(part.querySelector("b"), label || words[`part-${key}`] || ""); write(part.querySelector("span"), hint || words[`hint-${key}`] || "");
      box.value = ownText[key] || "";
      box.oninput = () => { ownText[key] = box.value; if (ownKept()) put(`own/${aloneIn}`, ownText); };
      return part;
    }));
  }
  $("own-keep").checked = ownKept();
  write($("own-where"), words[ownKept() && keeps ? "own-phone" : "own-page"]);
  return { own: view === "alone-quiet" || (aloneIn && Object.values(ownText).some(Boolean)) };
}
function wireAlone() {
  $("own-keep").onchange = ({ target }) => { if (target.checked) put(`own/${aloneIn}`, ownText); else drop(`own/${aloneIn}`); draw(); };
  $("own-wipe").onclick = () => {
    for (const key of [...mirror.keys()]) if (key.startsWith("own/")) drop(key);
    ownText = {};
    for (const box of all("textarea", $("own-parts"))) box.value = "";
    live(words["own-wiped"]); draw();
  };
}
