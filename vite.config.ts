import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin, type UserConfig } from 'vite';
import { componentStyles } from './scripts/component-styles.js';
import { offlineFiles } from './scripts/offline-files.js';
import { scriptGroups } from './scripts/script-groups.js';

const inRoot = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The entries of the page, by the folder they are served under; the office is at the top. */
const entries = {
  office: inRoot('web/index.html'),
  log: inRoot('web/log/index.html'),
  offline: inRoot('web/log/offline.ts'),
  // The service writes the HTML of these pages itself.
  docs: inRoot('web/docs/main.ts'),
};

export default defineConfig(({ isSsrBuild }) => (isSsrBuild ? drawing : page));

const page: UserConfig = {
  root: inRoot('web'),
  // No file is copied as it is.
  publicDir: false,
  build: {
    outDir: inRoot('dist/web'),
    emptyOutDir: true,
    target: 'es2023',
    // The policy of the page allows no script and no font that is not a file of its own.
    assetsInlineLimit: 0,
    // Which files the first screen needs (src/http/page/first-html.ts).
    manifest: true,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1_000,
    rollupOptions: {
      input: entries,
      // A service worker has to keep its name, and to lie where it works.
      output: {
        entryFileNames: ({ name }) => (name === 'offline' ? 'log/offline.js' : 'assets/[name]-[hash].js'),
        codeSplitting: { groups: scriptGroups },
      },
      // Components say where they may run, which here is everywhere.
      onwarn: (warning, warn) => warning.code !== 'MODULE_LEVEL_DIRECTIVE' && warn(warning),
    },
  },
  worker: { format: 'es' },
  plugins: [offlineFiles({ entry: 'log', worker: 'offline' }), componentStyles(), compressed(), verifier()],
};

/** The parts that draw the first screen, for the service: `vite build --ssr`. One script without imports. */
const drawing: UserConfig = {
  root: inRoot('web'),
  publicDir: false,
  define: { 'process.env.NODE_ENV': '"production"', 'import.meta.url': '"file:///"' },
  ssr: { target: 'webworker', noExternal: true },
  build: {
    outDir: inRoot('dist/first'),
    emptyOutDir: true,
    target: 'es2023',
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1_000,
    rollupOptions: {
      input: inRoot('web/office/first/draw.tsx'),
      output: { format: 'iife', name: 'first', entryFileNames: 'draw.js' },
      onwarn: (warning, warn) => warning.code !== 'MODULE_LEVEL_DIRECTIVE' && warn(warning),
    },
  },
  plugins: [nothingLater()],
};

/** What a browser loads on demand is not drawn at first. */
function nothingLater(): Plugin {
  return {
    name: 'nothing-later',
    resolveDynamicImport: () => '\0later',
    load: (id) => (id === '\0later' ? 'export default undefined' : undefined),
  };
}

/** Puts the page that checks a bundle beside the office, byte for byte: people compare and save it as one file. */
function verifier(): Plugin {
  return {
    name: 'verifier',
    apply: 'build',
    writeBundle: () => copyFileSync(inRoot('web/verify/verify.html'), inRoot('dist/web/verify.html')),
  };
}

/** Lays beside each text of the assets what a browser is sent of it, so that nobody compresses while they wait. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    writeBundle() {
      const assets = inRoot('dist/web/assets');
      for (const name of readdirSync(assets).filter((file) => /\.(js|css|svg)$/.test(file))) {
        const text = readFileSync(join(assets, name));
        writeFileSync(join(assets, `${name}.br`), brotliCompressSync(text));
        writeFileSync(join(assets, `${name}.gz`), gzipSync(text));
      }
    },
  };
}
