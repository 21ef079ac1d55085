import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { compose } from '../src/composition/compose.js';
import { DataFolderUnusable } from '../src/composition/folder/data-folder-unusable.js';
import { readConfig } from '../src/composition/settings/config.js';
import { world } from '../src/composition/world.js';
import { Reserve } from '../src/event-store/sqlite/disk/reserve.js';
import { backupStore } from '../src/maintenance/data-folder.js';
import { loadExample } from '../src/maintenance/example.js';
import { salvageStore } from '../src/maintenance/salvage.js';
import { temporaryFolder } from './support/event-store-ports.js';

let folder: ReturnType<typeof temporaryFolder>;
let data: string;
let maskBefore: number;

beforeEach(() => {
  folder = temporaryFolder();
  data = folder.file('data');
  // The umask of an account that lets everybody read and write its files.
  maskBefore = process.umask(0);
});
afterEach(() => {
  process.umask(maskBefore);
  folder.remove();
});

const modeOf = (path: string) => (lstatSync(path).mode & 0o7777).toString(8).padStart(4, '0');
const modes = () => Object.fromEntries(readdirSync(data).map((name) => [name, modeOf(join(data, name))]));

/** Runs a whole service without HTTP on the folder, and returns its reports. */
async function runOnce(): Promise<{ said: string[]; whileRunning: Record<string, string> }> {
  const said: string[] = [];
  const config = readConfig({ TOPOUT_DATA: data, TOPOUT_KEEP_FREE: '1' });
  const composed = await compose(config, { world, onStoreStatus: (sentence) => said.push(sentence) });
  await loadExample(composed, config);
  await composed.watch();
  const whileRunning = modes();
  await composed.close();
  return { said, whileRunning };
}

test('a data folder and its files are for the owner only, whatever the umask', async () => {
  const { said, whileRunning } = await runOnce();
  const after = modes();
  expect([modeOf(data), said]).toEqual(['0700', []]);
  for (const files of [whileRunning, after]) {
    expect(Object.keys(files)).toEqual(
      expect.arrayContaining([
        'events.db',
        'events.db-anchor',
        'views.db',
        'lines.db',
        'due.db',
        'settings.json',
      ]),
    );
    expect(Object.entries(files).filter(([, mode]) => mode !== '0600')).toEqual([]);
  }
  expect(Object.keys(whileRunning)).toEqual(expect.arrayContaining(['events.db-wal', 'views.db-wal']));
});

test('access of others to a folder and its files is removed, and the start reports it', async () => {
  await runOnce();
  chmodSync(data, 0o2777);
  for (const name of ['events.db', 'views.db']) chmodSync(join(data, name), 0o644);
  writeFileSync(join(data, 'notes.txt'), 'of somebody');
  chmodSync(join(data, 'notes.txt'), 0o666);
  const { said } = await runOnce();
  expect(said).toEqual([
    `Others could look into the data folder ${data} (2777); only its owner can now (2700).`,
    `Others could read or write events.db, views.db in ${data}; only their owner can now (0600).`,
  ]);
  expect([modeOf(data), modeOf(join(data, 'events.db')), modeOf(join(data, 'views.db'))]).toEqual([
    '2700',
    '0600',
    '0600',
  ]);
  // Files that are not Topout's are unchanged.
  expect(modeOf(join(data, 'notes.txt'))).toBe('0666');
});

test.each([
  'reserve',
  'events.db',
  'events.db-anchor',
  'events.db-wal',
  'views.db',
  'lines.db',
  'due.db',
  'settings.json',
])('a link in place of %s is not written through: the start refuses it', async (name) => {
  mkdirSync(data);
  const other = folder.file('other');
  writeFileSync(other, 'of somebody');
  symlinkSync(other, join(data, name));
  await expect(runOnce()).rejects.toThrow(DataFolderUnusable);
  await expect(runOnce()).rejects.toThrow(
    `${join(data, name)} is a symbolic link; expected a file, or nothing yet.`,
  );
  expect(readFileSync(other, 'utf8')).toBe('of somebody');
});

test('a link that replaces the reserve while the service runs is removed, and its target stays', async () => {
  const other = folder.file('other');
  writeFileSync(other, 'of somebody');
  const path = folder.file('reserve');
  symlinkSync(other, path);
  const reserve = new Reserve(path, 4_096);
  reserve.fill();
  await reserve.settled();
  expect([readFileSync(other, 'utf8'), existsSync(path), reserve.isHeld]).toEqual([
    'of somebody',
    false,
    false,
  ]);
  reserve.fill();
  await reserve.settled();
  expect([statSync(path).size, reserve.isHeld]).toEqual([4_096, true]);
});

test('a link to a file of the right size is not a reserve', () => {
  const path = folder.file('reserve');
  writeFileSync(folder.file('other'), Buffer.alloc(4_096));
  symlinkSync(folder.file('other'), path);
  expect(new Reserve(path, 4_096).isHeld).toBe(false);
});

test('a backup and a salvaged file are for the owner only, too', async () => {
  await runOnce();
  process.umask(0);
  const [backup, salvaged] = [folder.file('events.topout'), folder.file('salvaged.ndjson')];
  await backupStore(data, backup, () => undefined);
  await salvageStore(data, salvaged, () => undefined);
  expect([modeOf(backup), modeOf(salvaged)]).toEqual(['0600', '0600']);
});
