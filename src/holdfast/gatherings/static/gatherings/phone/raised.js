/* A raised hand: a number drawn for it alone, kept here so that it is still up after a reload; its place comes with the state. */
"use strict";
(() => {
  const SOON = 10000, { talk } = kinds; // the number of a hand may reach this phone a little after the answer does
  let busyHand = false;
  const mine = () => get("hand");
  const forgetHand = () => drop("hand");
  function placeOf(round) {
    const up = mine(), at = up ? round.hands.findIndex(([id]) => id === up.id) : -1;
    if (!up) return 0;
    if (up.round !== round.id) { forgetHand(); return 0; }
    const called = at >= 0 && Boolean(round.hands[at][1]);
    if (at >= 0 && (!up.seen || called !== Boolean(up.called))) {
      put("hand", { ...up, seen: 1, called });
      if (called) live(words["hand-called"]);
    }
    if (at < 0 && (up.seen || (up.at && Date.now() - up.at > SOON))) {
      forgetHand();
      if (up.seen && !up.called) notice(words["hand-gone"]);
    }
    return at + 1;
  }
  function raised(round) {
    const hands = Boolean(round && round.hands) && view !== "paused";
    if (!round || !round.hands) { if (state && !missing(round)) forgetHand(); return { hands: false }; }
    const place = placeOf(round), called = place > 0 && Boolean(round.hands[place - 1][1]);
    write($("hand-place"), place === 1 ? words["hand-first"] : place ? words["hand-place"].replace("{n}", place).replace("{m}", round.hands.length) : "");
    $("hand-down").textContent = words[called ? "hand-rather-not" : "hand-put-down"];
    return { hands, "hand-down": hands && !place, "hand-up": hands && place > 0, "hand-waits": place > 0 && !called, "hand-called": called, "hand-leads": leads() && !called };
  }
  async function send(up) {
    const round = current();
    if (busyHand || !round) return;
    busyHand = true;
    const one = (up && mine()) || mine() || { round: round.id, id: noteId(), secret: hex() };
    if (up) put("hand", one); // asked again after a broken line, it is the same hand
    const answer = await post("hands", { ticket: ticket(), round: one.round, id: one.id, secret: one.secret, up }).catch(() => null);
    busyHand = false;
    if (!answer) notice(words["hand-offline"]);
    else if (answer.status === 403) { await renew().catch(() => {}); notice(words["hand-offline"]); }
    else if (answer.status >= 400) { if (up) forgetHand(); notice(sentence(answer.body)); }
    else if (!up) { forgetHand(); notice(""); }
    else if (mine()) { put("hand", { ...mine(), at: Date.now() }); notice(""); }
    draw();
  }
  $("hand-raise").onclick = () => send(true);
  $("hand-down").onclick = () => send(false);
  kinds.talk = (round) => ({ ...talk(round), ...raised(round) });
})();
