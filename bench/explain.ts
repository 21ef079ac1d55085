import { defaultRules } from '../domain/governance/rules.js';
import { explain as explained } from '../projections/explanation/explain.js';
import { foldProject } from '../projections/project/project.js';
import { randomHistory } from '../test/support/histories.js';
import { type Effort, type Figure, figureOf } from './figures.js';

const entries = 1000;
const figures = ['percent', 'light', 'contradictions'] as const;

/** Milliseconds until a figure of a project with 1,000 entries is explained, each run of another project. */
export async function* explain({ runs, events = entries }: Effort): AsyncIterable<Figure> {
  const values = new Map<string, number[]>(figures.map((figure) => [figure, []]));
  // The first one warms up.
  for (let run = 0; run <= runs; run += 1) {
    const history = randomHistory(run + 1, { entries: events });
    const asOf =
      history.events
        .map(({ entry }) => entry.asOf)
        .sort()
        .at(-1) ?? '2018-12-31';
    for (const figure of figures) {
      // No figure finds what the one before has computed.
      const state = foldProject(history.events);
      const begun = performance.now();
      const found = explained({ state, asOf, lexiconVersion: 2, rules: defaultRules }, figure);
      const took = performance.now() - begun;
      if (!found) throw new Error(`no explanation of ${figure} of project ${run + 1}; expected one`);
      if (run > 0) values.get(figure)?.push(took);
    }
  }
  for (const [figure, took] of values)
    yield figureOf({ bench: 'explain', figure: `${figure}, ${events} entries`, unit: 'ms' }, took);
}
