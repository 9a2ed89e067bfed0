/* Of the looks, last part: stories handed round, and three questions at the close. */
let reading = false, storyIn = "", story = [];
async function fetchStory(round) {
  if (!unread || reading) return;
  unread = false; reading = true;
  if (!get(`r/${round.id}/tag`)) put(`r/${round.id}/tag`, hex());
  try {
    const answer = await post("stories", { ticket: ticket(), round: round.id, tag: get(`r/${round.id}/tag`) });
    if (answer.status === 200) { storyIn = round.id; story = answer.body.stories; }
    else if (answer.status >= 500) throw new Error("again");
  } catch { setTimeout(() => { unread = true; draw(); }, 2000); }
  reading = false;
  draw();
}
function inTheRound(round) {
  const flags = { handed: false };
  if (round && round.look === "stories") {
    if (storyIn !== round.id) story = [];
    if (round.phase === "handed") { fetchStory(round); flags.handed = story.length > 0; flags["none-handed"] = storyIn === round.id && !story.length; }
    list($("story"), story.map((text, at) => [String(at), text]), ([key]) => key, () => build("shown-note"), (card, [, text]) => { write(card.querySelector(".note-text"), text); });
  } else if (round && round.look === "close") {
    const chosen = choicesOf(round), ballot = ballotOf(round), tally = round.tally || {}, any = Object.keys(tally).length > 0;
    for (const input of all("#close-box input")) { input.checked = chosen[input.name.slice(1)] === input.value; input.disabled = !round.may.includes("choose"); }
    write($("close-state"), ballot ? words[statusOf(ballot)] : "");
    for (const table of all("#close-result table")) {
      const counts = tally[table.dataset.question], sum = counts && Object.values(counts).reduce((a, b) => a + b, 0);
      show(table, Boolean(counts));
      for (const row of counts ? table.tBodies[0].rows : []) {
        const n = counts[row.dataset.choice] || 0;
        write(row.querySelector(".n"), String(n)); row.querySelector("rect").setAttribute("width", (100 * n) / sum);
      }
    }
    Object.assign(flags, { asked: round.may.includes("choose"), "close-withheld": !any, "close-shown": any });
  }
  return flags;
}
function wireRound() {
  $("close-box").onchange = ({ target }) => {
    const round = current(), known = ballotOf(round), choices = { ...choicesOf(round), [target.name.slice(1)]: target.value };
    if (known) keep({ ...known, choices, rev: known.rev + 1 }); else slip(round, { what: "ballot", choices });
    draw(); drain();
  };
  $("story-back").onclick = () => {
    for (const one of notes(current().id)) if (!one.what && !one.gone) keep({ ...one, gone: "one" });
    live(words.withdrawn); draw(); drain();
  };
}
function lookFlags(round) { return { ...alone(round), ...opening(round), ...inTheRound(round) }; }
wireAlone(); wireOpen(); wireRound();
