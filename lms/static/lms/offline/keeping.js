// The one way in which pages are put into a cache of this browser. The service worker only reads them.

// Keeps the answer of `url`, with the moment.
export async function keep(cacheName, url, response) {
  const headers = new Headers(response.headers);
  // What is kept is not packed any more.
  for (const name of ["content-encoding", "content-length"]) headers.delete(name);
  headers.set("x-saved", new Date().toISOString());
  const cache = await caches.open(cacheName);
  await cache.put(url, new Response(await response.blob(), { status: response.status, headers }));
}

export const drop = (cacheName) => caches.delete(cacheName);
