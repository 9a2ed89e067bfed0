/* Coming in with a slip. What was scanned stands after # and is sent to nobody but this request, never in an address.
   Whoever borrows a phone puts away what the slip before has left on it; words not sent yet are not put away. */
"use strict";
(() => {
  const $ = (id) => document.getElementById(id), form = $("typed");
  if (!form) return;
  const word = (name) => $("words").content.querySelector(`[data-w=${name}]`).textContent;
  const parsed = (text) => { try { return JSON.parse(text); } catch { return undefined; } };
  const say = (...said) => { $("trouble").hidden = false; $("trouble").textContent = said.filter(Boolean).join(" "); };
  const store = (key, value) => { try { localStorage.setItem(key, JSON.stringify(value)); return true; } catch { return false; } };
  const stored = (key) => { try { return parsed(localStorage.getItem(key)); } catch { return undefined; } };
  const keys = (root) => { try { return Object.keys(localStorage).filter((key) => key.startsWith(root)); } catch { return []; } };
  const clean = (typed) => typed.toUpperCase().replace(/[^A-Z0-9]/g, "");
  const draw = (ticket) => String(ticket || "").split("~")[0];

  async function comeIn(token) {
    form.setAttribute("aria-busy", "true");
    let answer, body;
    try {
      answer = await fetch("/slips/", {
        method: "POST", credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store",
        headers: { "Content-Type": "application/json", "Accept-Language": document.documentElement.lang }, body: JSON.stringify({ token }),
      });
      body = await answer.json();
    } catch { return say(word("offline")); } finally { form.removeAttribute("aria-busy"); }
    if (answer.status !== 201) return say(body.what, body.next);
    goIn(body, token);
  }
  function goIn({ ticket, room, code }, token) {
    const here = `holdfast/${code}/${room}/`, before = stored(`${here}ticket`);
    const enter = () => {
      // A browser that keeps nothing could not hold the ticket on the next page: it goes by plain forms.
      if (!store(`${here}ticket`, ticket)) { $("token").value = token; form.submit(); return; }
      store(`${here}seen`, Date.now());
      location.replace(`/r/${code}/${location.search}`);
    };
    if (!before || before === ticket || draw(before) !== draw(ticket)) return enter();
    form.hidden = true;
    $("trouble").hidden = true;
    const open = keys(here).map((key) => key.slice(here.length)).some((key) => {
      const at = /^r\/(\d+)\/n\/(\d+)$/.exec(key), kept = stored(here + key) || {};
      if (at) return !(((stored(`${here}r/${at[1]}/s/${at[2]}`) || {}).rev || 0) >= kept.rev);
      return key.startsWith("k/") || (/^r\/\d+\/draft$/.test(key) && Boolean((kept.text || "").trim()));
    });
    if (open) { $("unsent").hidden = false; $("back").href = `/r/${code}/${location.search}`; return void $("back").focus(); }
    $("hand-over").hidden = false;
    $("go-on").onclick = () => { for (const key of keys(here)) localStorage.removeItem(key); enter(); };
    $("go-on").focus();
  }
  form.addEventListener("submit", (event) => { event.preventDefault(); comeIn($("token").value); });
  const scan = () => {
    const scanned = clean(location.hash.slice(1));
    if (!scanned) return;
    history.replaceState(null, "", location.pathname + location.search); // not left in the history of the phone
    $("token").value = scanned;
    comeIn(scanned);
  };
  window.addEventListener("hashchange", scan);
  scan();
})();
