/// <reference lib="webworker" />
// The service worker of the log: caches its files, so that the log opens offline.
const worker = self as unknown as ServiceWorkerGlobalScope;

/** Filled in by the build: the page and every file it loads; a different list is a different version. */
const files: readonly string[] = JSON.parse('__LOG_FILES__');
const shell = '/log/';

/** Names a cached version by its content. */
const version = `topout-log-${hashOf(files.join(' '))}`;

worker.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(version)
      // Bypasses the browser's cache, so that all cached files belong to one version.
      .then((cache) => cache.addAll(files.map((file) => new Request(file, { cache: 'reload' }))))
      .then(() => worker.skipWaiting()),
  );
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter(isOld).map((name) => caches.delete(name))))
      .then(() => worker.clients.claim()),
  );
});

worker.addEventListener('fetch', (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== 'GET' || origin !== worker.location.origin) return;
  if (mode === 'navigate' && pathname.startsWith(shell)) event.respondWith(page(event.request));
  else if (files.includes(pathname)) event.respondWith(kept(event.request, pathname));
});

/** The current page, or the cached one when offline or when the answer takes too long. */
async function page(request: Request): Promise<Response> {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(3_000) });
    if (answer.ok) return answer;
  } catch {
    // Offline, the cached page is served.
  }
  return kept(request, shell);
}

async function kept(request: Request, path: string): Promise<Response> {
  const cache = await caches.open(version);
  return (await cache.match(path)) ?? fetch(request);
}

function isOld(name: string): boolean {
  return name.startsWith('topout-log-') && name !== version;
}

function hashOf(text: string): string {
  let hash = 5381;
  for (const character of text) hash = (hash * 33 + (character.codePointAt(0) ?? 0)) >>> 0;
  return hash.toString(36);
}
