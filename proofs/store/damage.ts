import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { nextTurn } from '../../src/composition/world.js';

import { StoreError } from '../../src/event-store/errors.js';
import { create } from '../../src/event-store/sqlite/file.js';
import { intactEvents } from '../../src/event-store/sqlite/salvage.js';
import { verifySqliteFile } from '../../src/event-store/sqlite/verify.js';
import { diceOf } from '../../test/support/dice.js';
import type { Finding, Proof } from '../proof.js';

import { type Damage, damageBy, damaged, intactRows, makeOriginal, type Original } from './damaged-folder.js';
import { startOn } from './damaged-start.js';
import { firstOther, type Row, rowsIn } from './stored-rows.js';

/** In this many rounds the service is a separate process, whose exit code counts; else it runs in this one. */
const processEach = 25;

const fresh = () => ({
  damages: 0,
  refusedAtStart: 0,
  saidByReads: 0,
  answeredAsBefore: 0,
  startedSilently: 0,
  servedChanged: 0,
  tailsCut: 0,
  eventsAffected: 0,
  unnamed: 0,
  structureOnly: 0,
  invisible: 0,
  unexplained: 0,
  intact: 0,
  salvaged: 0,
  salvagedForeign: 0,
  tornTails: 0,
  tornTailsRefused: 0,
});
type Figures = ReturnType<typeof fresh> & { firstFault?: string };

/**
 * A damaged store never silently returns other answers than before; a verification names the first affected event, and
 * intact events can be salvaged.
 *
 * A round is one random damage to the file or its WAL: a truncation, or up to 4,096 changed bytes. In every fourth
 * round the WAL is instead truncated within an unacknowledged commit, and the service must start.
 *
 * `servedChanged`: rebuilt views fold an event whose text is damaged and still parses; the verification names it, the
 * start does not, because comparing every event with its hash would take most of the time of a rebuild.
 *
 * `tailsCut`: the WAL was damaged, and the answers are an exact prefix. Without a record outside the two files this
 * cannot be distinguished from a shorter log; with one (`events.db-anchor`) it counts as silent.
 *
 * Broken, unreadable data are skipped.
 */
export const damage: Proof = {
  rounds: { small: 16, full: 2_200 },
  async run({ seed, rounds: asked, isBroken }): Promise<Finding> {
    const rounds = isBroken ? Math.min(asked, 8) : asked;
    const folder = mkdtempSync(fileURLToPath(new URL('../../damage-', import.meta.url)));
    const dice = diceOf(seed);
    const figures: Figures = fresh();
    try {
      const original = await makeOriginal(folder, seed);
      const hasAnchor = existsSync(join(original.dataPath, 'events.db-anchor'));
      const target = join(folder, 'data');
      for (let round = 0; round < rounds; round += 1) {
        const isProcess = round % processEach === processEach - 1;
        if (round % 4 === 3) {
          const length = dice.int(original.log.before.length + 1, original.log.after.length - 1);
          await tear(figures, original, target, length, isProcess);
          continue;
        }
        const done = damageBy(dice, original.dataPath);
        damaged(original, target, done, dice.chance(50));
        await checkDamage(figures, { original, target, damage: done, hasAnchor, isProcess, isBroken, round });
      }
      const { startedSilently, unnamed, unexplained, salvagedForeign, tornTailsRefused } = figures;
      const faults = startedSilently + unnamed + unexplained + salvagedForeign + tornTailsRefused;
      const isSeen = figures.eventsAffected > 0 && figures.tornTails > 0;
      const { intact, salvaged } = figures;
      return {
        figures: { events: original.rows.length, hasAnchor, ...figures },
        pass: faults === 0 && salvaged === intact && isSeen,
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

interface DamagedStore {
  original: Original;
  target: string;
  damage: Damage;
  hasAnchor: boolean;
  isProcess: boolean;
  isBroken: boolean;
  round: number;
}

async function checkDamage(figures: Figures, damagedStore: DamagedStore): Promise<void> {
  const { original, target, damage: done, hasAnchor, isProcess, isBroken, round } = damagedStore;
  const path = join(target, 'events.db');
  const scratch = `${target}-scratch`;
  figures.damages += 1;
  const fault = (what: string) => {
    figures.firstFault ??= `round ${round}, ${done.file} at ${done.at}, ${done.bytes?.length ?? 'cut'}: ${what}`;
  };
  const found = rowsIn(path, scratch);
  const affected = firstOther(original.rows, found);
  const isTail = done.file === 'events.db-wal' && found.length + 1 === affected;

  await salvage(figures, damagedStore, fault);
  if (isBroken && affected !== undefined) leaveOut(original.rows.slice(0, affected - 1), target);
  cpSync(target, `${target}-verified`, { recursive: true });
  const problems = await problemsIn(join(`${target}-verified`, 'events.db'));
  rmSync(`${target}-verified`, { recursive: true });
  if (affected === undefined) figures[problems.length > 0 ? 'structureOnly' : 'invisible'] += 1;
  else if (isTail && problems.length === 0) figures.tailsCut += 1;
  else {
    figures.eventsAffected += 1;
    if (!areNaming(problems, affected)) {
      figures.unnamed += 1;
      fault(`event ${affected} is not named: ${problems.slice(0, 3).join(' | ')}`);
    }
  }
  const outcome = await startOn(target, isProcess);
  if ('refused' in outcome) figures.refusedAtStart += 1;
  else if ('unexplained' in outcome) {
    figures.unexplained += 1;
    fault(outcome.unexplained);
  } else {
    const others = [...outcome.answers].filter(([route, answer]) => answer !== original.answers.get(route));
    const silent = others.filter(([, answer]) => !answer.startsWith('refused: '));
    const isLikeShorter = isTail && !hasAnchor && !isBroken;
    if (others.length === 0) figures.answeredAsBefore += 1;
    else if (silent.length === 0) figures.saidByReads += 1;
    else if (problems.length > 0) figures.servedChanged += 1;
    else if (!isLikeShorter) {
      figures.startedSilently += 1;
      fault(`${silent[0]?.[0]} answers something else (first other event: ${affected})`);
    }
  }
}

async function salvage(
  figures: Figures,
  damagedStore: DamagedStore,
  fault: (what: string) => void,
): Promise<void> {
  const { original, target, damage: done } = damagedStore;
  const leaves = new Set<string>();
  const turns = { nextTurn };
  for await (const { leaf } of intactEvents(join(target, 'events.db'), `${target}-scratch`, turns))
    leaves.add(leaf);
  const known = new Set(original.rows.map(({ leaf }) => leaf.toString('base64url')));
  figures.salvagedForeign += [...leaves].filter((leaf) => !known.has(leaf)).length;
  const intact = intactRows(original, target, done).map(({ leaf }) => leaf.toString('base64url'));
  const salvaged = intact.filter((leaf) => leaves.has(leaf)).length;
  figures.intact += intact.length;
  figures.salvaged += salvaged;
  if (salvaged < intact.length) fault(`${intact.length - salvaged} intact events were not salvaged`);
}

/** The result of a verification; a file that it refuses altogether is one problem. */
async function problemsIn(path: string): Promise<string[]> {
  try {
    return (await verifySqliteFile(path, { nextTurn })).problems;
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return [`${path} is damaged: ${error.message}`];
  }
}

/** True if problems name an event, directly or as the end of the readable part, or the whole file. */
export function areNaming(problems: readonly string[], seq: number): boolean {
  return problems.some((problem) => {
    const place = / it is where position (\d+) is expected/.exec(problem);
    if (place) return Number(place[1]) === seq;
    const missing = / from position (\d+) to (\d+) are missing/.exec(problem);
    if (missing && Number(missing[1]) <= seq && seq <= Number(missing[2])) return true;
    const end =
      /^What follows (?:event (\d+)|the start of the file)/.exec(problem) ??
      /: events are missing after (\d+): /.exec(problem);
    if (end) return Number(end[1] ?? 0) === seq - 1;
    return Number(/^event (\d+)\b/.exec(problem)?.[1]) === seq || problem.includes('events.db is damaged: ');
  });
}

/** A log that ends within an unacknowledged commit: the service starts, with everything acknowledged before. */
async function tear(
  figures: Figures,
  original: Original,
  target: string,
  length: number,
  isProcess: boolean,
): Promise<void> {
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target);
  cpSync(original.dataPath, target, { recursive: true });
  writeFileSync(join(target, 'events.db-wal'), original.log.after.subarray(0, length));
  figures.tornTails += 1;
  const outcome = await startOn(target, isProcess);
  const isAsBefore =
    'answers' in outcome &&
    [...outcome.answers].every(([route, answer]) => answer === original.answers.get(route));
  if (isAsBefore) return;
  figures.tornTailsRefused += 1;
  figures.firstFault ??= `a log cut off at ${length}: ${JSON.stringify(outcome).slice(0, 300)}`;
}

/** The negative control: a new store of what is readable before the damage. */
function leaveOut(rows: readonly Row[], dataPath: string): void {
  rmSync(dataPath, { recursive: true });
  mkdirSync(dataPath);
  const database = new DatabaseSync(join(dataPath, 'events.db'));
  create(database, '00000000-0000-4000-8000-000000000000');
  const streams = [...new Set(rows.map(({ stream }) => stream))];
  const addStream = database.prepare('INSERT INTO streams (number, name) VALUES (?, ?)');
  streams.forEach((stream, index) => void addStream.run(index + 1, stream));
  const addEvent = database.prepare(
    'INSERT INTO events (seq, stream, rev, id, leaf, body) VALUES (?, ?, ?, ?, ?, ?)',
  );
  for (const { seq, stream, rev, id, leaf, body } of rows)
    addEvent.run(seq, streams.indexOf(stream) + 1, rev, id, leaf, body);
  database.close();
}
