/* So that a reload without network opens the room again, over https only. The activity that is open for writing stays on
   the phone beside the notes that wait, until it closes (purge), the session ends, or a day has passed. */
const workers = location.protocol === "https:" && isSecureContext && navigator.serviceWorker;
let heldOn = null, letting = false;
function holdOn() {
  if (!workers || page.dataset.still || (state === heldOn && !over)) return;
  if (over) { if (!letting) letGo().catch(() => {}); return; }
  heldOn = state;
  const round = current(), name = round && `r/${round.id}/now`;
  if (round && keeps && round.may.includes("write") && /^(writing|screening)$/.test(round.phase)) {
    const { id, title } = state.room;
    put(name, { room: { id, title }, people: state.people, round: { ...round, left: null, closing: null } });
  } else if (round && get(name)) drop(name);
}
/* Whom to call is needed most where the network is bad. It is kept beside the notes, as it stands on the room's own page. */
function keepCard() {
  const card = document.querySelector(".help-card"), danger = card.querySelector("p > [dir]");
  const lines = [...card.querySelector("div").children].map((part) => [...part.childNodes].map((line) => line.data).filter(Boolean));
  put("help", { lines, danger: danger ? danger.textContent : "" });
}
/* The session is over: nothing of it stays but what was never sent. */
async function letGo() {
  letting = true;
  guarded(() => { for (const key of Object.keys(localStorage)) if (key.startsWith(`${ROOT}${code}/`) && /\/(now|help)$/.test(key)) localStorage.removeItem(key); });
  const at = await workers.getRegistration("/r/");
  if (at) await at.unregister();
  for (const name of await caches.keys()) if (name.startsWith("holdfast-")) await caches.delete(name);
}
if (workers && page.dataset.over) letGo().catch(() => {});
else if (workers && room && !page.dataset.still) {
  keepCard();
  workers.register(`/r/worker.js${page.dataset.lang}`, { scope: "/r/", updateViaCache: "none" }).catch(() => {});
}
