/* What could point at someone: marked here while one writes. Nothing of it is sent, and it never stands in the way. */
const listOf = (name) => new Set((words[name] || "").toLowerCase().split("|"));
const LISTS = ["titles", "rooms", "days", "roles", "articles", "plain"];
// Returns the parts of a text that could point at a person: names, rooms, days and times, roles; in their order, each once.
function pointing(text, lists) {
  const found = new Map(), put = (at, part) => { if (![...found.keys()].includes(at)) found.set(at, part); };
  const tokens = [...text.matchAll(/[\p{L}\p{N}]+(?:[’'-][\p{L}\p{N}]+)*|[.!?:\n]/gu)].map((m) => ({ at: m.index, word: m[0], low: m[0].toLowerCase().replace(/[’'].*$/, "") }));
  const till = (one, other) => text.slice(one.at, other.at + other.word.length);
  let fresh = true, skip = 0;
  tokens.forEach((token, i) => {
    const { at, word, low } = token, before = tokens[i - 1], next = tokens[i + 1], after = tokens[i + 2];
    const big = (one) => Boolean(one) && /^\p{Lu}\p{Ll}/u.test(one.word);
    const named = lists.titles.has(low) && next && (big(next) ? next : next.word === "." && big(after) ? after : null);
    if (/^[.!?:\n]$/.test(word)) { fresh = fresh || !(before && lists.titles.has(before.low)); return; }
    if (skip > at) { fresh = false; return; }
    if (named) { put(at, till(token, named)); skip = named.at + 1; }
    else if (lists.rooms.has(low) && next && /^(?:\p{N}+\p{L}?|\p{Lu})$/u.test(next.word)) { put(at, till(token, next)); skip = next.at + 1; }
    else if (/^\p{N}{1,2}\p{Lu}$/u.test(word) || lists.days.has(low)) put(at, word);
    else if (lists.roles.has(low) && before && lists.articles.has(before.low)) put(before.at, till(before, token));
    else if (!fresh && big(token) && !lists.plain.has(low)) put(at, word);
    fresh = false;
  });
  for (const m of text.matchAll(/\d{1,2}[:/]\d{1,2}(?:\/\d{2,4})?|\d{1,2}\.\d{1,2}\.\d{2,4}/g)) put(m.index, m[0]);
  return [...new Set([...found].sort((a, b) => a[0] - b[0]).map(([, part]) => part))];
}
let pointed = "", lookedAt = "", looking = 0;
function point() {
  if ($("text").value === lookedAt) return;
  lookedAt = $("text").value;
  clearTimeout(looking);
  looking = setTimeout(() => {
    const lists = Object.fromEntries(LISTS.map((name) => [name, listOf(`point-${name}`)]));
    const parts = pointing(lookedAt, lists), said = parts.length ? say("point", parts.map((part) => `“${part}”`).join(", ")) : "";
    write($("points"), said);
    show($("points"), Boolean(said));
    if (said && said !== pointed) live(said);
    pointed = said;
  }, 700);
}
