import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { Agent, request } from 'undici';
import {
  lastDay,
  lastFall,
  lateLines,
  longLife,
  longProject,
  type SentLine,
} from '../../bench/long-project.js';
import { temporaryFolder } from '../../test/support/event-store-ports.js';
import type { Proof } from '../proof.js';
import { type ChildService, started } from '../service/child-service.js';
import type { TurnsSeen } from './turn-watch.js';

const linesEach = 250;
/** Late entries at the end: one per this many entries, and a minimum. */
const late = { oneIn: 20, least: 300 };
/** The longest turn, including garbage collection, and the maximum memory and text that the promise allows. */
const mostTurnMs = 75;
const mostMB = 700;
const mostAnswerKB = 250;
/** How much more an entry at the end may cost than one at the beginning. */
const mostGrowth = 5;

type Json = Record<string, unknown>;
type Service = ChildService & { at: string };

/** The compared parts of the long project's answer. */
interface Shown {
  knownAt: { position: number };
  completion: { percentBasisPoints: number };
  contradictions: {
    open: number;
    settled: number;
    items: { id: string; settledBy?: string }[];
    next?: string;
  };
}

/**
 * A project with very many entries, including late, lower and withdrawn ones, blocks nobody: its work is split into
 * turns, its memory and its answer do not grow quadratically, and totals, pages and earlier moments are right, also
 * after a restart. A round is one entry.
 *
 * Broken, the service never detects long work, so all work on a project runs in one turn.
 */
export const longProjectKept: Proof = {
  rounds: { small: 600, full: 20_000 },
  async run({ seed, rounds, isBroken }) {
    const folder = temporaryFolder();
    const setting = {
      env: { TOPOUT_TODAY: '2026-11-30' },
      before: ['views/turn-watch.js', ...(isBroken ? ['views/all-at-once.js'] : [])],
    };
    let service: Service = await started(folder.path, setting);
    try {
      const life = [...longLife(seed, rounds)];
      const seconds: number[] = [];
      for (let from = 0; from < life.length; from += linesEach) {
        const lines = life.slice(from, from + linesEach);
        const began = performance.now();
        await send(service.at, lines);
        await totals(service.at);
        seconds.push((performance.now() - began) / 1000 / lines.length);
      }
      await turns(service);
      const pulse = new Pulse(service.at);
      const early = (await shown(service.at)).knownAt.position;
      const before = await asKnownAt(service.at, early);
      await send(service.at, [lastFall(seed)]);
      await totals(service.at);
      await send(service.at, lateLines(seed, rounds, Math.max(late.least, Math.ceil(rounds / late.oneIn))));
      await totals(service.at);
      const began = performance.now();
      const text = await textOf(`${service.at}/projects/${longProject}`);
      const answerMs = performance.now() - began;
      const { longestTurnMs, mostMB: usedMB } = await turns(service);
      const longestWaitMs = await pulse.end();
      const project = JSON.parse(text) as Shown;
      const pages = await pagesOf(service.at, project);
      let mismatches = pages.mismatches;
      if ((await asKnownAt(service.at, early)) !== before) mismatches += 1;
      mismatches += await differing(service.at, project);
      await service.kill();
      const restarted = performance.now();
      service = await started(folder.path, setting);
      const startMs = performance.now() - restarted;
      const { position } = project.knownAt;
      const again = await textOf(`${service.at}/projects/${longProject}?knownAt=${position}&asOf=2026-11-30`);
      if (again !== text) mismatches += 1;
      mismatches += await differing(service.at, project);
      const tenth = Math.max(1, Math.floor(seconds.length / 10));
      const [first, last] = [medianOf(seconds.slice(0, 2 * tenth)), medianOf(seconds.slice(-2 * tenth))];
      const answerKB = Math.round(text.length / 1024);
      const growth = last / first;
      return {
        figures: {
          entries: position,
          contradictions: pages.count,
          pages: pages.pages,
          mismatches,
          longestTurnMs: Math.round(longestTurnMs),
          longestWaitMs: Math.round(longestWaitMs),
          mostMB: Math.round(usedMB),
          firstEntryMs: rounded(first * 1000),
          lastEntryMs: rounded(last * 1000),
          answerKB,
          answerMs: Math.round(answerMs),
          startMs: Math.round(startMs),
        },
        pass:
          mismatches === 0 &&
          longestTurnMs <= mostTurnMs &&
          usedMB <= mostMB &&
          answerKB <= mostAnswerKB &&
          growth <= mostGrowth,
      };
    } finally {
      await service.kill();
      folder.remove();
    }
  },
};

/** Polls the liveness of the service, and records the longest wait. */
class Pulse {
  private longest = 0;
  private isEnding = false;
  private readonly beating: Promise<void>;

  constructor(at: string) {
    this.beating = this.beat(`${at}/health/live`);
  }

  async end(): Promise<number> {
    this.isEnding = true;
    await this.beating;
    return this.longest;
  }

  private async beat(url: string): Promise<void> {
    while (!this.isEnding) {
      const began = performance.now();
      await textOf(url);
      this.longest = Math.max(this.longest, performance.now() - began);
      await wait(10);
    }
  }
}

async function turns({ child }: Service): Promise<TurnsSeen> {
  const seen = once(child, 'message');
  child.send('turns');
  return (await seen)[0] as TurnsSeen;
}

const dispatcher = new Agent({ headersTimeout: 0, bodyTimeout: 0 });

async function send(at: string, lines: readonly SentLine[]): Promise<void> {
  const body = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  const headers = { 'content-type': 'application/x-ndjson' };
  const answer = await request(`${at}/entries`, { method: 'POST', headers, body, dispatcher });
  const refused = (await answer.body.text())
    .split('\n')
    .filter((line) => line !== '' && ![200, 201].includes((JSON.parse(line) as { status: number }).status));
  if (refused[0]) throw new Error(`${refused.length} lines were refused, the first: ${refused[0]}`);
}

async function textOf(url: string): Promise<string> {
  const answer = await request(url, { dispatcher });
  const text = await answer.body.text();
  if (answer.statusCode !== 200) throw new Error(`${url} was answered ${answer.statusCode}: ${text}`);
  return text;
}

async function shown(at: string): Promise<Shown> {
  return JSON.parse(await textOf(`${at}/projects/${longProject}`)) as Shown;
}

/** Totals over all entries, once available. */
async function totals(at: string, query = ''): Promise<Json> {
  for (;;) {
    const answer = await request(`${at}/portfolio${query}`, { dispatcher });
    const text = await answer.body.text();
    if (answer.statusCode === 200) return (JSON.parse(text) as { total: Json }).total;
    if (answer.statusCode !== 503) throw new Error(`Totals were answered ${answer.statusCode}: ${text}`);
    await wait(20);
  }
}

/** The past at a position, in totals and in the project, which later entries do not change. */
async function asKnownAt(at: string, position: number): Promise<string> {
  const query = `?knownAt=${position}&asOf=${lastDay}`;
  return JSON.stringify([await totals(at, query), await textOf(`${at}/projects/${longProject}${query}`)]);
}

/** The number of figures that differ between totals and project. */
async function differing(at: string, { completion, contradictions }: Shown): Promise<number> {
  const total = (await totals(at)) as {
    completion: { percentBasisPoints: number };
    openContradictions: number;
  };
  return (
    Number(total.completion.percentBasisPoints !== completion.percentBasisPoints) +
    Number(total.openContradictions !== contradictions.open)
  );
}

/** Reads all pages of contradictions: missing, duplicate or misplaced ones count as mismatches. */
async function pagesOf(at: string, { contradictions }: Shown) {
  const { open, settled, items } = contradictions;
  const all = [...items];
  let pages = 1;
  for (let { next } = contradictions; next !== undefined; pages += 1) {
    const url = `${at}/projects/${longProject}/contradictions?limit=500&cursor=${next}`;
    const page = JSON.parse(await textOf(url)) as Shown['contradictions'];
    all.push(...page.items);
    next = page.next;
  }
  const isSplit = all.every(({ settledBy }, index) => (settledBy === undefined) === index < open);
  const isWhole = all.length === open + settled && new Set(all.map(({ id }) => id)).size === all.length;
  return { pages, count: all.length, mismatches: Number(!isSplit) + Number(!isWhole) };
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
