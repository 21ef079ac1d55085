import { rmSync } from 'node:fs';
import { openViews } from '../../src/composition/view-list.js';
import { world } from '../../src/composition/world.js';
import { openSqliteStore } from '../../src/event-store/sqlite/sqlite.js';
import { logOf } from '../logs.js';
import type { OpenSubject } from './subject.js';

const ports = { ...world, nextTurn: (call: () => void) => void setImmediate(call) };

/** Topout's embedded store; its replay builds all views. */
export const openTopout: OpenSubject = async (path) => {
  const store = openSqliteStore(path, ports);
  return {
    append: (stream, events) => store.append(stream, events, 'any'),
    async load(stream) {
      let count = 0;
      for await (const page of store.readStream(stream)) count += page.length;
      return count;
    },
    async replay(shape) {
      const log = await logOf(shape);
      const filled = openSqliteStore(log.path, ports);
      const viewsPath = `${path}-views`;
      const started = performance.now();
      const views = await openViews({
        store: filled,
        world,
        storeName: filled.installation,
        path: viewsPath,
      });
      await views.whenMade();
      const seconds = (performance.now() - started) / 1000;
      await views.close();
      await filled.close();
      log.remove();
      rmSync(viewsPath);
      return { events: log.events, seconds };
    },
    close: () => store.close(),
  };
};
