/* Fourth part: bringing together, sorting and agreeing. The items come from the server; one ballot for each phone. */
/* ---- items ---- */
const CHOICES = { sort: ["ours", "leadership", "nobody"], agree: ["yes", "no", "reword"] };
const listed = (round) => Boolean(round && (round.kind === "condense" || CHOICES[round.kind] || own(round)));
const own = (round) => (round.setup.manner ? kinds[round.kind] : null); // a kind that was brought: it says itself what is listed and how it is chosen
let things = [], unsure = false, touching = false;

/* ---- one ballot, and a doubt for each item: kept like notes, so that the same outbox brings them ---- */
const slips = (round, what) => notes(round.id).filter((one) => one.what === what && !one.gone);
const ballotOf = (round) => slips(round, "ballot")[0];
const doubtOf = (round, item) => slips(round, "doubt").find((one) => one.item === item);
const choicesOf = (round) => (ballotOf(round) || {}).choices || {};
const placed = (round) => own(round) ? own(round).given(round) : things.filter(({ id }) => choicesOf(round)[id]).length;
function slip(round, fields) {
  if (!get(`r/${round.id}/tag`)) put(`r/${round.id}/tag`, hex());
  keep({ round: round.id, id: noteId(), secret: hex(), rev: 1, lead: false, order: 0, ...fields });
}
function choose(round, choices) {
  const known = ballotOf(round);
  if (known) keep({ ...known, choices, rev: known.rev + 1 }); else slip(round, { what: "ballot", choices });
  notice("");
  live(progress(round));
  show($("undo"), false);
  draw(); drain();
}
const progress = (round) => {
  if (own(round)) return own(round).progress(round);
  const n = placed(round), most = things.length;
  return n && n === most ? say(`all-${round.kind}`, most) : say("progress", n).replace("{most}", most);
};
/* Who says that they lead has not chosen here: the ballot is emptied, doubts are taken back. */
function stepAside(round) {
  for (const one of slips(round, "doubt")) keep({ ...one, gone: "one" });
  const known = ballotOf(round);
  if (known && Object.keys(known.choices || {}).length) { keep({ ...known, choices: {}, rev: known.rev + 1 }); }
  draw(); drain();
}

/* ---- each phone has an order of its own, drawn once: who stands first must not win by it ---- */
function draws(seed, id) {
  let sum = 2166136261;
  for (const letter of seed + id) sum = Math.imul(sum ^ letter.charCodeAt(0), 16777619);
  sum = Math.imul(sum ^ (sum >>> 15), 2246822507);
  return (sum ^ (sum >>> 13)) >>> 0;
}
function groups(round, mode) {
  if (own(round)) return [{ key: "", items: own(round).list(round, mode) }];
  if (mode === "result" && round.kind === "sort") return [{ key: "", items: [...things].sort((a, b) => (b.contested || 0) - (a.contested || 0)) }];
  if (round.kind === "agree") return [{ key: "", items: things }];
  const found = [...new Set(things.map(({ column: key }) => key))].map((key) => ({ key, items: things.filter((one) => one.column === key) }));
  const columns = (round.columns || []).map(({ key }) => key), stands = ({ key, items: [first] }) => (columns.length ? columns.indexOf(key) : Number(first.tone === "restores"));
  if (round.kind !== "sort") return found.sort((a, b) => stands(a) - stands(b)); // as on the wall
  if (!get(`r/${round.id}/seed`)) put(`r/${round.id}/seed`, hex());
  const seed = get(`r/${round.id}/seed`), by = (value) => (a, b) => draws(seed, value(a)) - draws(seed, value(b));
  for (const group of found) group.items.sort(by(({ id }) => id));
  return found.sort(by(({ key }) => key));
}

/* ---- showing ---- */
function choosing(round) {
  const may = round ? round.may : [], is = listed(round), sealed = is && round.phase === "sealed";
  const n = is ? placed(round) : 0, mode = sealed ? "result" : may.length ? "choose" : "look";
  const flags = {
    listed: is, "not-listed": !is, choosing: may.includes("choose"), doubting: may.includes("doubt"), "looks-on": is && leads(),
    withheld: sealed && round.kind === "sort" && things.length > 0 && things.every(({ spread }) => !spread), "no-items": is && !things.length,
    "some-open": may.includes("choose") && n > 0 && n < things.length, "some-placed": may.includes("choose") && n > 0,
  };
  if (!is) return flags;
  if (own(round)) Object.assign(flags, own(round).flags(round, n));
  const ballot = ballotOf(round);
  write($("placed"), may.includes("choose") ? progress(round) : "");
  write($("ballot-state"), ballot && (n || !settled(ballot)) ? words[statusOf(ballot)] : "");
  $("progress").dataset.state = ballot ? statusOf(ballot) : "";
  if (!(touching && round.kind === "condense")) steady(() => fillGroups(round, mode, sealed));
  return flags;
}
/* What somebody is reading, or has the focus on, stays where it is while the list around it changes. */
function steady(change) {
  const here = scrollY > 0 ? all("#items li").map((card) => [card, card.getBoundingClientRect().top]).filter(([, y]) => y > -40 && y < innerHeight) : [];
  const reading = here.find(([card]) => card.contains(document.activeElement));
  if (reading) here.unshift(reading);
  change();
  const [card, y] = here.find(([one]) => one.isConnected) || [];
  const moved = card ? card.getBoundingClientRect().top - y : 0;
  if (Math.abs(moved) > 1) scrollBy(0, moved);
}
const heading = (item) => ((current() && current().columns) || []).find(({ key }) => key === item.column)?.label || words[`tone-${item.tone}`] || "";
function fillGroups(round, mode, sealed) {
  list($("items"), groups(round, mode), ({ key }) => `${round.id}/${mode}/${key}`, () => build("shown-column"), (box, { key, items }) => {
    box.dataset.tone = items.length ? items[0].tone : "";
    write(box.querySelector("h2"), key ? heading(items[0]) : "");
    write(box.querySelector(".row .soft"), key ? plural("count-items", items.length) : "");
    show(box.querySelector(".row"), Boolean(key));
    list(box.querySelector("ul"), items, ({ id }) => id, () => (own(round) ? own(round).card : newCard)(round, sealed), (card, item) => (own(round) ? own(round).fill : fillCard)(card, item, round, sealed, !key));
  });
}
const part = (card, id) => { const piece = build(id); card.append(piece); return piece; };
function newCard(round, sealed) {
  const card = build("item");
  if (sealed && round.kind === "sort") { part(card, "spread"); part(card, "few"); }
  if (!sealed && CHOICES[round.kind] && round.may.includes("choose")) {
    const row = part(card, "choices").querySelector(".chips-row");
    for (const choice of CHOICES[round.kind]) {
      const chip = build("choice");
      chip.dataset.choice = chip.firstElementChild.value = choice;
      write(chip.lastElementChild, words[`choice-${choice}`]);
      row.append(chip);
    }
  }
  if (round.kind === "condense" && !sealed) part(card, "doubt");
  return card;
}
const wordingOf = (item) => item.wording || words.struck;
function fillCard(card, item, round, sealed, flat) {
  const text = card.querySelector(".note-text"), row = card.querySelector(".choices"), doubt = card.querySelector(".doubt"), spread = card.querySelector("table");
  card.dataset.tone = item.tone;
  text.id = `w${item.id}`;
  write(text, wordingOf(item));
  write(card.querySelector(".note-label"), [flat && heading(item), round.kind === "condense" && item.sources > 1 && say("sources", item.sources), item.from_leader && words.label].filter(Boolean).join(" · "));
  const place = sealed && round.kind === "sort" && item.place ? words[`place-${item.place}`]
    : sealed && item.agreed !== null && round.kind === "agree" ? words[item.agreed ? "agreed" : "not-yet"] : "";
  write(card.querySelector(".place"), place);
  card.querySelector(".place").dataset.place = round.kind === "sort" ? item.place : item.agreed ? "agreed" : "not-yet";
  if (row) fillChoices(row, item, round);
  if (doubt) fillDoubt(doubt, item, round);
  if (spread) fillSpread(spread, item);
}
function fillChoices(row, item, round) {
  const chosen = choicesOf(round)[item.id], hint = row.querySelector(".chosen-hint");
  const question = row.querySelector(".question");
  question.id = `q${item.id}`;
  write(question, round.kind === "sort" ? words[`question-${item.tone}`] || "" : "");
  show(question, Boolean(question.textContent));
  row.querySelector(".chips-row").setAttribute("aria-labelledby", `w${item.id} q${item.id}`);
  for (const input of all("input", row)) { input.name = `i${item.id}`; input.checked = input.value === chosen; input.disabled = !round.may.includes("choose"); }
  write(hint, chosen === "reword" ? words["reword-hint"] : "");
  row.parentElement.classList.toggle("placed", Boolean(chosen));
}
function fillDoubt(foot, item, round) {
  const pressed = doubtOf(round, item.id), button = foot.querySelector("button"), may = round.may.includes("doubt");
  const status = pressed && statusOf(pressed);
  foot.dataset.state = status || "";
  write(foot.querySelector(".note-state"), pressed ? words[status === "saved" ? "doubted" : status] : "");
  write(button, words[pressed ? "take-back" : "doubt"]);
  button.dataset.item = item.id;
  button.setAttribute("aria-label", `${button.textContent}: ${wordingOf(item)}`);
  show(button, may); show(foot, may || Boolean(pressed));
}
function fillSpread(table, item) {
  const counts = item.spread || {}, most = Object.values(counts).reduce((sum, n) => sum + n, 0);
  show(table, Boolean(item.spread));
  /* A part that was cut out of an item has no numbers of its own, but is as contested as the whole. */
  write(table.nextElementSibling, !item.spread && item.contested === null && things.some(({ spread }) => spread) ? words.few : "");
  list(table.tBodies[0], CHOICES.sort, (key) => key, () => build("spread-row"), (line, key) => {
    const n = counts[key] || 0;
    line.dataset.choice = key;
    write(line.querySelector("th"), words[`choice-${key}`]);
    write(line.querySelector(".n"), String(n));
    line.querySelector("rect").setAttribute("width", most ? (100 * n) / most : 0);
  });
  const how = item.contested > 0.4 ? words.contested : item.contested === 0 ? words.alike : "";
  write(table.caption.lastElementChild, how);
}

/* ---- hands: the next open item comes to where the thumb is; keys and readers stay where they are ---- */
let thumb = 0;
const openAfter = (card) => {
  const cards = all("#items li"), from = cards.indexOf(card) + 1;
  return [...cards.slice(from), ...cards.slice(0, from)].find((one) => one.querySelector(".choices") && !one.classList.contains("placed"));
};
const calmly = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");
function bringNext(card) {
  const next = openAfter(card), row = (one) => one.querySelector(".chips-row").getBoundingClientRect().top;
  if (next) scrollBy({ top: row(next) - row(card), behavior: calmly() });
}
function wireItems() {
  const items = $("items");
  items.addEventListener("pointerdown", () => { thumb = now(); touching = true; });
  for (const event of ["pointerup", "pointercancel"]) addEventListener(event, () => { if (touching) setTimeout(() => { touching = false; draw(); }, 300); });
  items.addEventListener("change", ({ target }) => {
    const round = current(), card = target.closest("li"), id = card.dataset.key, was = choicesOf(round)[id];
    if (own(round)) { if (!own(round).change(round, id, target)) return; } else
    choose(round, { ...choicesOf(round), [id]: target.value });
    if (was === undefined && now() - thumb < 1000) setTimeout(() => { if (card.isConnected) bringNext(card); }, 200);
  });
  items.addEventListener("click", ({ target }) => {
    const round = current(), item = target.dataset.item;
    if (!item || !round) return;
    const pressed = doubtOf(round, item);
    if (pressed) keep({ ...pressed, gone: "one" }); else slip(round, { what: "doubt", item });
    live(words[pressed ? "doubt-back" : "doubted"]);
    notice(""); draw(); drain();
  });
  $("next-open").onclick = () => {
    const next = openAfter(null);
    if (!next) return;
    next.scrollIntoView({ block: "center", behavior: calmly() });
    next.querySelector("input").focus({ preventScroll: true });
  };
  $("clear").onclick = () => {
    const round = current(), before = choicesOf(round);
    choose(round, {});
    offer("cleared", "put-back", () => choose(round, { ...before, ...choicesOf(round) }));
  };
}
