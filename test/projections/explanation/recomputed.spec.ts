import { beforeAll, describe, expect, test } from '@jest/globals';
import { defaultRules } from '../../../domain/governance/rules.js';
import type { RecordedEvent } from '../../../domain/project/events.js';
import { explain } from '../../../projections/explanation/explain.js';
import type { Explanation } from '../../../projections/explanation/explanation.js';
import { foldProject } from '../../../projections/project/project.js';
import { compareExplanations, exampleHistories, examples } from '../../support/explained.js';
import { wronglyExplained } from '../../support/recomputed.js';

/** How many points of both clocks; `TOPOUT_MOMENTS=200` compares more. */
const moments = Number(process.env.TOPOUT_MOMENTS ?? 20);

describe.each(examples)('every figure of %s', (example) => {
  test('equals its explanation, whose every node follows from its children', async () => {
    const histories = await exampleHistories(example);
    const compared = compareExplanations(histories, { seed: 19, moments });
    const { mismatches, ...counts } = compared;
    expect(mismatches.slice(0, 20)).toEqual([]);
    expect(counts.figures).toBeGreaterThan(100);
    expect(counts.carried).toBe(0);
  }, 600_000);
});

describe('the recomputation', () => {
  let entries: RecordedEvent[] = [];
  beforeAll(async () => {
    entries = (await exampleHistories('district-2018')).get('huaao-2') ?? [];
  });
  const explained = (): Explanation => {
    const state = foldProject(entries);
    const found = explain({ state, asOf: '2018-06-30', rules: defaultRules, lexiconVersion: 2 }, 'percent');
    if (!found) throw new Error('expected an explanation');
    return found;
  };

  test('finds nothing wrong with huaao-2 at 49.92 %', () => {
    const explanation = explained();
    expect(explanation.nodes[0]).toMatchObject({ shown: 4992, numerator: '14975', denominator: '3' });
    expect(wronglyExplained(explanation)).toEqual([]);
  });

  test('finds a changed weight, a changed child and a changed rounding', () => {
    const weight = explained();
    const part = weight.nodes[0]?.children[1];
    if (part?.weight) part.weight.numerator = '36';
    expect(wronglyExplained(weight)).toEqual(['The whole project, percent: mean']);
    const child = explained();
    const leaf = child.nodes.find(({ item, rule }) => item === 'rain-pipe' && rule === 'stated');
    if (leaf) Object.assign(leaf, { numerator: '8501', shown: 8501 });
    expect(wronglyExplained(child)).toEqual(['Outdoor works, percent: mean']);
    const shown = explained();
    if (shown.nodes[0]) shown.nodes[0].shown = 4991;
    expect(wronglyExplained(shown)).toEqual(['The whole project, percent: mean']);
  });
});
