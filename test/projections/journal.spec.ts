import { describe, expect, test } from '@jest/globals';
import { journal } from '../../projections/project/journal.js';
import {
  cleared,
  count,
  described,
  done,
  type Entry,
  entered,
  forecast,
  history,
  invested,
  item,
  measured,
  percent,
  planned,
  registered,
  stalled,
  storeys,
  unchanged,
  wan,
  withdrawn,
  word,
} from '../support/entries.js';
import { fold } from '../support/folds.js';

const may31 = '2018-05-31';
const june1 = '2018-06-01';
const june30 = '2018-06-30';
const july10 = '2018-07-10';

const journalAt = (asOf: string, ...entries: Entry[]) =>
  journal.view(fold(journal, history(...entries)), asOf).entries;

const roof = item('roof', 1, { name: { en: 'Roof of the welding shop', zh: '焊装车间屋面' } });
const equipment = item('equipment', 1, {
  name: { zh: '设备' },
  measure: 'steps',
  steps: [{ id: 'installed', name: { en: 'installed', zh: '安装' }, weight: 1 }],
});
const plan = planned([roof, equipment], may31, { plannedInvestment: wan(10_000) });

describe('in plain words', () => {
  const wordsOf = (entry: Entry, before: Entry[] = [plan]) => {
    const { en, zh } = journalAt(july10, ...before, entry).at(-1)?.words ?? {};
    return [en, zh];
  };

  const said: [Entry, string, string][] = [
    [registered({}, may31), 'Registered: Huaao car, phase II.', '登记项目：华奥汽车二期。'],
    [
      described({ owner: { en: 'Huaao' }, district: { en: 'Fuyang' } }, june30),
      'Details changed: owner, district.',
      '项目信息变更：业主、属地。',
    ],
    [
      planned([roof], june30, { version: 2 }),
      'Plan 2 adopted: 1 work item.',
      '发布第 2 版计划：1 个工程部位。',
    ],
    [
      plan,
      'Plan 1 adopted: 2 work items, planned investment 10,000 万元.',
      '发布第 1 版计划：2 个工程部位，计划总投资 10,000 万元。',
    ],
    [done('roof', june30), 'Roof of the welding shop done.', '焊装车间屋面完成。'],
    [done('equipment/installed', june30), '设备 (installed) done.', '设备（安装）完成。'],
    [
      measured('roof', percent(85.5), june30),
      'Roof of the welding shop: 85.5 %.',
      '焊装车间屋面：完成 85.5%。',
    ],
    [
      measured('dormitories', count(3, 5, '幢'), june30),
      'dormitories: 3 of 5.',
      'dormitories：5 幢中完成 3 幢。',
    ],
    [
      measured('shops', count(5), june30),
      'shops: 5 done, of how many was not said.',
      'shops：已完成 5 个，总数未说明。',
    ],
    [measured('pipe', count(300, 400, 'm'), june30), 'pipe: 300 of 400 m.', 'pipe：400 m 中完成 300 m。'],
    [measured('frame', storeys(2, 8), june30), 'frame: at storey 2 of 8.', 'frame：到第 2 层，共 8 层。'],
    [
      measured('frame', storeys(2), june30),
      'frame: at storey 2, of how many was not said.',
      'frame：到第 2 层，总层数未说明。',
    ],
    [
      measured('equipment/installed', word('mostly'), june30),
      '设备 (installed): mostly ("大部分").',
      '设备（安装）：大部分。',
    ],
    [
      invested(wan(6_900), june30),
      '6,900 万元 invested since the start (basis not stated).',
      '累计完成投资 6,900 万元（口径未说明）。',
    ],
    [
      invested(wan(800), june30, { shareOfPlanBasisPoints: 8000, basis: 'physical' }),
      '800 万元 invested since the start (by physical progress), 80 % of the plan.',
      '累计完成投资 800 万元（形象进度法），占总投资 80%。',
    ],
    [
      invested({ amountMinor: 123_456_789, currency: 'CNY' }, june30, { span: 'year', basis: 'accounting' }),
      'CNY 1,234,567.89 invested in 2018 so far (by the accounts).',
      '2018年累计完成投资 1,234,567.89 元（财务支出法）。',
    ],
    [
      invested({ amountMinor: 50_000, currency: 'JPY' }, june30, { span: 'month' }),
      'JPY 50,000 invested in June 2018 (basis not stated).',
      '2018年6月完成投资 50,000 JPY（口径未说明）。',
    ],
    [
      stalled({ from: june1, to: june30 }, june30),
      'Was stalled (works): financing, in June 2018.',
      '停工：融资，2018年6月。',
    ],
    [
      stalled({ cause: 'licence', blocks: ['production', 'staffing'], from: june1 }, june30),
      'Stalled (production, staffing): licence, since 2018-06-01.',
      '停产、人员不到位：资质许可，自 2018年6月1日起。',
    ],
    [
      forecast('production', ['2019-03-01', '2019-03-31'], june30, {
        scope: { zh: '整车' },
        reason: { en: 'no licence yet' },
      }),
      'Production expected in March 2019 (整车). Reason: no licence yet.',
      '投产（整车）预计 2019年3月。原因：no licence yet。',
    ],
    [
      forecast('completion', ['2018-07-01', '2018-12-31'], june30),
      'Completion expected in the second half of 2018.',
      '完工预计 2018年下半年。',
    ],
    [
      forecast('roof', [july10, july10], june30),
      'Roof of the welding shop expected on 2018-07-10.',
      '焊装车间屋面预计 2018年7月10日。',
    ],
    [
      forecast('completion', ['2018-07-02', '2018-08-31'], june30),
      'Completion expected between 2018-07-02 and 2018-08-31.',
      '完工预计 2018年7月2日至 2018年8月31日。',
    ],
    [entered('trial-production', june30), 'Trial production began.', '开始试生产。'],
    [unchanged(june1, june30), 'No change in June 2018.', '2018年6月无变化。'],
    [unchanged(june30, june30), 'No change on 2018-06-30.', '2018年6月30日无变化。'],
  ];

  test.each(said.map(([entry, en, zh]) => ({ entry, en, zh })))('$en', ({ entry, en, zh }) => {
    expect(wordsOf(entry)).toEqual([en, zh]);
  });

  test('a clearance names the cause that ended', () => {
    expect(wordsOf(cleared('money', july10), [stalled({ stall: 'money' }, june30)])).toEqual([
      'Moves again, no longer held up: financing.',
      '恢复推进，受阻原因已解除：融资。',
    ]);
  });

  test('a withdrawal repeats the withdrawn entry and states why', () => {
    expect(
      wordsOf(withdrawn('e2', july10, 'misread'), [plan, measured('roof', percent(85), june30)]),
    ).toEqual([
      'Withdrawn: "Roof of the welding shop: 85 %." Reason: misread.',
      '撤回：“焊装车间屋面：完成 85%。”原因：misread。',
    ]);
  });

  test('an item has its name at the time of recording', () => {
    const renamed = planned([{ ...roof, name: { en: 'Roof A', zh: '屋面A' } }], june30, { version: 2 });
    const said = journalAt(
      july10,
      done('roof', june30),
      plan,
      done('roof', june30),
      renamed,
      done('roof', july10),
    );
    expect(said.filter((entry) => entry.type === 'MilestoneReached').map((entry) => entry.words.en)).toEqual([
      'roof done.',
      'Roof of the welding shop done.',
      'Roof A done.',
    ]);
  });
});

describe('an entry and its corrections', () => {
  const entries = [
    measured('roof', percent(85), june30, { precision: 'period-end', isInferred: true }),
    withdrawn('e1', july10, 'another building'),
    measured('roof', percent(58), june30, { corrects: 'e1' }),
  ];

  test('both clocks, author, source, and the correction beside what it corrects', () => {
    expect(journalAt(july10, ...entries)).toEqual([
      {
        id: 'e1',
        position: 1,
        revision: 0,
        recordedAt: '2018-07-10T08:00:00.000Z',
        by: 'inspector-7',
        type: 'ProgressMeasured',
        data: { item: 'roof', measure: percent(85) },
        asOf: june30,
        precision: 'period-end',
        isInferred: true,
        source: { kind: 'inspection' },
        words: { en: 'roof: 85 %.', zh: 'roof：完成 85%。' },
        correctedBy: 'e3',
        withdrawn: { by: 'e2', reason: 'another building', recordedAt: '2018-07-10T08:01:00.000Z' },
      },
      {
        id: 'e2',
        position: 2,
        revision: 1,
        recordedAt: '2018-07-10T08:01:00.000Z',
        by: 'inspector-7',
        type: 'EntryWithdrawn',
        data: { entry: 'e1', reason: 'another building' },
        asOf: july10,
        precision: 'day',
        source: { kind: 'inspection' },
        words: {
          en: 'Withdrawn: "roof: 85 %." Reason: another building.',
          zh: '撤回：“roof：完成 85%。”原因：another building。',
        },
      },
      {
        id: 'e3',
        position: 3,
        revision: 2,
        recordedAt: '2018-07-10T08:02:00.000Z',
        by: 'inspector-7',
        type: 'ProgressMeasured',
        data: { item: 'roof', measure: percent(58) },
        asOf: june30,
        precision: 'day',
        source: { kind: 'inspection' },
        words: { en: 'roof: 58 %.', zh: 'roof：完成 58%。' },
        corrects: 'e1',
      },
    ]);
  });

  test('an entry about a later day is left out; its withdrawal is shown all the same', () => {
    const shown = journalAt(june30, ...entries);
    expect(shown.map((entry) => entry.id)).toEqual(['e1', 'e3']);
    expect(shown[0]?.withdrawn?.by).toBe('e2');
  });
});
