import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Dice, uuidOf } from '../../test/support/dice.js';
import { started } from '../service/child-service.js';
import { SiteClient } from '../service/site-client.js';
import { type Row, rowsIn } from './stored-rows.js';

const projects = 6;
const factsEach = 60;
const laterFacts = 60;

/** The answer of every read route, by path. */
export type Answers = Map<string, string>;

/** A folder left by a killed service: most events in the file, the last ones in the WAL. */
export interface Original {
  dataPath: string;
  rows: Row[];
  answers: Answers;
  /** The WAL before and after one more entry, which was never acknowledged. */
  log: { before: Buffer; after: Buffer };
}

/** The damage to one of the files, from an offset on; `bytes` is empty for a truncation. */
export interface Damage {
  file: 'events.db' | 'events.db-wal';
  at: number;
  bytes?: Buffer;
}

/** Lets the real service write a store, and kills it. */
export async function makeOriginal(folder: string, seed: number): Promise<Original> {
  const dataPath = join(folder, 'original');
  const first = await started(dataPath);
  const writing = new SiteClient(first.at);
  for (let project = 0; project < projects; project += 1) {
    await writing.register(`site-${project}`, uuidOf(`damage project ${seed} ${project}`));
    await say(writing, seed, project, 0, factsEach);
  }
  await writing.close();
  await first.kill('SIGTERM');

  const second = await started(dataPath);
  const client = new SiteClient(second.at);
  for (let project = 0; project < projects; project += 1)
    await say(client, seed, project, factsEach, factsEach + laterFacts / projects);
  const answers = await answersOf(client);
  const copy = join(folder, 'before');
  cpSync(dataPath, copy, { recursive: true });
  await say(client, seed, 0, 1_000, 1_001);
  const log = { before: logIn(copy), after: logIn(dataPath) };
  await client.close();
  await second.kill();
  rmSync(dataPath, { recursive: true });
  return { dataPath: copy, rows: rowsIn(join(copy, 'events.db'), join(folder, 'looked-at')), answers, log };
}

async function say(
  client: SiteClient,
  seed: number,
  project: number,
  from: number,
  to: number,
): Promise<void> {
  const numbers = Array.from({ length: to - from }, (_, index) => from + index);
  await Promise.all(
    numbers.map((number) =>
      client.log(`site-${project}`, uuidOf(`damage ${seed} ${project} ${number}`), {
        type: 'MilestoneReached',
        item: `work-${number}`,
        asOf: '2018-07-01',
        note: 'seen '.repeat(number % 20),
      }),
    ),
  );
  await settled(client);
}

/** Waits until alerts are evaluated, so that nothing more is written. */
async function settled(client: SiteClient): Promise<void> {
  for (let last = ''; ; ) {
    await pause(300);
    const { body } = (await client.get('/alerts?limit=500')) ?? {};
    const now = JSON.stringify(body);
    if (now === last) return;
    last = now;
  }
}

/** Requests every read route; an answer other than 200 is recorded by its status and problem. */
export async function answersOf(client: SiteClient): Promise<Answers> {
  const paths = ['/projects?limit=500', '/portfolio', '/alerts?limit=500'];
  for (let project = 0; project < projects; project += 1)
    paths.push(`/projects/site-${project}`, `/projects/site-${project}/journal?limit=500`);
  const answers: Answers = new Map();
  for (const path of paths) {
    const answer = await client.get(path);
    const problem = answer?.body.type ?? 'none';
    answers.set(
      path,
      answer?.status === 200 ? JSON.stringify(answer.body) : `refused: ${answer?.status} ${problem}`,
    );
  }
  return answers;
}

/** A random damage: a truncation, or up to a page of changed bytes. */
export function damageBy(dice: Dice, dataPath: string): Damage {
  const file = dice.chance(65) ? 'events.db' : 'events.db-wal';
  const { length } = readFileSync(join(dataPath, file));
  if (dice.chance(10)) return { file, at: dice.int(0, length - 1) };
  const at = dice.int(0, length - 1);
  const size = Math.min(length - at, dice.chance(40) ? dice.int(1, 8) : dice.int(1, 4_096));
  const kind = dice.pick(['random', 'random', 'zeros', 'flip']);
  if (kind === 'flip') {
    const byte = readFileSync(join(dataPath, file)).at(at) ?? 0;
    return { file, at, bytes: Buffer.of(byte ^ (1 << dice.int(0, 7))) };
  }
  const bytes = Buffer.from(Array.from({ length: size }, () => (kind === 'zeros' ? 0 : dice.int(0, 255))));
  return { file, at, bytes };
}

/** A damaged copy of a folder, with or without the caches of its log. */
export function damaged(
  { dataPath }: Original,
  target: string,
  { file, at, bytes }: Damage,
  hasCaches: boolean,
): void {
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target);
  cpSync(dataPath, target, {
    recursive: true,
    filter: (path) => hasCaches || !/(views|due)\.db/.test(path),
  });
  const before = readFileSync(join(target, file));
  if (bytes) bytes.copy(before, at);
  writeFileSync(join(target, file), bytes ? before : before.subarray(0, at));
}

/** The events whose hash and body are in some file, at any offset. */
export function intactRows({ dataPath, rows }: Original, target: string, { file }: Damage): Row[] {
  const files = ['events.db', 'events.db-wal'].filter((name) => existsSync(join(dataPath, name)));
  const kept = files.map((name) => readFileSync(join(name === file ? target : dataPath, name)));
  return rows.filter(({ leaf, body }) => {
    const row = Buffer.concat([leaf, body]);
    return kept.some((bytes) => bytes.includes(row));
  });
}

function logIn(dataPath: string): Buffer {
  return readFileSync(join(dataPath, 'events.db-wal'));
}
