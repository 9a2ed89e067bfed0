/* Between the pages of rooms and the network, over https only: when the network is gone, a room's page still opens.
   What is kept is the same for every room of this server and names none: one page without a room, and the scripts it
   needs. Answers, streams, notes, tickets and the pages of rooms themselves are never looked at and never kept. */
"use strict";
const KEPT = `holdfast-${VERSION}`, SHELL = `/r/shell/${location.search}`, ROOM = /^\/r\/[A-Za-z]{6}\/$/;
const PATIENCE = 5000;
let patient = 0; // until when a page may take as long as it needs: it has just been heard of

addEventListener("install", (event) => event.waitUntil((async () => {
  const kept = await caches.open(KEPT);
  await kept.addAll([SHELL, ...FILES].map((file) => new Request(file, { credentials: "omit" })));
  await skipWaiting();
})()));
addEventListener("activate", (event) => event.waitUntil(forget((name) => name !== KEPT)));
addEventListener("message", () => { patient = Date.now() + 60000; });
addEventListener("fetch", (event) => {
  const { request } = event, { pathname } = new URL(request.url);
  if (request.method !== "GET") return;
  if (request.mode === "navigate" && ROOM.test(pathname)) event.respondWith(roomPage(event));
  else if (FILES.includes(pathname)) event.respondWith(kept(pathname).then((file) => file || fetch(request)));
});

/* The network's answer whenever there is one. A session that is over takes everything along that is kept here. */
async function roomPage(event) {
  let timer;
  const late = new Promise((done) => { if (Date.now() > patient) timer = setTimeout(done, PATIENCE); });
  try {
    const asked = fetch(event.request), answer = (await Promise.race([asked, late])) || (await kept(SHELL)) || (await asked);
    if (answer.status === 410 || answer.status === 404) event.waitUntil(leave());
    return answer;
  } catch (reason) {
    const page = await kept(SHELL);
    if (!page) throw reason;
    return page;
  } finally { clearTimeout(timer); }
}
async function kept(file) { return (await caches.open(KEPT)).match(file); }
async function forget(which) { for (const name of await caches.keys()) if (name.startsWith("holdfast-") && which(name)) await caches.delete(name); }
async function leave() { await registration.unregister(); await forget(() => true); }
