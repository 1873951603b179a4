// The service worker of the lab: keeps the build, serves it first from there. Filled in by offline/plugin.ts.
const CACHE = "softfield-lab-__VERSION__";
const FILES = "__FILES__";

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(CACHE)
      // What has its hash in its name is what it was when the page loaded it: it is not sent twice.
      .then((cache) => cache.addAll(FILES.map((file) => new Request(file, { cache: cacheOf(file) }))))
      .then(() => self.skipWaiting()),
  );
});

function cacheOf(file) {
  return file.startsWith("assets/") ? "default" : "reload";
}

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => names.filter((name) => name.startsWith("softfield-lab-") && name !== CACHE))
      .then((old) => Promise.all(old.map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

// What is kept comes from the cache; anything else (an example on its first use) from the network, and is kept.
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith(answer(request));
});

async function answer(request) {
  const cache = await caches.open(CACHE);
  const found = await cache.match(request, { ignoreSearch: true });
  if (found) return found;
  const response = await fetch(request);
  if (response.ok) await cache.put(request, response.clone());
  return response;
}
