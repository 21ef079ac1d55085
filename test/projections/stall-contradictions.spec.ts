import { describe, expect, test } from '@jest/globals';
import { defaultRules } from '../../domain/governance/rules.js';
import { contradictions } from '../../projections/contradictions/contradictions.js';
import { settlingWords } from '../../projections/contradictions/settling.js';
import { foldProject } from '../../projections/project/project.js';
import {
  cleared,
  done,
  type Entry,
  entered,
  history,
  item,
  measured,
  percent,
  planned,
  stalled,
  unchanged,
  withdrawn,
} from '../support/entries.js';
import { fold, rowSteps } from '../support/folds.js';

const planDay = '2018-01-01';
const may31 = '2018-05-31';
const june1 = '2018-06-01';
const june15 = '2018-06-15';
const june20 = '2018-06-20';
const june30 = '2018-06-30';
const july1 = '2018-07-01';
const july10 = '2018-07-10';
const aug1 = '2018-08-01';

/** Entries with an id of their own each: a, b, c ... in the order in which they are given. */
const named = (entries: readonly Entry[]) =>
  entries.map((entry, index) => ({ id: String.fromCharCode(97 + index), ...entry }));

function register(entries: readonly Entry[]) {
  const events = history(...entries);
  const view = contradictions.view(fold(contradictions, events), aug1);
  const steps = rowSteps(foldProject(events), defaultRules, planDay);
  const row = steps.findLast(({ from }) => from <= aug1)?.row;
  expect(row?.openContradictions).toBe(view.open.length);
  return {
    open: view.open.map((one) => [one.rule, ...one.entries]).toSorted(),
    settled: view.settled.map((one) => [one.rule, ...one.entries, `by ${one.settledBy}`]).toSorted(),
  };
}

/** What is found; what is open, whatever was typed first. Withdrawals stay last. */
function found(...entries: Entry[]) {
  const all = named(entries);
  const [ends, others] = [
    all.filter(({ type }) => type === 'EntryWithdrawn'),
    all.filter(({ type }) => type !== 'EntryWithdrawn'),
  ];
  const typed = register(all);
  expect(register([...others.toReversed(), ...ends]).open).toEqual(typed.open);
  return typed;
}
const open = (...contradictions: string[][]) => ({ open: contradictions, settled: [] });
const settled = (...contradictions: string[][]) => ({ open: [], settled: contradictions });
const nothing = open();

describe('a stall that is declared twice', () => {
  const first = stalled({ stall: 'june-1' }, june1);
  const again = stalled({ stall: 'june-15' }, june15);

  test('with different days, is listed', () => {
    expect(found(first, again)).toEqual(open(['stall-declared-twice', 'b', 'a']));
  });

  test.each([
    ['another item', stalled({ stall: 'june-15', item: 'roof' }, june15)],
    ['another cause', stalled({ stall: 'june-15', cause: 'land' }, june15)],
    ['something else that it blocks', stalled({ stall: 'june-15', blocks: ['production'] }, june15)],
  ] as const)('of %s is another stall', (_, other) => {
    expect(found(first, other)).toEqual(nothing);
  });

  test('after the first one was cleared is another stall', () => {
    expect(found(first, cleared('june-1', june15), again)).toEqual(nothing);
  });

  test('within the days of one that was over is listed as well', () => {
    const past = stalled({ stall: 'past', from: june1, to: june30 }, july10);
    expect(found(again, past)).toEqual(open(['stall-declared-twice', 'b', 'a']));
    const before = stalled({ stall: 'before', from: june1, to: '2018-06-14' }, july10);
    expect(found(again, before)).toEqual(nothing);
  });

  test('is settled by the end of either', () => {
    expect(found(first, again, cleared('june-1', june30))).toEqual(
      settled(['stall-declared-twice', 'b', 'a', 'by c']),
    );
    expect(found(first, again, cleared('june-15', june30))).toEqual(
      settled(['stall-declared-twice', 'b', 'a', 'by c']),
    );
  });

  test('is settled by a withdrawal, and by a correction to another cause', () => {
    expect(found(first, again, withdrawn('b', july10))).toEqual(
      settled(['stall-declared-twice', 'b', 'a', 'by c']),
    );
    const corrected = stalled({ stall: 'june-15', cause: 'land', from: june15 }, june15, { corrects: 'b' });
    expect(register(named([first, again, withdrawn('b', july10), corrected]))).toEqual(
      settled(['stall-declared-twice', 'b', 'a', 'by c']),
    );
  });

  test('under one id is one stall while it is open', () => {
    expect(found(first, stalled({ stall: 'june-1', from: june15 }, june15))).toEqual(nothing);
    const backdated = stalled({ stall: 'june-1', from: june15 }, july10);
    expect(found(first, cleared('june-1', june30), backdated)).toEqual(
      open(['stall-declared-twice', 'c', 'a']),
    );
  });
});

describe('a clearing', () => {
  const stall = stalled({ stall: 'money' }, june15);

  test('of a stall that was never declared is listed alone', () => {
    expect(found(cleared('money', june30))).toEqual(open(['clearing-misfits', 'a']));
  });

  test('before the stall was declared is listed with the declaration', () => {
    expect(found(cleared('money', june1), stall)).toEqual(open(['clearing-misfits', 'a', 'b']));
  });

  test('before the first day of the stall is listed', () => {
    const since = stalled({ stall: 'money', from: june30 }, june15);
    expect(found(since, cleared('money', june20))).toEqual(open(['clearing-misfits', 'b', 'a']));
  });

  test('of a stall that is cleared already is listed with the first clearing', () => {
    expect(found(stall, cleared('money', june30), cleared('money', july10))).toEqual(
      open(['clearing-misfits', 'c', 'b']),
    );
  });

  test.each([
    ['its last day', june30, nothing],
    ['the day after', july1, nothing],
    ['a day before', june20, open(['clearing-misfits', 'b', 'a'])],
    ['a later day', july10, open(['clearing-misfits', 'b', 'a'])],
  ] as const)('of an episode of the past, on %s', (_, day, expected) => {
    const past = stalled({ stall: 'money', from: june1, to: june30 }, june15);
    expect(found(past, cleared('money', day))).toEqual(expected);
  });

  test('is settled by a later report of the stall that agrees with it', () => {
    const past = stalled({ stall: 'money', from: june1, to: june30 }, july10);
    expect(found(cleared('money', july1), past)).toEqual(settled(['clearing-misfits', 'a', 'by b']));
    expect(found(cleared('money', june20), past)).toEqual(open(['clearing-misfits', 'a', 'b']));
  });

  test('before or after an expected end fits it', () => {
    const expected = stalled({ stall: 'money', from: june1, expectedEnd: june30 }, june15);
    for (const day of [june20, june30, july10])
      expect(found(expected, cleared('money', day))).toEqual(nothing);
  });

  test('of a declaration that was withdrawn is listed, and a corrected declaration keeps it', () => {
    const entries = [stall, cleared('money', june30), withdrawn('a', july10)];
    expect(register(named(entries))).toEqual(open(['clearing-misfits', 'b']));
    const moved = stalled({ stall: 'money', from: june1 }, july10, { corrects: 'a' });
    expect(register(named([...entries, moved]))).toEqual(nothing);
  });

  test('is settled by a withdrawal of either side', () => {
    const twice = [stall, cleared('money', june30), cleared('money', july10)];
    for (const side of ['b', 'c'])
      expect(found(...twice, withdrawn(side, july10))).toEqual(
        settled(['clearing-misfits', 'c', 'b', 'by d']),
      );
  });
});

describe('a resumption', () => {
  test('of what was not suspended is listed', () => {
    expect(found(entered('started', may31), entered('resumed', june30))).toEqual(
      open(['resumed-but-not-suspended', 'b']),
    );
  });

  test('for the second time is listed with the first one', () => {
    expect(
      found(entered('suspended', june1), entered('resumed', june15), entered('resumed', june30)),
    ).toEqual(open(['resumed-but-not-suspended', 'c', 'b']));
  });

  test('after a suspension, or a stall of all works, fits', () => {
    expect(found(entered('suspended', june1), entered('resumed', june30))).toEqual(nothing);
    expect(found(stalled({}, june1), cleared('money', june15), entered('resumed', june30))).toEqual(nothing);
    expect(found(stalled({ item: 'roof' }, june1), entered('resumed', june30))).toEqual(
      open(['resumed-but-not-suspended', 'b']),
    );
  });

  test('is settled by a withdrawal', () => {
    expect(found(entered('resumed', june30), entered('started', june1), withdrawn('a', july10))).toEqual(
      settled(['resumed-but-not-suspended', 'a', 'by c']),
    );
  });
});

describe('a stage while everything is stalled', () => {
  test.each([
    'started',
    'built',
    'trial-operation',
    'opened-to-traffic',
    'in-use',
    'handed-over',
    'accepted',
  ] as const)('suspended, not resumed, and %s', (stage) => {
    expect(found(entered('suspended', june1), entered(stage, june30))).toEqual(
      open(['no-progress-but-stage', 'a', 'b']),
    );
    expect(found(entered('suspended', june1), entered('resumed', june15), entered(stage, june30))).toEqual(
      nothing,
    );
  });

  test('resumed, and a declared stall of all works is still open', () => {
    const entries = [stalled({}, june1), entered('resumed', june15)];
    expect(found(...entries)).toEqual(open(['no-progress-but-stage', 'a', 'b']));
    expect(found(...entries, cleared('money', june30)).open).toHaveLength(1);
    expect(register(named([...entries, cleared('money', june15)]))).toEqual(nothing);
  });

  test('built during a stall of one section contradicts it, a stage of the project does not', () => {
    const plan = planned([item('roof', 1), item('hall', 1)], planDay);
    const stall = stalled({ item: 'roof' }, june1);
    expect(found(plan, stall, entered('built', june30))).toEqual(open(['no-progress-but-stage', 'b', 'c']));
    expect(found(plan, stall, entered('started', june30))).toEqual(nothing);
  });

  test('no change in a month in which it was built', () => {
    expect(found(entered('built', june15), unchanged(june1, june30))).toEqual(
      open(['no-progress-but-stage', 'b', 'a']),
    );
    expect(found(entered('built', july1), unchanged(june1, june30))).toEqual(nothing);
  });

  test.each(['contracted', 'registered-in-statistics', 'cancelled'] as const)(
    '%s says nothing of the works',
    (stage) => {
      expect(found(entered('suspended', june1), entered(stage, june30))).toEqual(nothing);
    },
  );
});

describe('progress of an item', () => {
  const plan = planned([item('roof', 1), item('frame', 1, { parent: 'roof' }), item('hall', 1)], planDay);
  const stall = stalled({ item: 'roof' }, june1);

  test('under a stall of the works contradicts it, beside it does not', () => {
    const of = (on: string) => [measured(on, percent(20), may31), measured(on, percent(40), june30)];
    expect(found(plan, stall, ...of('frame'))).toEqual(open(['no-progress-but-rose', 'b', 'd']));
    expect(found(plan, stall, ...of('hall'))).toEqual(nothing);
  });

  test('under a stall of production or staffing fits', () => {
    const staff = stalled({ item: 'roof', cause: 'labour', blocks: ['staffing'] }, june1);
    expect(found(plan, staff, done('frame', june30))).toEqual(nothing);
  });
});

describe('what is cancelled', () => {
  const roof = item('roof', 1);
  const plan = planned([roof, item('hall', 1)], planDay);
  const cut = planned(
    [{ ...roof, weight: 0, isCancelled: true }, item('frame', 1, { parent: 'roof' }), item('hall', 1)],
    june15,
    { version: 2 },
  );
  const back = planned([roof, item('hall', 1)], july1, { version: 3 });

  test('a stall of an item that the plan cancels, declared before or after', () => {
    const before = stalled({ item: 'roof' }, june1);
    const after = stalled({ item: 'frame' }, june30);
    expect(found(plan, before, cut)).toEqual(open(['stall-of-cancelled', 'b', 'c']));
    expect(found(plan, cut, after)).toEqual(open(['stall-of-cancelled', 'c', 'b']));
    expect(found(plan, cut, stalled({ item: 'hall' }, june30))).toEqual(nothing);
  });

  test('is settled by the end of the stall, and by a plan that names the item again', () => {
    const entries = [plan, stalled({ item: 'roof' }, june1), cut];
    const by = (entry: string) => settled(['stall-of-cancelled', 'b', 'c', `by ${entry}`]);
    expect(found(...entries, cleared('money', june30))).toEqual(by('d'));
    expect(found(...entries, back)).toEqual(by('d'));
    expect(found(...entries, withdrawn('b', july10))).toEqual(by('d'));
  });

  test('a stall that was over before the item was cancelled fits', () => {
    const past = stalled({ item: 'roof', from: may31, to: june1 }, june30);
    expect(found(plan, cut, past)).toEqual(nothing);
  });

  test('a stall of a project that was cancelled before', () => {
    expect(found(entered('cancelled', june1), stalled({}, june30))).toEqual(
      open(['stall-of-cancelled', 'b', 'a']),
    );
    expect(found(stalled({}, june1), entered('cancelled', june30))).toEqual(nothing);
  });

  test('progress of a cancelled item', () => {
    const report = measured('frame', percent(40), june30);
    expect(found(plan, cut, report)).toEqual(open(['cancelled-but-moved', 'c', 'b']));
    expect(found(plan, cut, report, back)).toEqual(settled(['cancelled-but-moved', 'c', 'b', 'by d']));
    expect(found(plan, measured('roof', percent(40), june1), cut)).toEqual(nothing);
  });

  test('progress of a cancelled project', () => {
    const entries = [plan, entered('cancelled', june1)];
    expect(found(...entries, measured('hall', percent(40), june30), done('roof', july1))).toEqual(
      open(['cancelled-but-moved', 'b', 'c']),
    );
    expect(found(...entries, measured('hall', percent(0), june30))).toEqual(nothing);
    expect(found(...entries, measured('hall', percent(40), june30), withdrawn('b', july10))).toEqual(
      settled(['cancelled-but-moved', 'b', 'c', 'by d']),
    );
  });
});

describe('a stall of production', () => {
  const stall = stalled({ stall: 'licence', cause: 'licence', blocks: ['production'] }, june15);
  const road = planned(
    [item('road', 9), item('opening', 1, { measure: 'done', stage: 'opened-to-traffic' })],
    planDay,
  );
  const plant = planned(
    [item('hall', 9), item('run', 1, { measure: 'done', stage: 'in-production' })],
    june30,
  );

  test.each(['opened-to-traffic', 'in-use', 'handed-over'] as const)('of a project that is %s', (stage) => {
    expect(found(entered(stage, june1), stall)).toEqual(open(['stall-of-no-plant', 'b', 'a']));
    expect(found(stall, entered(stage, june30))).toEqual(open(['stall-of-no-plant', 'a', 'b']));
  });

  test('of a road, by its plan', () => {
    expect(found(road, stall)).toEqual(open(['stall-of-no-plant', 'b', 'a']));
  });

  test('of a plant, or of a project of unknown kind, fits', () => {
    expect(found(entered('trial-production', june1), stall)).toEqual(nothing);
    expect(found(entered('built', june1), stall)).toEqual(nothing);
    expect(found(planned([item('hall', 1)], planDay), stall)).toEqual(nothing);
  });

  test('is settled by its end, by a plan with production, and by a declaration of what it blocks', () => {
    const by = settled(['stall-of-no-plant', 'b', 'a', 'by c']);
    expect(found(road, stall, cleared('licence', june30))).toEqual(by);
    expect(found(road, stall, plant)).toEqual(by);
    expect(found(road, stall, stalled({ stall: 'licence', cause: 'licence', from: june15 }, june30))).toEqual(
      by,
    );
  });
});

test('each is said in both languages, with what settles it', () => {
  const cut = planned([item('roof', 0, { isCancelled: true, name: { en: 'Roof', zh: '屋面' } })], planDay);
  const entries = [
    cut,
    measured('roof', percent(20), planDay),
    entered('opened-to-traffic', '2018-01-02'),
    entered('resumed', '2018-01-03'),
    stalled({ stall: 'roof', item: 'roof' }, june1),
    stalled({ stall: 'roof-2', item: 'roof', from: june15 }, june15),
    stalled({ stall: 'l', cause: 'licence', blocks: ['production'] }, june30),
    cleared('rain', july1),
    measured('roof', percent(40), july10),
  ];
  const { open: all } = contradictions.view(fold(contradictions, history(...entries)), aug1);
  expect(all.map(({ words }) => words)).toMatchInlineSnapshot(`
[
  {
    "en": "Resumed, yet not suspended: "Resumed" (2018-01-03), but it was not suspended before.",
    "zh": "称已复工，但未曾停工：“恢复建设”（2018年1月3日），但此前没有停工记录。",
  },
  {
    "en": "A stall of what is cancelled: "Roof: Stalled (works): financing, since 2018-06-01" (2018-06-01), but the plan cancels it.",
    "zh": "已取消的内容仍报停工/受阻：“屋面：停工：融资，自 2018年6月1日起”（2018年6月1日），但计划中该工程部位已取消。",
  },
  {
    "en": "One stall declared twice: "Roof: Stalled (works): financing, since 2018-06-15" (2018-06-15), but "Roof: Stalled (works): financing, since 2018-06-01" (2018-06-01).",
    "zh": "同一停工/受阻重复申报：“屋面：停工：融资，自 2018年6月15日起”（2018年6月15日），但“屋面：停工：融资，自 2018年6月1日起”（2018年6月1日）。",
  },
  {
    "en": "A stall of what is cancelled: "Roof: Stalled (works): financing, since 2018-06-15" (2018-06-15), but the plan cancels it.",
    "zh": "已取消的内容仍报停工/受阻：“屋面：停工：融资，自 2018年6月15日起”（2018年6月15日），但计划中该工程部位已取消。",
  },
  {
    "en": "Production stalled where nothing is produced: "Stalled (production): licence, since 2018-06-30" (2018-06-30), but "Opened to traffic" (2018-01-02).",
    "zh": "不涉及生产的项目报停产：“停产：资质许可，自 2018年6月30日起”（2018年6月30日），但“已通车”（2018年1月2日）。",
  },
  {
    "en": "The clearing does not fit the stall: "Moves again, no longer held up: rain" (2018-07-01), but no such stall was declared by then.",
    "zh": "解除记录与停工/受阻不符：“恢复推进，受阻原因已解除：rain”（2018年7月1日），但当时没有申报过该停工/受阻。",
  },
  {
    "en": "Cancelled, yet the works moved: "Roof: 40 %" (2018-07-10), but the plan cancels it.",
    "zh": "称已取消，但仍有进展：“屋面：完成 40%”（2018年7月10日），但计划中该工程部位已取消。",
  },
  {
    "en": "No progress, yet figures rose: "Roof: Stalled (works): financing, since 2018-06-01" (2018-06-01), but "Roof: 40 %" (2018-07-10).",
    "zh": "申报无进展期间仍有数据上升：“屋面：停工：融资，自 2018年6月1日起”（2018年6月1日），但“屋面：完成 40%”（2018年7月10日）。",
  },
  {
    "en": "No progress, yet figures rose: "Roof: Stalled (works): financing, since 2018-06-15" (2018-06-15), but "Roof: 40 %" (2018-07-10).",
    "zh": "申报无进展期间仍有数据上升：“屋面：停工：融资，自 2018年6月15日起”（2018年6月15日），但“屋面：完成 40%”（2018年7月10日）。",
  },
]
`);
  for (const { rule } of all) expect(Object.values(settlingWords[rule]).every(Boolean)).toBe(true);
});
