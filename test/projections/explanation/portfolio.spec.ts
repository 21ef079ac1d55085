import { expect, test } from '@jest/globals';
import { defaultRules } from '../../../domain/governance/rules.js';
import { explainableTotals, explainTotal } from '../../../projections/explanation/portfolio.js';
import { finished } from '../../../projections/facts/steps.js';
import { portfolio } from '../../../projections/portfolio/portfolio.js';
import { rowInSteps } from '../../../projections/portfolio/row.js';
import { existsOn, foldProject, type ProjectRow } from '../../../projections/project/project.js';
import { exampleHistories, examples } from '../../support/explained.js';
import { wronglyExplained } from '../../support/recomputed.js';

test.each(examples)(
  'totals of %s equal their explanation, by the figures of the projects',
  async (example) => {
    const histories = await exampleHistories(example);
    let figures = 0;
    for (const asOf of ['2018-03-31', '2018-06-30', '2018-12-31', '2019-12-31']) {
      const rows = [...histories.values()].flatMap((events): ProjectRow[] => {
        const state = foldProject(events);
        return existsOn(state, asOf) ? [finished(rowInSteps(state, defaultRules, asOf))] : [];
      });
      const { completion, investment, annualPlans } = portfolio(rows).total;
      const expected = new Map<string, number | null>([
        ['percent', completion.percentBasisPoints],
        ['floor', completion.floorBasisPoints],
        ['ceiling', completion.ceilingBasisPoints],
        ...investment.map(
          ({ basis, currency, sinceStartMinor }) =>
            [`invested:${basis}:${currency}`, sinceStartMinor] as [string, number],
        ),
        ...annualPlans.flatMap(({ currency, plannedMinor, invested }): [string, number | null][] => [
          [`annual-plan:${currency}`, plannedMinor],
          ...invested.flatMap(({ basis, investedMinor, shareBasisPoints }): [string, number | null][] => [
            [`annual-invested:${basis}:${currency}`, investedMinor],
            [`annual-share:${basis}:${currency}`, shareBasisPoints],
          ]),
        ]),
      ]);
      const shown = [...expected].filter(([, value]) => value !== null).map(([name]) => name);
      expect(explainableTotals(rows).sort()).toEqual(shown.sort());
      for (const figure of shown) {
        const explanation = explainTotal(rows, figure);
        expect([figure, explanation?.nodes[0]?.shown]).toEqual([figure, expected.get(figure)]);
        expect(wronglyExplained({ nodes: explanation?.nodes ?? [] })).toEqual([]);
        const projects = explanation?.nodes.flatMap(({ project }) => project ?? []);
        const counted = new Set(projects).size;
        expect(counted + (explanation?.notCounted.length ?? 0)).toBe(rows.length);
        figures += 1;
      }
    }
    expect(figures).toBeGreaterThan(3);
  },
  60_000,
);
