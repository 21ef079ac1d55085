import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

/** Replaced in the service worker by the list of files. */
const listPlace = '__LOG_FILES__';

const icons = [192, 512];

const manifest = {
  id: '/log/',
  name: 'Topout · Log · 现场记录',
  short_name: 'Topout',
  start_url: '/log/',
  scope: '/log/',
  display: 'standalone',
  background_color: '#f2f5f6',
  theme_color: '#1565c0',
  icons: icons.map((size) => ({
    src: `/log/icon-${size}.png`,
    sizes: `${size}x${size}`,
    type: 'image/png',
    purpose: 'any maskable',
  })),
};

/**
 * Makes the log installable and able to open without a network: lays its manifest and icons beside it, and writes the names of
 * all files that it loads, and of nothing else, into its service worker.
 *
 * @param names of the entries of the page and of the service worker
 */
export function offlineFiles({ entry, worker }: { entry: string; worker: string }): Plugin {
  return {
    name: 'offline-files',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_, { chunk }) =>
        chunk?.name === entry
          ? [
              {
                tag: 'link',
                attrs: { rel: 'manifest', href: '/log/manifest.webmanifest' },
                injectTo: 'head',
              },
              { tag: 'link', attrs: { rel: 'icon', href: '/log/icon-192.png' }, injectTo: 'head' },
              {
                tag: 'link',
                attrs: { rel: 'apple-touch-icon', href: '/log/icon-192.png' },
                injectTo: 'head',
              },
            ]
          : [],
    },
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const chunks = Object.values(bundle).filter((output) => output.type === 'chunk');
        const first = chunks.find((chunk) => chunk.isEntry && chunk.name === entry);
        const serviceWorker = chunks.find((chunk) => chunk.isEntry && chunk.name === worker);
        if (!first || !serviceWorker) throw new Error(`The build has no entry "${entry}" or "${worker}".`);
        const loaded = new Set<string>();
        const load = (name: string) => {
          const chunk = bundle[name];
          if (loaded.has(name) || chunk?.type !== 'chunk') return;
          loaded.add(name);
          for (const css of chunk.viteMetadata?.importedCss ?? []) loaded.add(css);
          for (const other of chunk.imports) load(other);
        };
        load(first.fileName);
        for (const size of icons) {
          const source = readFileSync(fileURLToPath(new URL(`../web/log/icon-${size}.png`, import.meta.url)));
          this.emitFile({ type: 'asset', fileName: `log/icon-${size}.png`, source });
        }
        this.emitFile({
          type: 'asset',
          fileName: 'log/manifest.webmanifest',
          source: JSON.stringify(manifest),
        });
        // The page itself has no hash in its name: another one makes another list by what is in the files it names.
        const html = createHash('sha256')
          .update([...loaded].join(' '))
          .digest('hex')
          .slice(0, 8);
        const files = ['/log/', '/log/manifest.webmanifest', ...[...loaded].map((file) => `/${file}`)];
        if (!serviceWorker.code.includes(listPlace))
          throw new Error('The service worker has no place for its files.');
        // Escaped, it is the same text within any kind of quotes that the build has chosen.
        const list = JSON.stringify(files).replaceAll('"', '\\"');
        serviceWorker.code = `/* ${html} */${serviceWorker.code.replace(listPlace, () => list)}`;
      },
    },
  };
}
