import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultLexicon } from '../../domain/governance/lexicons.js';
import { defaultRules } from '../../domain/governance/rules.js';
import { ofProjects } from '../../domain/log/any-event.js';
import { projectOf, type RecordedEvent } from '../../domain/project/events.js';
import { addDays, latestDayOnEarth } from '../../domain/values/days/calendar.js';
import { alertsAt } from '../../projections/alerts/alerts-at.js';
import { changes } from '../../projections/changes/changes.js';
import { projectSeries } from '../../projections/changes/series.js';
import type { ContradictionsView } from '../../projections/contradictions/contradictions.js';
import { type Portfolio, portfolio } from '../../projections/portfolio/portfolio.js';
import { existsOn, foldProject } from '../../projections/project/project.js';
import { Execute } from '../../src/app/commands/execute.js';
import type { MomentAsked } from '../../src/app/queries/asked.js';
import { Asking } from '../../src/app/queries/asking.js';
import { ReadDistrict } from '../../src/app/queries/read-district.js';
import { ReadProject } from '../../src/app/queries/read-project.js';
import { Views } from '../../src/app/views/views.js';
import { openViews } from '../../src/composition/view-list.js';
import { world } from '../../src/composition/world.js';
import { openSqliteStore } from '../../src/event-store/sqlite/sqlite.js';
import { type Dice, diceOf } from './dice.js';
import { journalAt, type ProjectView, projectAt, rowOf } from './folds.js';
import { epoch, randomCommands } from './histories.js';

/** The result of comparing the views with a naive fold. */
export interface TwoClocks {
  histories: number;
  events: number;
  /** Compared points of both clocks. */
  points: number;
  /** The number of answers compared, byte for byte. */
  answers: number;
  /** The number of answers that differed from the naive fold. */
  mismatch: number;
  /** The number of answers during growth that had changed when requested again at the end. */
  moved: number;
  firstMismatch?: string;
}

const law = { lexicon: defaultLexicon.version, rules: defaultRules };
const withoutLimit = { limit: Number.MAX_SAFE_INTEGER };

/**
 * Writes random histories of many projects through the application, then requests points of both clocks and compares
 * every answer with a fold of only the entries known by then.
 *
 * @param isBroken loses the last known entry of every past moment, which the comparison must detect
 */
export async function compareWithNaiveFold(options: {
  seed: number;
  histories: number;
  pointsEach: number;
  isBroken?: boolean;
}): Promise<TwoClocks> {
  const { seed, histories, pointsEach } = options;
  const dice = diceOf(seed);
  const folder = mkdtempSync(join(tmpdir(), 'topout-clocks-'));
  const clock = { at: epoch };
  const ports = { ...world, now: () => clock.at };
  const store = openSqliteStore(':memory:', { ...ports, nextTurn: (call) => void setImmediate(call) });
  const views = await openViews({
    store,
    world: ports,
    storeName: 'clocks',
    path: join(folder, 'views.db'),
  });
  try {
    const asking = new Asking(views, () => latestDayOnEarth(clock.at));
    const [ofProject, ofDistrict] = [new ReadProject(asking), new ReadDistrict(asking)];
    const execute = new Execute(store, ports, () => latestDayOnEarth(clock.at));
    const sent = Array.from({ length: histories }, (_, i) =>
      randomCommands((seed + i) % 2 ** 32, dice.int(3, 25), {
        project: `project-${i}`,
        explains: true,
        secondId: (id) => world.derivedId(id, '1'),
      }),
    );
    const found: TwoClocks = { histories, events: 0, points: 0, answers: 0, mismatch: 0, moved: 0 };
    const early: { project: string; asked: MomentAsked; answer: string }[] = [];
    for (const command of sent.flat().toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))) {
      clock.at = command.at;
      const { position } = await execute.run(command.project, command.command, command);
      if (!dice.chance(4)) continue;
      const answer = await ofProject
        .project(command.project, { asOf: latestDayOnEarth(epoch), after: position })
        .catch(() => undefined);
      if (!answer) continue;
      const { asOf, knownAt } = answer;
      early.push({ project: command.project, asked: { asOf, knownAt }, answer: JSON.stringify(answer) });
    }
    const log: RecordedEvent[] = [];
    for await (const page of store.readAll()) log.push(...ofProjects(page));
    found.events = log.length;
    await views.waitFor(log.length);
    if (options.isBroken) loseLastEntry(views);
    const byProject = new Map<string, RecordedEvent[]>();
    for (const event of log) {
      const project = projectOf(event.stream);
      byProject.set(project, [...(byProject.get(project) ?? []), event]);
    }
    for (const [project, events] of byProject) {
      for (let point = 0; point < pointsEach; point++) {
        const before = pointOn(events, log.length, dice);
        const after = pointOn(events, log.length, dice);
        found.points++;
        await compareAt(ofProject, project, events, before, after, found);
      }
    }
    for (const { project, asked, answer } of early) {
      const again = await ofProject.project(project, asked).catch((error: Error) => error);
      if (JSON.stringify(again) !== answer) found.moved++;
    }
    const [before, after] = [pointOn(log, log.length, dice), pointOn(log, log.length, dice)];
    const totals = [before, after].map((point) => comparePortfolio(ofDistrict, byProject, point, found));
    await compareTotals(ofDistrict, [before, after], await Promise.all(totals), found);
    return found;
  } finally {
    await views.close();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Point {
  asOf: string;
  position: number;
}

function pointOn(events: readonly RecordedEvent[], head: number, dice: Dice): Point {
  const day = events[dice.int(0, events.length - 1)]?.entry.asOf ?? '2018-01-01';
  return { asOf: addDays(day, dice.int(-2, 2)), position: dice.chance(20) ? head : dice.int(0, head) };
}

/** The naive way: take the known entries, fold them from scratch, view one day. */
function known(events: readonly RecordedEvent[], point: Point) {
  const state = foldProject(knownBy(events, point.position));
  return existsOn(state, point.asOf) ? state : undefined;
}

function knownBy(events: readonly RecordedEvent[], position: number): RecordedEvent[] {
  return events.filter((event) => event.position <= position);
}

/** The other naive way: entries about later days are left out of the fold, not out of the view. */
function figuresOfTheDay(events: readonly RecordedEvent[], { asOf, position }: Point) {
  const counted = events.filter(
    (event) => event.position <= position && (event.entry.asOf <= asOf || event.type === 'EntryWithdrawn'),
  );
  return figures(projectAt(foldProject(counted), asOf));
}

function figures({ completion, investment, schedule, stalls }: ProjectView) {
  return { completion, investment, schedule, stalls };
}

async function compareAt(
  ofProject: ReadProject,
  project: string,
  events: readonly RecordedEvent[],
  before: Point,
  after: Point,
  found: TwoClocks,
): Promise<void> {
  const asked = askedFor(after);
  const moment = { asOf: after.asOf, knownAt: { position: after.position } };
  const state = known(events, after);
  const compare = async (name: string, answer: Promise<unknown>, naive: unknown) => {
    const given = await answer.catch((error: Error) => error);
    note(found, `${name} of ${project} at ${after.asOf}, position ${after.position}`, given, naive);
  };
  if (!state) {
    await compare(
      'absence',
      ofProject.project(project, asked).catch((error) => error.reason),
      'project-not-found',
    );
    return;
  }
  const revision = events.findLast((event) => event.position <= after.position)?.revision;
  const view = projectAt(state, after.asOf);
  await compare('project', ofProject.project(project, asked), {
    ...moment,
    revision,
    ...view,
    contradictions: counted(view.contradictions),
    alerts: alertsAt(state, defaultRules, after.asOf),
  });
  switch (found.points % 4) {
    case 0:
      return compare('figures of the day', Promise.resolve(figures(view)), figuresOfTheDay(events, after));
    case 1: {
      const grownBy = (id: string) =>
        (view.completion.grown ?? [])
          .filter(({ entries }) => entries.at(-1) === id)
          .map(({ words }) => words);
      const items = journalAt(state, after.asOf).entries.map((line) => {
        const grown = grownBy(line.id);
        return grown.length > 0 ? { ...line, grown } : line;
      });
      const page = { ...withoutLimit, newestFirst: false };
      return compare('journal', ofProject.journal(project, asked, page), { ...moment, items });
    }
    case 2: {
      const items = projectSeries(state, { to: after.asOf });
      return compare('series', ofProject.series(project, asked), { project, ...moment, items });
    }
    default: {
      const from = { asOf: before.asOf, knownAt: { position: before.position } };
      const earlier = { state: foldProject(knownBy(events, before.position)), asOf: before.asOf, law };
      const naive = changes(earlier, { state, asOf: after.asOf, law });
      return compare('changes', ofProject.changes(project, askedFor(before), asked), {
        project,
        from,
        to: moment,
        ...naive,
      });
    }
  }
}

/** The register as a project shows it, up to a hundred entries. */
function counted({ open, explained, settled }: ContradictionsView) {
  const items = [open, explained, settled].flatMap((found) => found.toReversed());
  return { open: open.length, explained: explained.length, settled: settled.length, items };
}

async function comparePortfolio(
  ofDistrict: ReadDistrict,
  byProject: ReadonlyMap<string, RecordedEvent[]>,
  point: Point,
  found: TwoClocks,
): Promise<Portfolio> {
  const moment = { asOf: point.asOf, knownAt: { position: point.position } };
  const rows = [...byProject]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, events]) => known(events, point) ?? [])
    .map((state) => rowOf(projectAt(state, point.asOf), alertsAt(state, defaultRules, point.asOf).light));
  note(found, 'projects', await ofDistrict.projects(askedFor(point), {}, withoutLimit), {
    ...moment,
    items: rows,
  });
  const totals = portfolio(rows, 'stage');
  note(found, 'portfolio', await ofDistrict.portfolio(askedFor(point), 'stage', {}), {
    ...moment,
    ...totals,
  });
  return totals;
}

/** The means and lights of a comparison are those of the totals at both moments. */
async function compareTotals(
  ofDistrict: ReadDistrict,
  points: readonly [Point, Point],
  totals: readonly Portfolio[],
  found: TwoClocks,
): Promise<void> {
  const [from, to] = totals.map(({ total: { completion, lights } }) => ({
    ...figuresIn(completion),
    lights,
  }));
  const changed = await ofDistrict.totalChanges(askedFor(points[0]), askedFor(points[1]), {});
  const at = (side: 'from' | 'to') => ({
    floor: changed.completion.floor[side],
    percent: changed.completion.percent[side],
    ceiling: changed.completion.ceiling[side],
    lights: changed.lights[side],
  });
  note(found, 'totals between', [at('from'), at('to')], [from, to]);
}

function figuresIn(completion: Portfolio['total']['completion']) {
  const { floorBasisPoints, percentBasisPoints, ceilingBasisPoints } = completion;
  return { floor: floorBasisPoints, percent: percentBasisPoints, ceiling: ceilingBasisPoints };
}

function note(found: TwoClocks, what: string, answer: unknown, naive: unknown): void {
  found.answers++;
  if (JSON.stringify(answer) === JSON.stringify(naive)) return;
  found.mismatch++;
  found.firstMismatch ??= what;
}

function askedFor({ asOf, position }: Point): MomentAsked {
  return { asOf, knownAt: { position } };
}

function loseLastEntry(views: Views): void {
  const entries = views.entries.bind(views);
  views.entries = (project, position) => entries(project, position - 1);
}
