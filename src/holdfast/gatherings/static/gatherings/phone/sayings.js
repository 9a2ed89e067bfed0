/* Of the looks, second part: writing in the open, under a name or for everybody. The same outbox brings it; no tag goes with it. */
let saysIn = "", changes = "";
if ($("say-words")) for (const word of all("[data-w]", $("say-words").content)) words[word.dataset.w] = word.textContent;
const ownSayings = (round) => notes(round.id).filter((one) => one.what === "saying" && !one.gone);
const scribeHere = (round) => Boolean(get(`r/${round.id}/scribe`));
const dayOf = (day) => new Date(`${day}T12:00`).toLocaleDateString(document.documentElement.lang, { weekday: "short", day: "numeric", month: "long" });
const partName = ({ key, label }) => label || words[`part-${key}`] || "";
const named = (label) => (/^[^…]*[\p{L}\p{N}]$/u.test(label) ? `${label}:` : label);
const linesOf = (round, parts) => round.sheet.parts.filter(({ key }) => parts[key])
  .map((part) => (round.sheet.parts.length > 1 ? `${named(partName(part))} ${parts[part.key]}` : parts[part.key])).join("\n");
const placeName = (round, key) => (round.columns.find((one) => one.key === key && round.sheet.places.includes(key)) || { label: key && words[`fault-${key}`] }).label || "";

function opening(round) {
  const sheet = round && round.sheet, may = Boolean(sheet && round.may.includes("say")), types = may && round.look === "scribe";
  if (!sheet) return { saying: false };
  if (saysIn !== round.id) fillSayBox(round);
  const own = ownSayings(round), mine = new Map(own.map((one) => [one.id, one]));
  const here = [...sayings.filter(({ id }) => !mine.has(id)), ...own.map((one) => ({ ...one.said, id: one.id, own: one }))];
  const order = new Map(sayings.map(({ id }, at) => [id, at]));
  here.sort((a, b) => (order.get(a.id) ?? 1e6) - (order.get(b.id) ?? 1e6));
  list($("say-list"), here, ({ id }) => id, () => build("say-card"), (card, one) => {
    write(card.querySelector(".note-text"), linesOf(round, one.parts));
    write(card.querySelector(".note-label"), placeName(round, one.place));
    card.dataset.tone = (round.columns.find(({ key }) => key === one.place) || {}).tone || "";
    write(card.querySelector(".note-column"), [one.name, one.by_when && say("by-when", dayOf(one.by_when))].filter(Boolean).join(" · "));
    const status = one.own ? statusOf(one.own) : "";
    card.dataset.state = status;
    write(card.querySelector(".note-state"), status ? [words[status], status === "refused" && one.own.mark.refused].filter(Boolean).join(": ") : "");
    for (const button of all("button", card)) { show(button, Boolean(one.own) && may); button.setAttribute("aria-label", `${button.textContent}: ${linesOf(round, one.parts)}`); }
  });
  return { saying: may && (!types || scribeHere(round)), "may-scribe": types && !scribeHere(round), scribes: types && scribeHere(round), "has-sayings": here.length > 0 };
}
function fillSayBox(round) {
  const { parts, places, faults, dated } = round.sheet, choices = places.length ? places : faults.length ? ["", ...faults] : [];
  saysIn = round.id; changes = "";
  $("say-parts").replaceChildren(...parts.map((part) => {
    const box = build("say-part");
    box.dataset.key = part.key;
    write(box.querySelector("b"), partName(part)); write(box.querySelector("span"), part.hint || words[`hint-${part.key}`] || "");
    box.querySelector("textarea").onkeydown = sendKey($("say-box"));
    return box;
  }));
  write($("say-places").firstElementChild, words[places.length ? "place-of" : "faults"]);
  chips($("say-places").lastElementChild, { columns: choices.map((key) => ({ key, label: key && places.length ? placeName(round, key) : words[`fault-${key}`], tone: (round.columns.find((one) => one.key === key) || {}).tone })) }, choices[0], () => {});
  show($("say-places"), choices.length > 0); show($("say-dated"), dated); show($("say-named"), round.look === "named" || dated);
  const draft = get(`r/${round.id}/draft`);
  saidInto({ parts: {}, place: choices[0], ...(draft && draft.parts ? draft : {}) });
}
// What is being typed outlives a reload; what the close finds unsent stands under "Not sent", as with notes.
function keepDraft() {
  const round = current(), parts = {};
  for (const box of all("#say-parts .part")) parts[box.dataset.key] = box.querySelector("textarea").value;
  const text = linesOf(round, parts);
  if (text.trim()) put(`r/${round.id}/draft`, { text, parts }); else drop(`r/${round.id}/draft`);
}
function saidInto({ parts, place, name, by_when: day }) {
  for (const box of all("#say-parts .part")) box.querySelector("textarea").value = parts[box.dataset.key] || "";
  for (const input of all("#say-places input")) input.checked = input.value === (place || "");
  if (name !== undefined) $("say-name").value = name;
  $("say-day").value = day || "";
  show($("say-cancel"), Boolean(changes));
  write($("say-wrong"), ""); show($("say-wrong"), false);
}
function wireOpen() {
  $("say-box").oninput = keepDraft;
  $("say-box").onsubmit = (event) => {
    event.preventDefault();
    const round = current(), parts = {}, boxes = all("#say-parts textarea"), name = $("say-name").value.trim();
    for (const box of boxes) if (box.value.trim()) parts[box.closest(".part").dataset.key] = box.value.trim();
    const long = boxes.find((box) => size(box.value.trim()) > LIMIT), needsName = round.look === "named" && !name;
    const wrong = !Object.keys(parts).length ? words.nothing : long ? say("too-long", size(long.value.trim()) - LIMIT) : needsName ? words["no-name"] : "";
    write($("say-wrong"), wrong); show($("say-wrong"), Boolean(wrong));
    if (wrong) return void (long || (needsName && Object.keys(parts).length ? $("say-name") : boxes[0])).focus();
    const chosen = $("say-places").querySelector("input:checked");
    const said = { parts, place: chosen ? chosen.value : "", name: round.look === "named" || round.sheet.dated ? name : "", by_when: round.sheet.dated ? $("say-day").value : "" };
    const known = ownSayings(round).find(({ id }) => id === changes), text = linesOf(round, parts);
    if (known) keep({ ...known, said, text, rev: known.rev + 1 });
    else keep({ round: round.id, id: noteId(), secret: hex(), rev: 1, lead: leads(), order: 0, what: "saying", said, text });
    changes = "";
    drop(`r/${round.id}/draft`);
    saidInto({ parts: {}, place: said.place });
    live(words["note-added"]);
    boxes[0].focus();
    draw(); drain();
  };
  $("say-cancel").onclick = () => { changes = ""; drop(`r/${current().id}/draft`); saidInto({ parts: {}, place: "" }); all("#say-parts textarea")[0].focus(); };
  $("say-list").onclick = ({ target }) => {
    const card = target.closest("li"), round = current(), known = card && ownSayings(round).find(({ id }) => id === card.dataset.key);
    if (!known || !target.dataset.do) return;
    if (target.dataset.do === "withdraw") { keep({ ...known, gone: "one" }); live(words["taken-back"]); return void (draw(), drain()); }
    changes = known.id;
    saidInto(known.said);
    all("#say-parts textarea")[0].focus();
  };
  $("scribe-yes").onclick = () => { put(`r/${current().id}/scribe`, 1); paint(); all("#say-parts textarea")[0].focus(); };
  $("scribe-no").onclick = () => { drop(`r/${current().id}/scribe`); paint(); $("title").focus(); };
}
