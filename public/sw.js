/**
 * The worker of the installed till. It keeps what the screens are made of, whose names change with
 * their contents, and one page that says that the shop's server does not answer. It never keeps,
 * and never answers, anything else: what is known of money is known by the server alone.
 */

const asked = new URL(self.location.href).searchParams;
/** Another build, or that one page in another language, is another worker with its own shelf. */
const SHELF = `countertop-shell-${asked.get('build')}-${asked.get('language')}`;
const OURS = /^countertop-shell-/;

const OFFLINE = '/offline';
const MADE_OF = /^\/_next\/static\//;
/** Screens of others, files and answers: whoever asks for them asks the server. */
const NO_SCREEN = /^\/(api|r|trust|_next)(\/|$)/;

self.addEventListener('install', (event) => event.waitUntil(stock()));
self.addEventListener('activate', (event) => event.waitUntil(takeOver()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (MADE_OF.test(pathname)) event.respondWith(piece(event));
  else if (request.mode === 'navigate' && !NO_SCREEN.test(pathname)) {
    event.respondWith(screen(request));
  }
});

/** The one page, and what it is made of. Without all of it this worker does not come to work. */
async function stock() {
  const page = await fetch(OFFLINE, { cache: 'no-store' });
  if (!page.ok || page.redirected) throw new TypeError(`${OFFLINE} answered ${page.status}`);
  const pieces = (await page.clone().text()).matchAll(/\/_next\/static\/[\w./~-]+/g);
  const shelf = await caches.open(SHELF);
  await shelf.addAll(new Set([...pieces].map(([path]) => path)));
  await shelf.put(OFFLINE, page);
  await self.skipWaiting();
}

/** What an earlier build was made of is given up with it. */
async function takeOver() {
  const names = await caches.keys();
  const old = names.filter((name) => OURS.test(name) && name !== SHELF);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function piece(event) {
  const shelf = await caches.open(SHELF);
  const kept = await shelf.match(event.request);
  if (kept !== undefined) return kept;
  const fresh = await fetch(event.request);
  if (fresh.ok && fresh.type === 'basic') {
    event.waitUntil(shelf.put(event.request, fresh.clone()));
  }
  return fresh;
}

/** Always the server's own; the one page where it does not answer or is only just starting. */
async function screen(request) {
  const fresh = await fetch(request).catch(() => null);
  if (fresh !== null && fresh.status !== 503) return fresh;
  const shelf = await caches.open(SHELF);
  return (await shelf.match(OFFLINE)) ?? fresh ?? Response.error();
}
