// Loaded before the service: records in which modules code runs until an entry is stored, and from then until a webhook is sent.
import { subscribe } from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { DatabaseSync } from 'node:sqlite';

const { COUNTS_DIST: dist, COUNTS_RECORD: record } = process.env;
const session = new Session();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });

let stage = 'idle';
let stored = [];

subscribe('http.server.request.start', ({ request }) => {
  if (request.method !== 'POST' || !request.url.endsWith('/entries')) return;
  executedSince();
  stage = 'storing';
});

const { prepare } = DatabaseSync.prototype;
DatabaseSync.prototype.prepare = function prepareWatched(sql, ...options) {
  const statement = prepare.call(this, sql, ...options);
  if (sql !== 'COMMIT') return statement;
  const run = statement.run.bind(statement);
  statement.run = (...values) => {
    const result = run(...values);
    if (stage === 'storing') {
      stored = executedSince();
      stage = 'sending';
    }
    return result;
  };
  return statement;
};

subscribe('undici:client:sendHeaders', () => {
  if (stage !== 'sending') return;
  stage = 'idle';
  appendFileSync(record, `${JSON.stringify({ stored, sent: executedSince() })}\n`);
});

/** The modules of the build in which code ran since the last call; the inspector answers in the same turn. */
function executedSince() {
  let modules = [];
  session.post('Profiler.takePreciseCoverage', (error, answer) => {
    if (error) throw error;
    modules = answer.result
      .filter(({ url, functions }) => url.startsWith(dist) && functions.some(hasRun))
      .map(({ url }) => url.slice(dist.length))
      .sort();
  });
  return modules;
}

function hasRun({ ranges }) {
  return ranges.some(({ count }) => count > 0);
}
