/* Kinds that come seldom bring their sentences, pieces and script when such an activity begins: the first page stays light. */
/* ---- what a kind brings registers itself here: kinds.<name> = { given, progress, list, flags, card, fill, change } ---- */
const kinds = {};
let bringing = false;
const missing = (round) => {
  const is = Boolean(round) && Boolean(round.setup.manner) && (page.dataset.kinds || "").split(" ").includes(round.kind) && !kinds[round.kind];
  if (is) bring();
  return is;
};
async function bring() {
  if (bringing) return;
  bringing = true;
  try {
    const answer = await fetch(page.dataset.more, PLAIN);
    if (!answer.ok) throw new Error(String(answer.status));
    const more = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const word of all("[data-w]", more.getElementById("words").content)) words[word.dataset.w] = word.textContent;
    for (const part of all("template[data-before]", more)) $(part.dataset.before).before(document.importNode(part.content, true));
    for (const piece of all("template[data-piece]", more)) page.append(document.importNode(piece, true));
    const script = document.createElement("script");
    await new Promise((done, fail) => { Object.assign(script, { src: more.body.dataset.js, onload: done, onerror: fail }); document.head.append(script); });
    draw();
  } catch { setTimeout(() => { bringing = false; draw(); }, 1000 + 2000 * Math.random()); }
}
