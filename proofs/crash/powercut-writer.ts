import { openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { NewEvent } from '../../src/event-store/event-store.js';
import { openSqliteStore } from '../../src/event-store/sqlite/sqlite.js';
import { diceOf, uuidOf } from '../../test/support/dice.js';
import { storePorts } from '../../test/support/event-store-ports.js';

// A process that appends to a store in a folder, and records in the file `acks` each acknowledged position. In between
// the WAL is checkpointed, and the store is reopened. `normal` as the last argument makes SQLite flush less.
const [folder = '', seed = '0', events = '0', durability] = process.argv.slice(2);
const dice = diceOf(Number(seed));
const acks = openSync(join(folder, 'acks'), 'w');
let noted = 0;

function open() {
  const store = openSqliteStore(join(folder, 'events.db'), storePorts());
  if (durability === 'normal') store.database.exec('PRAGMA synchronous = NORMAL');
  return store;
}

function note(position: number): void {
  // At a fixed offset, so that the recording knows where it is written.
  noted += writeSync(acks, `${position}\n`, noted);
}

function event(number: number): NewEvent {
  const note = 'x'.repeat(dice.pick([dice.int(0, 80), dice.int(0, 80), dice.int(500, 2_000), 9_000]));
  return {
    id: uuidOf(`powercut ${seed} ${number}`),
    by: 'inspector-7',
    type: 'MilestoneReached',
    data: { item: `work-${number}` },
    entry: { asOf: '2018-06-30', precision: 'day', source: { kind: 'inspection', note } },
  };
}

let store = open();
for (let sent = 0; sent < Number(events); ) {
  const burst = Array.from({ length: dice.int(1, 8) }, () => {
    const request = Array.from({ length: dice.chance(20) ? dice.int(2, 4) : 1 }, (_, part) =>
      event(sent + part),
    );
    sent += request.length;
    return store
      .append(`project-${dice.int(0, 5)}`, request, 'any')
      .then((appended) => note(appended.events.at(-1)?.position ?? 0));
  });
  await Promise.all(burst);
  // As the writer does it, only sooner.
  if (dice.chance(6)) store.database.exec('PRAGMA wal_checkpoint(PASSIVE)');
  if (dice.chance(3)) {
    await store.close();
    store = open();
  }
}
await store.close();
