/* Kinds that come seldom bring their sentences, pieces and script when such an activity begins: the first page stays light. */
/* ---- what a kind brings registers itself here: kinds.<name> = { given, progress, list, flags, card, fill, change }; kinds.talk(round): flags ---- */
const kinds = {};
let bringing = false, brought = "";
const missing = (round) => {
  const is = Boolean(round) && Boolean(round.setup.manner) && (page.dataset.kinds || "").split(" ").includes(round.kind) && !kinds[round.kind];
  if (is || (round && round.phase === "talking")) bring();
  return is;
};
async function bring() {
  if (bringing) return;
  bringing = true;
  const waited = new AbortController(), patience = setTimeout(() => waited.abort(), 12000);
  try {
    brought = brought || await bringPieces(waited.signal);
    const script = document.createElement("script");
    await new Promise((done, fail) => { Object.assign(script, { src: brought, onload: done, onerror: fail }); document.head.append(script); });
    draw();
  } catch { setTimeout(() => { bringing = false; draw(); }, 1000 + 2000 * Math.random()); }
  clearTimeout(patience);
}
/* Sentences and pieces are put in once, however often their script has to be asked for; returns where it is. */
async function bringPieces(signal) {
  const answer = await fetch(page.dataset.more, { ...PLAIN, signal });
  if (!answer.ok) throw new Error(String(answer.status));
  const more = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const word of all("[data-w]", more.getElementById("words").content)) words[word.dataset.w] = word.textContent;
  for (const part of all("template[data-before]", more)) $(part.dataset.before).before(document.importNode(part.content, true));
  return more.body.dataset.js;
}
