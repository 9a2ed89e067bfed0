// Desk and wall listen to their room: one stream, and asking again and again where a network holds streams back.
"use strict";

// address: /r/<code>/. hear(event, data) is called for each event; cutOff(yes) when the connection breaks and comes back.
function listenTo(address, ticket, hear, cutOff) {
  const query = `?ticket=${encodeURIComponent(ticket)}`;
  let last = "", failures = 0, source = null, silence = 0, over = false, passes = false, turn = 0;

  function take(id, event, data) {
    const [epoch, number] = id.split("-"), [epochBefore, before] = last.split("-");
    const missed = last && !data.reset && (epoch !== epochBefore || number - before > 1);
    last = id;
    over = over || event === "ended";
    hear(event, data);
    return missed && !over;
  }
  function open() {
    clearTimeout(silence);
    if (source) source.close();
    if (over) return;
    last = ""; source = null; passes = false; turn += 1;
    if (failures > 3) { ask(turn); return; }
    source = new EventSource(`${address}stream${query}`);
    for (const event of ["state", "items", "sayings", "notes", "removed", "count", "ended", "replies"]) {
      source.addEventListener(event, (message) => {
        failures = 0;
        cutOff(false);
        wait();
        const missed = take(message.lastEventId, event, JSON.parse(message.data));
        if (missed || over) open(); // the whole again, or nothing more
      });
    }
    source.addEventListener("still", () => { passes = true; wait(); });
    source.onerror = () => { cutOff(true); again(); };
    wait();
  }
  function again() {
    source.close();
    failures += 1;
    clearTimeout(silence);
    silence = setTimeout(open, Math.min(10000, 500 * 2 ** failures));
  }
  // A stream says a second after it begins, and then every fifteen, that it is still there. Where a proxy keeps that
  // back, ask instead; later on, a stream that says nothing has died without a word.
  function wait() {
    clearTimeout(silence);
    silence = setTimeout(passes ? open : () => { failures = 4; open(); }, passes ? 40000 : 5000);
  }
  async function ask(mine) {
    try {
      const answer = await fetch(`${address}poll${query}${last ? `&after=${last}` : ""}`, { cache: "no-store", credentials: "omit" });
      if (answer.status === 410 || answer.status === 404) { take("", "ended", {}); return; }
      if (!answer.ok) throw new Error(String(answer.status));
      const news = await answer.json();
      if (mine !== turn) return;
      for (const { id, event, data } of news) take(id, event, data);
      cutOff(false);
      if (!over) silence = setTimeout(ask, 300, mine);
    } catch {
      if (mine !== turn) return;
      cutOff(true);
      failures = 0;
      silence = setTimeout(open, 5000);
    }
  }
  addEventListener("online", open);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) open(); });
  open();
}

// This page again, as the server draws it now; null when it is not this page any more (signed out, not there).
async function drawnAgain(mark) {
  const answer = await fetch(location.href, { cache: "no-store" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return answer.ok && page.getElementById(mark) ? page : null;
}

function wordsOf(id) {
  const words = {};
  for (const word of document.getElementById(id).content.querySelectorAll("[data-w]")) words[word.dataset.w] = word.textContent;
  return (word, n) => words[word].replace("{n}", n);
}
