/* The page of a room, opened without network: the same page, and nothing in it is of one room. Which room it is, its
   address says; what is open in it, and what waits, the phone has kept itself. It sends nothing: as soon as the server
   can be heard, the room's own page takes its place, so that no old script ever speaks to a new server. */
{
  const body = document.body, short = location.pathname.split("/")[2].toUpperCase(), SEEN = new RegExp(`^holdfast/${short}/(\\d+)/seen$`);
  let newest = Date.now() - 864e5, touched = 0, tries = 0, timer = 0;
  try {
    for (const key of Object.keys(localStorage)) {
      const at = SEEN.exec(key), seen = at && Number(localStorage[key]);
      if (seen > newest) { newest = seen; body.dataset.room = at[1]; }
    }
  } catch { /* a browser that keeps nothing has nothing to show */ }
  body.dataset.code = short;
  for (const link of document.querySelectorAll('a[href^="/r//"]')) link.href = link.getAttribute("href").replace("/r//", `/r/${short}/`);

  const goOn = () => {
    if (document.querySelector("#mine-list form") || performance.now() - touched < 2000) return void setTimeout(goOn, 500);
    if (room) store();
    if (navigator.serviceWorker.controller) navigator.serviceWorker.controller.postMessage("heard");
    location.reload();
  };
  const listenFor = async () => {
    clearTimeout(timer);
    const limit = new AbortController(), clock = setTimeout(() => limit.abort(), 12000);
    try {
      const answer = await fetch(location.href, { ...PLAIN, signal: limit.signal });
      if (answer.status < 500 && answer.status !== 429) return goOn();
    } catch { /* not yet */ } finally { clearTimeout(clock); }
    timer = setTimeout(listenFor, pause(tries));
    tries = Math.min(tries + 1, 4);
  };
  const showCard = ({ lines, danger }) => {
    document.querySelector(".help-card div").replaceChildren(...lines.map((part) => {
      const place = document.createElement("p");
      place.append(...part.flatMap((line, n) => (n ? [document.createElement("br"), line] : [line])));
      return place;
    }));
    if (!danger) return;
    $("no-contact").replaceWith($("contact").content);
    for (const place of all("[data-danger]")) { place.dir = "auto"; place.textContent = danger; }
  };
  document.addEventListener("input", () => { touched = performance.now(); });
  document.addEventListener("DOMContentLoaded", () => {
    const card = room && get("help");
    if (card) showCard(card);
    const was = room && !state && [...rounds()].map((round) => get(`r/${round}/now`)).find(Boolean);
    if (was) {
      state = { ...was, paused: false }; stamp = now(); trouble = "network";
      draw();
    } else {
      for (const part of all("[data-when],[data-if]")) part.hidden = true;
    }
    show($("still"), !was);
    addEventListener("online", listenFor);
    listenFor();
  });
}
