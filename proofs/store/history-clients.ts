import { setTimeout as pause } from 'node:timers/promises';
import { type Dice, diceOf, uuidOf } from '../../test/support/dice.js';
import { readStream, type StreamReader } from '../../test/support/stream-reader.js';
import type { SiteClient } from '../service/site-client.js';
import type { Append, Look } from './history-check.js';

export const projects = 12;

/** Shared state of the clients: the address, the history, and the stop flag. */
export interface Setting {
  client: SiteClient;
  seed: number;
  operations: (Append | Look)[];
  isOver(): boolean;
}

/** A client that logs facts and reads projects in a random order, and records the answers. */
export async function mix(setting: Setting, number: number): Promise<void> {
  const { seed, isOver } = setting;
  const dice = diceOf(seed + number * 104_729);
  const seen = new Map<string, number>();
  let unanswered: { project: string; id: string; fact: object } | undefined;
  for (let count = 0; !isOver(); count += 1) {
    const project = `site-${dice.int(0, projects - 1)}`;
    const what = dice.int(1, 100);
    if (what <= 60) {
      const fresh = {
        project,
        id: uuidOf(`history ${seed} ${number} ${count}`),
        fact: factOf(dice, number, count),
      };
      const sending = unanswered && dice.chance(70) ? unanswered : fresh;
      const expected: Record<string, string> =
        sending === fresh && dice.chance(10) ? { 'if-match': `"${dice.int(0, 40)}"` } : {};
      const append = await log(setting, sending, expected);
      if (append.outcome === 'unknown') unanswered = sending;
      else if (sending === unanswered) unanswered = undefined;
      if (append.position !== undefined) seen.set(sending.project, append.position);
      if (append.outcome !== 'ok') await pause(dice.int(20, 200));
    } else if (what <= 85) await show(setting, project);
    else await journal(setting, project, seen.get(project), dice);
  }
}

function factOf(dice: Dice, number: number, count: number): object {
  // Declared stalls raise alerts for the stream.
  if (dice.chance(4)) {
    const days = { from: '2018-05-01', asOf: '2018-05-01' };
    return {
      type: 'StallDeclared',
      stall: `stall-${number}-${count}`,
      cause: 'financing',
      blocks: ['works'],
      ...days,
    };
  }
  return { type: 'MilestoneReached', item: `work-${number}-${count}`, asOf: '2018-06-30' };
}

async function log(
  { client, operations }: Setting,
  { project, id, fact }: { project: string; id: string; fact: object },
  headers: Record<string, string>,
): Promise<Append> {
  const begun = performance.now();
  const answer = await client.log(project, id, fact, headers);
  const ended = performance.now();
  const append: Append = { kind: 'append', project, id, begun, ended, outcome: 'unknown' };
  if (answer?.status === 201) {
    append.outcome = 'ok';
    append.position = Number(answer.body.position);
    append.revision = Number(answer.body.revision);
  } else if (answer && (answer.status < 500 || isNotStored(answer.body.type))) append.outcome = 'fail';
  operations.push(append);
  return append;
}

/** These refusals mean that nothing was stored. */
function isNotStored(problem: unknown): boolean {
  return problem === '/problems/store-unavailable' || problem === '/problems/store-full';
}

async function show({ client, operations }: Setting, project: string): Promise<void> {
  const begun = performance.now();
  const answer = await client.get(`/projects/${project}`);
  if (answer?.status !== 200) return void (await pause(20));
  const count = Number(answer.body.revision) + 1;
  operations.push({ kind: 'look', project, begun, ended: performance.now(), count });
}

/** Reads a journal as known at a position: at this client's last fact, or further back. */
async function journal(
  { client, operations }: Setting,
  project: string,
  last: number | undefined,
  dice: Dice,
): Promise<void> {
  if (last === undefined) return;
  const at = dice.chance(50) ? last : dice.int(projects, last);
  const begun = performance.now();
  const lines = await client.journal(project, `&knownAt=${at}&after=${at}`);
  if (!lines) return void (await pause(20));
  const ids = lines.map(({ id }) => id);
  operations.push({ kind: 'look', project, begun, ended: performance.now(), count: ids.length, ids, at });
}

/** A reader of the stream of alerts that resumes by the last id whenever the connection ends. */
export class AlertListener {
  readonly positions: number[] = [];
  readonly types = new Set<string>();
  reconnects = -1;
  private stream: StreamReader | undefined;
  private isOver = false;

  constructor(
    readonly url: string,
    readonly from: number,
  ) {}

  async listen(): Promise<void> {
    let place = String(this.from);
    while (!this.isOver) {
      try {
        const stream = await readStream(`${this.url}/alerts/stream`, { 'last-event-id': place });
        this.stream = stream;
        this.reconnects += 1;
        for (let taken = 0; ; taken += 1) {
          await stream.arrived(taken + 1);
          // Resolved without a further event: the connection has ended.
          if (taken === stream.events.length) break;
          this.take(stream.events[taken]);
        }
        place = stream.lastId() ?? place;
      } catch {
        // No listener at the moment.
      }
      await pause(100);
    }
  }

  close(): void {
    this.isOver = true;
    this.stream?.close();
  }

  private take(event: { id?: string; event?: string } | undefined): void {
    if (event?.id === undefined || event.event === undefined) return;
    this.positions.push(Number(event.id));
    this.types.add(event.event);
  }
}
