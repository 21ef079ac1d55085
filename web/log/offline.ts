/// <reference lib="webworker" />
// The part of the log that runs without a page: it keeps the files of the log, so that it opens where there is no network.
const worker = self as unknown as ServiceWorkerGlobalScope;

/** What the build puts here: the page itself and every file it loads; another list is another version. */
const files: readonly string[] = JSON.parse('__LOG_FILES__');
const shell = '/log/';

/** Names a kept version by what is in it. */
const version = `topout-log-${hashOf(files.join(' '))}`;

worker.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(version)
      // Past the cache of the browser, so that what is kept belongs together.
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

/** The page as it is now, or as it was kept when there is no network or no answer in time. */
async function page(request: Request): Promise<Response> {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(3_000) });
    if (answer.ok) return answer;
  } catch {
    // Without a network the kept page does.
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
