import { beforeAll, describe, expect, test } from '@jest/globals';
import { type AdoptedRules, defaultRules } from '../../../domain/governance/rules.js';
import type { RecordedEvent } from '../../../domain/project/events.js';
import { explain } from '../../../projections/explanation/explain.js';
import type { Explanation } from '../../../projections/explanation/explanation.js';
import { numberWords } from '../../../projections/explanation/number-words.js';
import { foldProject } from '../../../projections/project/project.js';
import { history, item, measured, percent, planned, unchanged } from '../../support/entries.js';
import { exampleHistories } from '../../support/explained.js';
import { wronglyExplained } from '../../support/recomputed.js';

let entries: ReadonlyMap<string, readonly RecordedEvent[]>;
beforeAll(async () => {
  entries = await exampleHistories('district-2018');
}, 120_000);

const explained = (project: string, figure: string, asOf: string, rules: AdoptedRules = defaultRules) => {
  const state = foldProject(entries.get(project) ?? []);
  const found = explain({ state, asOf, lexiconVersion: 2, rules }, figure);
  if (!found) throw new Error(`no explanation of ${figure}; expected one`);
  return found;
};
const rootOf = ({ nodes: [root] }: Explanation) => {
  if (!root) throw new Error('an explanation without a node');
  return root;
};

describe('an alert', () => {
  test('counts the days since its entry, with the grace of the rule by itself', () => {
    const plan = planned([item('roof', 60), item('gate', 40)], '2018-01-01');
    const events = history(
      plan,
      measured('roof', percent(40), '2018-03-01'),
      unchanged('2018-03-11', '2018-04-10'),
    );
    const moment = { state: foldProject(events), asOf: '2018-04-17', lexiconVersion: 2, rules: defaultRules };
    const explanation = explain(moment, 'alert:silent-stall/project');
    const shown = explanation?.nodes.map((node) => `${node.name.en}: ${numberWords(node).en}`);
    expect(shown).toEqual([
      'no progress (reported: no change): yellow',
      'Red light: none',
      'Days since then: 47 days',
      'The day of the answer: 2018-04-17',
      'Last rise of a weighted item: 2018-03-01',
      'Limit: red from: 90 days',
      'Yellow light: yellow',
      'Limit: yellow from: 45 days',
      'Days of the rule: 30 days',
      'Days of grace, because reports come late: 15 days',
    ]);
    expect(explanation?.nodes[0]?.entries).toEqual(['e2', 'e3']);
    expect(explanation?.nodes[4]?.entries).toEqual(['e2']);
  });

  test('says that nobody is notified while a declared stall explains it', () => {
    const { words, shown } = rootOf(explained('huaao-2', 'alert:silent-stall/project', '2018-07-10'));
    expect([shown, words.en]).toEqual([
      0,
      expect.stringMatching(/The declared stall financing explains it: nobody is notified\.$/),
    ]);
  });

  test('says that it is exempt, and is as severe as without that', () => {
    const where = { project: 'huaao-2' };
    const exemption = { where, from: '2018-07-01', to: '2018-07-31', reason: 'flood' };
    const rules = { ...defaultRules, exemptions: [exemption] };
    const figure = 'alert:declared-stall/stall/financing';
    const { shown, words } = rootOf(explained('huaao-2', figure, '2018-07-10', rules));
    expect(shown).toBe(3);
    expect(words.en).toContain('Exempt from 2018-07-01 to 2018-07-31 (flood): nobody is notified');
    expect(words.zh).toContain('2018年7月1日至2018年7月31日豁免（flood）');
    const after = rootOf(explained('huaao-2', figure, '2018-08-01', rules));
    expect(after.words.en).not.toContain('Exempt');
  });
});

describe('the recomputation of an alert', () => {
  test('finds a changed limit and a changed day', () => {
    const figure = 'alert:declared-stall/stall/financing';
    const day = explained('huaao-2', figure, '2018-07-10');
    const begun = day.nodes.find(({ name }) => name.en === 'First day of the stall');
    if (begun) Object.assign(begun, { numerator: '99999', shown: 99999 });
    expect(wronglyExplained(day)).toEqual(['Red light for works: reached']);
    const level = explained('huaao-2', figure, '2018-07-10');
    const light = level.nodes.find(({ rule }) => rule === 'reached');
    if (light) light.level = 2;
    expect(wronglyExplained(level)).toEqual(['Red light for works: reached']);
  });
});
