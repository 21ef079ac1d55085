import { openEmmettInMemory, openEmmettSqlite, openEmmettSqliteShared } from './emmett.js';
import { openEventstore, openEvtstore, openLmdb } from './others.js';
import type { OpenSubject } from './subject.js';
import { perform, type Task } from './tasks.js';
import { openTopout } from './topout.js';

// One measurement in its own process: arguments are a subject, a task as JSON and an empty folder; sends the result to
// the parent.

const subjects: Record<string, OpenSubject> = {
  topout: openTopout,
  'emmett-sqlite-shared': openEmmettSqliteShared,
  'emmett-sqlite': openEmmettSqlite,
  'emmett-memory': openEmmettInMemory,
  evtstore: openEvtstore,
  eventstore: openEventstore,
  lmdb: openLmdb,
};

// The driver of a peer emits unhandled errors, which would end the process during a measurement.
let unhandled = 0;
process.on('uncaughtException', () => {
  unhandled += 1;
});
const [subject = '', task = '', folder = ''] = process.argv.slice(2);
const seen = await perform(JSON.parse(task) as Task, subjects[subject] as OpenSubject, folder).catch(
  (error: Error) => ({ error: String(error.message ?? error).split('\n')[0] }),
);
process.send?.({ ...seen, unhandled }, () => process.exit(0));
