import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { DueIndex, type LastEvaluation } from '../../../src/app/alerts/due-index.js';
import { temporaryFolder } from '../../support/event-store-ports.js';

const shanghai = 'Asia/Shanghai';
const lima = 'America/Lima';
const roof: LastEvaluation = {
  project: 'huaao-2',
  timeZone: shanghai,
  upTo: 12,
  on: '2018-07-10',
  by: 'rules 1',
  nextOn: '2018-08-01',
};
const pit: LastEvaluation = { ...roof, project: 'lima-1', timeZone: lima, nextOn: null };

let folder: ReturnType<typeof temporaryFolder>;
let path: string;
beforeEach(() => {
  folder = temporaryFolder();
  path = folder.file('due.db');
});
afterEach(() => folder.remove());

/** Opens the index, runs work with it, and closes it. */
function withIndex<Answer>(work: (index: DueIndex) => Answer, store = 'district'): Answer {
  const index = DueIndex.open(path, store);
  try {
    return work(index);
  } finally {
    index.close();
  }
}

const on = (day: string) => () => day;

test('a project is due from its day on, in its own time zone', () => {
  withIndex((index) => {
    for (const judged of [roof, pit]) index.note(judged);
    index.note({ ...pit, project: 'lima-2', nextOn: '2018-08-01' });
    expect(index.dueNow(on('2018-07-31'))).toEqual([]);
    expect(index.dueNow((zone) => (zone === shanghai ? '2018-08-01' : '2018-07-31'))).toEqual(['huaao-2']);
    expect(index.dueNow(on('2021-01-01')).sort()).toEqual(['huaao-2', 'lima-2']);
  });
});

test('after the clock went back, projects evaluated on a later day are due again', () => {
  withIndex((index) => {
    index.note(roof);
    expect(index.dueNow(on('2018-07-09'))).toEqual(['huaao-2']);
    index.note({ ...roof, on: '2018-07-09' });
    expect(index.dueNow(on('2018-07-09'))).toEqual([]);
  });
});

test('the latest evaluation counts, and survives a restart', () => {
  withIndex((index) => {
    index.note(roof);
    index.note({ ...roof, upTo: 15, by: 'rules 2' });
    index.followTo(20);
  });
  withIndex((index) => {
    expect([index.evaluatedUpTo('huaao-2'), index.evaluatedUpTo('tengjun'), index.followedTo]).toEqual([
      15, -1, 20,
    ]);
    expect([index.notBy('rules 1'), index.notBy('rules 2')]).toEqual([['huaao-2'], []]);
  });
});

test('an unflushed evaluation is forgotten', () => {
  withIndex((index) => {
    index.note(roof);
    index.flush();
    index.note({ ...roof, project: 'tengjun' });
    writeFileSync(folder.file('copy.db'), readFileSync(path));
    writeFileSync(folder.file('copy.db-wal'), readFileSync(`${path}-wal`));
  });
  path = folder.file('copy.db');
  withIndex((index) => {
    expect([index.evaluatedUpTo('huaao-2'), index.evaluatedUpTo('tengjun')]).toEqual([12, -1]);
  });
});

test.each<[string, () => void, string]>([
  ['of another store', () => undefined, 'another district'],
  [
    'that is no database',
    () => writeFileSync(path, 'not a database, longer than its header'.repeat(99)),
    'district',
  ],
  ['that was cut off', () => truncateSync(path, 100), 'district'],
])('an index %s is rebuilt', (_, spoil, store) => {
  withIndex((index) => index.note(roof));
  spoil();
  withIndex((index) => expect([index.evaluatedUpTo('huaao-2'), index.followedTo]).toEqual([-1, 0]), store);
});
