import { defaultRules } from '../domain/governance/rules.js';
import { type RecordedEvent, streamOf } from '../domain/project/events.js';
import { addDays } from '../domain/values/days/calendar.js';
import { ProjectDays } from '../projections/alerts/project-on-day.js';
import type { Steps } from '../projections/facts/steps.js';
import { type Shown, shownInSteps } from '../projections/portfolio/row.js';
import { foldInSteps, foldProject, type ProjectState, withEntries } from '../projections/project/project.js';
import { uuidOf } from '../test/support/dice.js';
import { type Effort, type Figure, figureOf } from './figures.js';
import { lastDay, longLife, longProject, type SentLine } from './long-project.js';

/** An answer is for the day of the last entry or a later one. */
const asOf = addDays(lastDay, 10);

/**
 * Milliseconds of CPU until all figures, alerts and contradictions of a long project are computed: for the first time, and
 * after one more entry: at the end, for a day that up to 1,000 entries follow, for any day, and one that withdraws any entry.
 * No answer is put into words. What is `folded` is the state of the project on that day after the entry, before it is asked
 * for an answer.
 */
export async function* long({
  runs,
  isSmall,
  events = isSmall ? 2_000 : 20_000,
}: Effort): AsyncIterable<Figure> {
  const life = [...longLife(1, events)].map(eventOf);
  const values = new Map<string, number[]>();
  const turns = new Map<string, number[]>();
  const note = (what: string, { took, longest }: Measured) => {
    values.set(what, [...(values.get(what) ?? []), took]);
    turns.set(what, [...(turns.get(what) ?? []), longest]);
  };
  // The first project warms up.
  foldProject(life.slice(0, 2_000));
  const project = new LongProject();
  note('fold of the entries', project.fold(life));
  note('first answer', project.show());
  for (let run = 0; run < runs; run += 1) {
    for (const [what, back] of laterEntries(life.length, run)) {
      note(`${what}, folded`, project.add(further(project.count, life, back, what === 'withdrawn')));
      note(what, project.show());
    }
  }
  for (const [what, took] of values) {
    const of = `${what}, project of ${events} entries`;
    yield figureOf({ bench: 'long', figure: of, unit: 'ms' }, took);
    yield figureOf({ bench: 'long', figure: `${of}, longest step`, unit: 'ms' }, turns.get(what) ?? []);
  }
  yield figureOf({ bench: 'long', figure: `resident, project of ${events} entries`, unit: 'MB' }, [
    process.memoryUsage.rss() / 1024 ** 2,
  ]);
}

interface Measured<Result = unknown> {
  took: number;
  longest: number;
  result: Result;
}

/** One project with what is kept of it between answers. */
class LongProject {
  count = 0;
  private state: ProjectState | undefined;
  private days: ProjectDays | undefined;

  fold(events: readonly RecordedEvent[]): Measured {
    const measured = timed(foldInSteps(events));
    this.state = measured.result;
    this.days = new ProjectDays(measured.result);
    this.count = events.length;
    return measured;
  }

  add(event: RecordedEvent): Measured {
    this.count += 1;
    return timed(this.take(event));
  }

  /** Adds an entry to the fold of the project, without an answer. */
  private *take(event: RecordedEvent): Steps<void> {
    if (!this.state || !this.days) throw new Error('expected a folded project');
    this.state = yield* withEntries(this.state, [event]);
    yield;
    this.days = this.days.after(this.state);
    yield* this.days.on(asOf);
  }

  show(): Measured<Shown> {
    if (!this.state || !this.days) throw new Error('expected a folded project');
    const days = this.days.isUpTo(asOf) ? this.days : new ProjectDays(this.state);
    this.days = days;
    return timed(shownInSteps(this.state, defaultRules, asOf, days));
  }
}

/** The kinds of further entries, each with how many entries it is behind the last one. */
function laterEntries(count: number, run: number): [what: string, back: number][] {
  return [
    ['at the end', 0],
    ['late by up to 1,000 entries', 100 + ((run * 317) % 900)],
    ['late, any day', Math.floor(count * (0.2 + ((run * 0.37) % 0.75)))],
    ['withdrawn', Math.floor(count * (0.1 + ((run * 0.29) % 0.85)))],
  ];
}

function further(
  position: number,
  life: readonly RecordedEvent[],
  back: number,
  isWithdrawn: boolean,
): RecordedEvent {
  const about = life
    .slice(0, life.length - back)
    .findLast(({ type }) => type === 'ProgressMeasured') as RecordedEvent;
  const said = { id: uuidOf(`further ${position}`), project: longProject, asOf: about.entry.asOf };
  const line = isWithdrawn
    ? { ...said, type: 'EntryWithdrawn', entry: about.id, reason: 'Entered for another building' }
    : { ...said, type: 'ProgressMeasured', item: 'item-3', measure: { kind: 'percent', percent: 55 } };
  return eventOf(line, position);
}

function timed<Result>(steps: Steps<Result>): Measured<Result> {
  const [began, from] = [process.threadCpuUsage(), performance.now()];
  let [longest, last] = [0, from];
  for (;;) {
    const { done, value } = steps.next();
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (!done) continue;
    const { user, system } = process.threadCpuUsage(began);
    return { took: (user + system) / 1000, longest, result: value };
  }
}

/** A line of the project as it is recorded. */
function eventOf(line: SentLine, position: number): RecordedEvent {
  const { id, project, type, asOf: on, ...data } = line;
  const { measure, amount } = data as { measure?: { percent: number }; amount?: { amount: string } };
  const stored = {
    ...data,
    ...(type === 'InvestmentReported' ? { basis: 'unknown' } : {}),
    ...(type === 'PlanAdopted' ? { version: 1, basis: 'stated' } : {}),
    ...(measure ? { measure: { kind: 'percent', basisPoints: Math.round(measure.percent * 100) } } : {}),
    ...(amount
      ? { amount: { amountMinor: Number(amount.amount) * 1_000_000, currency: 'CNY', said: amount } }
      : {}),
  };
  return {
    ...{ id, stream: streamOf(longProject), revision: position, position: position + 1, type, schema: 1 },
    recordedAt: '2026-11-30T00:00:00.000Z',
    by: 'inspector',
    entry: { asOf: on, precision: 'day', source: { kind: 'inspection' } },
    data: stored,
  } as unknown as RecordedEvent;
}
