/* Priorities on a phone: dots, a rating, five steps of consent, or pairs. Brought when such an activity begins. */
"use strict";
(() => {
  const SCALES = { dots: ["dot"], rating: ["1", "2", "3", "4", "5", "none"], consent: ["gladly", "mostly", "live", "talk", "cannot"], pairs: ["first", "second", "alike"] };
  const manner = (round) => round.setup.manner, budget = (round) => round.setup.budget;
  const seedOf = (round) => { const at = `r/${round.id}/seed`; if (!get(at)) put(at, hex()); return get(at); };

  /* Every phone has an order of its own; of pairs it has a part in which each item comes up about equally often. */
  function pairsInTurn(items, start) {
    const places = items + (items % 2), found = [];
    for (let turn = 0; turn < places - 1; turn += 1) {
      const at = (turn + start) % (places - 1), circle = [places - 1];
      for (let step = 0; step < places - 1; step += 1) circle.push((at + step) % (places - 1));
      for (let place = 0; place < places / 2; place += 1) {
        const one = circle[place], other = circle[places - 1 - place];
        if (Math.max(one, other) < items) found.push([Math.min(one, other), Math.max(one, other)]);
      }
    }
    return found;
  }
  function asked(round) {
    const seed = seedOf(round);
    if (manner(round) !== "pairs") return [...things].sort((a, b) => draws(seed, a.id) - draws(seed, b.id));
    return pairsInTurn(things.length, draws(seed, "turn") % Math.max(1, things.length)).slice(0, budget(round)).map(([a, b]) => {
      const id = `${things[a].id}-${things[b].id}`, sides = [[things[a], "first"], [things[b], "second"]];
      return { id, sides: draws(seed, id) % 2 ? sides.reverse() : sides };
    });
  }
  const stands = ({ weight, contested }) => (!weight ? Infinity : contested === null ? weight.rank : -contested);
  const given = (round) => Object.keys(choicesOf(round)).length;
  function progress(round) {
    const n = given(round), most = manner(round) === "dots" ? budget(round) : asked(round).length, kind = manner(round);
    return n && n >= most ? say(n === 1 && words[`all-${kind}-one`] ? `all-${kind}-one` : `all-${kind}`, n) : say(kind === "dots" ? "given" : "progress", n).replace("{most}", most);
  }
  function flags(round, n) {
    const open = round.may.includes("choose"), sealed = round.phase === "sealed", result = {};
    for (const one of Object.keys(SCALES)) result[`by-${one}`] = manner(round) === one;
    for (const one of all("[data-budget]")) write(one, one.closest("[data-if]").dataset.if === `by-${manner(round)}` ? plural(`budget-${manner(round)}`, budget(round)) : "");
    return { ...result, "some-open": open && n > 0 && manner(round) !== "dots" && n < asked(round).length, withheld: sealed && things.length > 0 && things.every(({ weight }) => !weight) };
  }

  /* ---- cards ---- */
  function card(round, sealed) {
    const made = build("item");
    if (sealed) { part(made, "spread"); part(made, "few"); made.append(Object.assign(document.createElement("div"), { className: "leaders-said" })); return made; }
    if (!round.may.includes("choose")) return made;
    const box = part(made, "choices"), row = box.querySelector(".chips-row");
    row.dataset.manner = manner(round);
    if (manner(round) === "dots") row.removeAttribute("role");
    for (const choice of SCALES[manner(round)]) {
      const chip = build("choice"), input = chip.firstElementChild;
      if (manner(round) === "dots") input.type = "checkbox";
      chip.dataset.choice = input.value = choice;
      write(chip.lastElementChild, words[`choice-${choice}`] || choice);
      row.append(chip);
    }
    return made;
  }
  function fill(card, item, round, sealed) {
    const text = card.querySelector(".note-text"), row = card.querySelector(".chips-row"), pair = item.sides;
    card.dataset.tone = pair ? "" : item.tone;
    text.id = `w${item.id}`;
    write(text, pair ? words["which-more"] : wordingOf(item));
    if (!pair) write(card.querySelector(".note-label"), [heading(item), item.from_leader && words.label].filter(Boolean).join(" · "));
    if (sealed) return fillResult(card, item, round);
    if (!row) return;
    const chosen = choicesOf(round)[item.id];
    row.setAttribute("aria-labelledby", text.id);
    if (pair) pair.forEach(([one, choice], at) => {
      const chip = row.querySelector(`[data-choice=${choice}]`);
      write(chip.lastElementChild, wordingOf(one));
      chip.lastElementChild.dir = "auto";
      if (row.children[at] !== chip) row.insertBefore(chip, row.children[at]);
    });
    for (const input of all("input", row)) {
      input.name = `i${item.id}`; input.checked = input.value === chosen; input.disabled = !round.may.includes("choose");
      if (input.type === "checkbox") { input.nextElementSibling.id = `d${item.id}`; input.setAttribute("aria-labelledby", `d${item.id} w${item.id}`); }
    }
    row.parentElement.classList.toggle("placed", Boolean(chosen));
  }
  const figure = (n) => n.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });
  function fillResult(card, item, round) {
    const { weight } = item, kind = manner(round), table = card.querySelector("table"), few = card.querySelector(".few");
    const most = Math.max(...things.map((one) => (one.weight ? one.weight.figure : 0)));
    const rows = !weight ? [] : kind === "dots" ? [["dot", words["row-dot"], weight.figure, weight.figure / most]]
      : kind === "pairs" ? [["dot", words["row-pairs"], `${weight.wins}/${weight.of}`, weight.figure / most]]
        : (kind === "rating" ? ["5", "4", "3", "2", "1", "none"] : SCALES.consent).map((key) => { const n = (item.spread || {})[key] || 0; return [key, words[`choice-${key}`] || key, n, n / Object.values(item.spread || {}).reduce((sum, one) => sum + one, 0)]; });
    show(table, Boolean(weight));
    write(table.caption.firstElementChild, words["weigh-caption"]);
    write(table.caption.lastElementChild, [weight && kind === "rating" && words.mean.replace("{n}", weight.figure.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1, minimumFractionDigits: 1 })), item.contested > 0.5 && words.contested, item.contested === 0 && words.alike].filter(Boolean).join(" "));
    list(table.tBodies[0], rows, ([key]) => key, () => build("spread-row"), (line, [key, label, n, share]) => {
      line.dataset.choice = key;
      write(line.querySelector("th"), label);
      write(line.querySelector(".n"), typeof n === "number" ? figure(n) : n);
      line.querySelector("rect").setAttribute("width", 100 * (share || 0));
    });
    write(few, weight || things.every((one) => !one.weight) ? "" : words["few-weighed"]);
    write(card.querySelector(".place"), item.forward ? words.forward : "");
    card.querySelector(".place").dataset.place = "agreed";
    list(card.querySelector(".leaders-said"), item.leaders, ([name]) => name, () => document.createElement("p"), (line, [name, choice]) => write(line, words["leader-said"].replace("{name}", name).replace("{said}", words[`choice-${choice}`])));
  }

  /* ---- one tap ---- */
  function change(round, id, input) {
    const choices = { ...choicesOf(round) };
    if (input.type !== "checkbox" || input.checked) {
      if (manner(round) === "dots" && given(round) >= budget(round)) {
        input.checked = false;
        notice(plural("all-given", budget(round)));
        return false;
      }
      choices[id] = input.value;
    } else delete choices[id];
    choose(round, choices);
    return manner(round) !== "dots";
  }
  kinds.prioritise = { given, progress, flags, card, fill, change, list: (round, mode) => (mode === "result" ? [...things].sort((a, b) => stands(a) - stands(b)) : mode === "look" && manner(round) === "pairs" ? things : asked(round)) };
})();
