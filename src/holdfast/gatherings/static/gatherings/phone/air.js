/* The leader's own share of the talk: timed by their press, kept on this phone, sent to nobody. No line of it calls post. */
"use strict";
(() => {
  const KEPT = "holdfast-airtime", MOST = 12; // beside what the room sweeps away: the first page of the leader reads it
  const part = $("air").closest("section"), button = $("air"), others = $("air-others"), said = $("air-said");
  const place = document.createComment("");
  let mine = null;
  part.replaceWith(place); /* a phone that is no leader's has no such part */
  const keepMine = () => put(`air/${mine.round}`, mine);
  const own = () => mine.own + (mine.since ? Date.now() - mine.since : 0);
  const each = () => Math.max(0, Date.now() - mine.began - own()) / Math.max(1, mine.others);
  const minutes = (ms) => (ms < 15000 ? "0" : (Math.max(.5, Math.round(ms / 30000) / 2)).toLocaleString(document.documentElement.lang));

  /* What is kept of one session: all its talk together. */
  function remember() {
    if (mine.since) { mine.own += Date.now() - mine.since; mine.since = 0; }
    const list = (attempt(() => JSON.parse(localStorage.getItem(KEPT))) || []).filter((one) => one.room !== room);
    const before = get("air-sum") || { own: 0, each: 0 };
    const sum = { own: before.own + mine.own, each: before.each + each() };
    put("air-sum", sum);
    const entry = { room, title: state.room.title, group: state.room.group, on: Date.now(), own: Math.round(sum.own / 1000), each: Math.round(sum.each / 1000) };
    if (sum.own) guarded(() => localStorage.setItem(KEPT, JSON.stringify([entry, ...list].slice(0, MOST))));
    drop(`air/${mine.round}`);
    mine = null;
  }
  function airtime(round) {
    const talks = Boolean(round && round.phase === "talking" && leads());
    if (mine && (!talks || mine.round !== round.id) && state) remember();
    if (talks) place.replaceWith(part); else part.replaceWith(place);
    if (talks && !mine) {
      mine = get(`air/${round.id}`) || { round: round.id, began: Date.now(), own: 0, since: 0, others: Math.max(2, (state.people || 1) - 1) };
      others.value = mine.others;
      keepMine();
    }
    if (talks) {
      write(button, words[mine.since ? "air-stop" : "air-start"]);
      button.setAttribute("aria-pressed", String(Boolean(mine.since)));
      write(said, own() ? words["air-so-far"].replace("{n}", minutes(own())).replace("{m}", minutes(each())) : words["air-nothing"]);
    }
    return { airs: talks };
  }
  button.onclick = () => {
    if (!mine) return;
    if (mine.since) { mine.own += Date.now() - mine.since; mine.since = 0; } else mine.since = Date.now();
    keepMine(); draw();
  };
  others.onchange = ({ target }) => {
    if (mine) { mine.others = Math.min(60, Math.max(1, Number(target.value) || mine.others)); target.value = mine.others; keepMine(); draw(); }
  };
  kinds.talk = airtime;
})();
