import { defaultRules } from '../domain/governance/rules.js';
import { ProjectDays } from '../projections/alerts/project-on-day.js';
import { explainable, explain as explained } from '../projections/explanation/explain.js';
import type { ExplainedMoment } from '../projections/explanation/moment.js';
import { finished } from '../projections/facts/steps.js';
import { foldProject } from '../projections/project/project.js';
import { randomHistory } from '../test/support/histories.js';
import { type Effort, type Figure, figureOf } from './figures.js';

const usualEntries = 1000;
const projects = { small: 4, full: 12 };

type History = ReturnType<typeof randomHistory>;

/**
 * Milliseconds of CPU until a figure of a project with 1,000 entries is explained, of every kind of figure, on average
 * over some projects: nothing is known from another explanation. Versus the fold of the row of the same projects.
 */
export async function* explain({ runs, isSmall, events = usualEntries }: Effort): AsyncIterable<Figure> {
  const count = projects[isSmall ? 'small' : 'full'];
  const histories = Array.from({ length: count }, (_, at) => randomHistory(at + 1, { entries: events }));
  const asked = figuresOf(histories);
  const values = new Map<string, number[]>([...asked.keys()].map((kind) => [kind, []]));
  const folds: number[] = [];
  // The first run warms up.
  for (let run = 0; run <= runs; run += 1) {
    const fold = meanOf(histories, (history) => {
      const { state, asOf } = momentOf(history);
      return () => finished(new ProjectDays(state).on(asOf));
    });
    if (run > 0) folds.push(fold);
    for (const [kind, figures] of asked) {
      const took = meanOf([...figures], ([history, figure]) => {
        const moment = momentOf(history);
        return () => {
          if (!explained(moment, figure)) throw new Error(`no explanation of ${figure}; expected one`);
        };
      });
      if (run > 0) values.get(kind)?.push(took);
    }
  }
  const versus = { name: 'the fold of its row', values: folds };
  for (const [kind, took] of values)
    yield figureOf({ bench: 'explain', figure: `${kind}, ${events} entries`, unit: 'ms' }, took, versus);
}

/** The first figure of each kind that a project has, by kind. */
function figuresOf(histories: readonly History[]): Map<string, Map<History, string>> {
  const found = new Map<string, Map<History, string>>();
  for (const history of histories)
    for (const figure of explainable(momentOf(history))) {
      const [name, about] = figure.split(':');
      const kind = about === undefined ? figure : `${name}:…`;
      const ofKind = found.get(kind) ?? new Map<History, string>();
      found.set(kind, ofKind);
      if (!ofKind.has(history)) ofKind.set(history, figure);
    }
  return found;
}

function momentOf({ events }: History): ExplainedMoment {
  const days = events.map(({ entry }) => entry.asOf).sort();
  const asOf = days.at(-1) ?? '2018-12-31';
  return { state: foldProject(events), asOf, lexiconVersion: 2, rules: defaultRules };
}

/** Milliseconds of CPU of this thread, on average; what is prepared does not count. */
function meanOf<One>(all: readonly One[], prepared: (one: One) => () => unknown): number {
  let micros = 0;
  for (const one of all) {
    const work = prepared(one);
    const before = process.threadCpuUsage();
    work();
    const { user, system } = process.threadCpuUsage(before);
    micros += user + system;
  }
  return micros / 1000 / all.length;
}
