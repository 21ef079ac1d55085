import { defaultRules } from '../domain/governance/rules.js';
import { explain as explained } from '../projections/explanation/explain.js';
import { foldProject } from '../projections/project/project.js';
import { randomHistory } from '../test/support/histories.js';
import { type Effort, type Figure, figureOf } from './figures.js';

const entries = 1000;

/** Milliseconds until the percentage of a project with 1,000 entries is explained, each run of another project. */
export async function* explain({ runs, events = entries }: Effort): AsyncIterable<Figure> {
  const values: number[] = [];
  // The first one warms up.
  for (let run = 0; run <= runs; run += 1) {
    const history = randomHistory(run + 1, { entries: events });
    const state = foldProject(history.events);
    const asOf =
      history.events
        .map(({ entry }) => entry.asOf)
        .sort()
        .at(-1) ?? '2018-12-31';
    const begun = performance.now();
    const found = explained({ state, asOf, lexiconVersion: 2, rules: defaultRules }, 'percent');
    const took = performance.now() - begun;
    if (!found) throw new Error(`no explanation of project ${run + 1}; expected one`);
    if (run > 0) values.push(took);
  }
  yield figureOf({ bench: 'explain', figure: `percent, ${events} entries`, unit: 'ms' }, values);
}
