// The service worker keeps one page, the one that says there is no network. No other page is ever stored: a phone may
// be shared or stolen.
const store = 'baara-offline-1'

self.addEventListener('install', e => {
  e.waitUntil(caches.open(store).then(c => c.add(new Request('/offline', { cache: 'reload' }))).then(() => self.skipWaiting()))
})
self.addEventListener('activate', e => {
  e.waitUntil(caches.keys()
    .then(names => Promise.all(names.filter(n => n !== store).map(n => caches.delete(n))))
    .then(() => self.clients.claim()))
})
self.addEventListener('fetch', e => {
  if (e.request.mode !== 'navigate' || e.request.method !== 'GET') return
  e.respondWith(fetch(e.request).catch(() => caches.match('/offline', { cacheName: store })))
})
