import { describe, expect, test } from '@jest/globals';
import { defaultRules } from '../../domain/governance/rules.js';
import type { Stage } from '../../domain/project/events.js';
import {
  isCompleting,
  isLifeStage,
  isStatedBy,
  itemStages,
  lifeStages,
} from '../../domain/project/stages.js';
import { completion } from '../../projections/completion/completion.js';
import { contradictions } from '../../projections/contradictions/contradictions.js';
import { identity } from '../../projections/facts/identity.js';
import { foldProject } from '../../projections/project/project.js';
import {
  done,
  type Entry,
  entered,
  history,
  item,
  measured,
  percent,
  planned,
  withdrawn,
} from '../support/entries.js';
import { fold, rowSteps } from '../support/folds.js';

const planDay = '2018-01-01';
const may31 = '2018-05-31';
const june30 = '2018-06-30';
const july10 = '2018-07-10';
const aug1 = '2018-08-01';

/** Rule and entries of each contradiction; settled ones with the entry that settled them. The row counts the open ones. */
function found(...entries: Entry[]) {
  const { open, settled } = contradictions.view(fold(contradictions, history(...entries)), aug1);
  const row = rowSteps(foldProject(history(...entries)), defaultRules, planDay).findLast(
    ({ from }) => from <= aug1,
  )?.row;
  expect(row?.openContradictions).toBe(open.length);
  return {
    open: open.map((one) => [one.rule, ...one.entries]),
    settled: settled.map((one) => [one.rule, ...one.entries, `by ${one.settledBy}`]),
  };
}
const nothing = { open: [], settled: [] };

describe('what a stage states done', () => {
  const stated = (stage: Stage) => itemStages.filter((carried) => isStatedBy(stage, { stage: carried }));

  test.each([
    ['trial-production', ['trial-production']],
    ['trial-operation', ['trial-operation']],
    ['in-production', ['trial-operation', 'trial-production', 'in-production']],
    ['opened-to-traffic', ['trial-operation', 'trial-production', 'opened-to-traffic']],
    ['in-use', ['trial-operation', 'trial-production', 'in-use']],
    ['handed-over', ['trial-operation', 'trial-production', 'handed-over']],
    ['accepted', []],
    ['registered-in-statistics', []],
    ['built', []],
  ] as const)('%s reaches %j', (stage, reached) => {
    expect(stated(stage)).toEqual(reached);
  });

  test('only built states the works', () => {
    expect(lifeStages.filter((stage) => isStatedBy(stage, {}))).toEqual(['built']);
  });

  test('a road that is opened has its opening done, and its paving as it was reported', () => {
    const plan = planned(
      [item('paving', 9, {}), item('opening', 1, { measure: 'done', stage: 'opened-to-traffic' })],
      planDay,
    );
    const entries = [plan, measured('paving', percent(62), may31), entered('opened-to-traffic', june30)];
    const { percentBasisPoints } = completion.view(fold(completion, history(...entries)), july10);
    expect(percentBasisPoints).toBe(6580);
  });
});

test.each(['in-production', 'opened-to-traffic', 'in-use', 'handed-over', 'accepted'] as const)(
  'nothing is late in a project that is %s',
  (stage) => {
    expect(isCompleting(stage)).toBe(true);
  },
);

describe('the entry into the statistics register', () => {
  test('stands beside the stage of the project', () => {
    const entries = [entered('started', may31), entered('registered-in-statistics', june30)];
    const { stage } = identity.view(fold(identity, history(...entries)), july10);
    expect(stage?.stage).toBe('started');
    expect(isLifeStage('registered-in-statistics')).toBe(false);
  });

  test('contradicts no stage, before or after', () => {
    expect(found(entered('registered-in-statistics', may31), entered('started', june30))).toEqual(nothing);
    expect(found(entered('built', may31), entered('registered-in-statistics', june30))).toEqual(nothing);
  });
});

describe('stages that deny each other', () => {
  test.each([
    ['opened-to-traffic', 'started', 'stage-backwards'],
    ['in-use', 'trial-operation', 'stage-backwards'],
    ['accepted', 'built', 'stage-backwards'],
    ['cancelled', 'in-use', 'stage-backwards'],
    ['in-production', 'cancelled', 'stages-exclude'],
    ['accepted', 'cancelled', 'stages-exclude'],
    ['handed-over', 'cancelled', 'stages-exclude'],
    ['opened-to-traffic', 'in-production', 'stages-exclude'],
    ['in-use', 'opened-to-traffic', 'stages-exclude'],
  ] as const)('%s, later %s: %s', (first, second, rule) => {
    expect(found(entered(first, may31), entered(second, june30)).open).toEqual([[rule, 'e1', 'e2']]);
  });

  test.each([
    ['started', 'cancelled'],
    ['built', 'cancelled'],
    ['trial-operation', 'opened-to-traffic'],
    ['trial-production', 'in-production'],
    ['handed-over', 'in-use'],
    ['in-use', 'accepted'],
    ['accepted', 'handed-over'],
  ] as const)('%s, later %s: nothing', (first, second) => {
    expect(found(entered(first, may31), entered(second, june30))).toEqual(nothing);
  });

  test('only a withdrawal settles a cancellation of what is in use', () => {
    const entries = [entered('in-use', may31), entered('cancelled', june30)];
    expect(found(...entries, entered('accepted', july10)).open).toContainEqual([
      'stages-exclude',
      'e1',
      'e2',
    ]);
    expect(found(...entries, withdrawn('e2', july10))).toEqual({
      open: [],
      settled: [['stages-exclude', 'e1', 'e2', 'by e3']],
    });
  });

  test('a cancellation that is said twice is one contradiction', () => {
    const entries = [entered('in-use', may31), entered('cancelled', june30), entered('cancelled', july10)];
    expect(found(...entries).open).toEqual([['stages-exclude', 'e1', 'e2']]);
  });
});

describe('in use or accepted beside open works', () => {
  const plan = planned(
    [
      item('hall', 6, {}),
      item('wing', 4, { parent: undefined }),
      item('trial', 1, { measure: 'done', stage: 'trial-operation' }),
    ],
    planDay,
  );
  const hall40 = measured('hall', percent(40), may31);

  test.each(['accepted', 'in-production', 'opened-to-traffic', 'in-use', 'handed-over'] as const)(
    '%s, and the last report has the hall at 40 percent',
    (stage) => {
      expect(found(plan, hall40, entered(stage, june30)).open).toEqual([['in-use-but-open', 'e3', 'e2']]);
    },
  );

  test('a report for a later day opens it as well, and that the hall is done settles it', () => {
    const entries = [plan, entered('in-use', may31), measured('hall', percent(80), june30)];
    expect(found(...entries).open).toEqual([['in-use-but-open', 'e2', 'e3']]);
    expect(found(...entries, done('hall', july10))).toEqual({
      open: [],
      settled: [['in-use-but-open', 'e2', 'e3', 'by e4']],
    });
  });

  test('built settles it, and so does withdrawing the stage', () => {
    const entries = [plan, hall40, entered('accepted', june30)];
    const settled = (by: string) => ({ open: [], settled: [['in-use-but-open', 'e3', 'e2', `by ${by}`]] });
    expect(found(...entries, withdrawn('e3', july10))).toEqual(settled('e4'));
    expect(found(plan, hall40, entered('in-use', june30), entered('built', july10)).settled).toEqual([
      ['in-use-but-open', 'e3', 'e2', 'by e4'],
    ]);
  });

  test('each open work is found once, and shares its settling with no other', () => {
    const entries = [plan, hall40, entered('accepted', june30), measured('wing', percent(50), june30)];
    const later = [measured('hall', percent(60), july10), done('wing', july10)];
    expect(found(...entries, ...later)).toEqual({
      open: [['in-use-but-open', 'e3', 'e2']],
      settled: [['in-use-but-open', 'e3', 'e4', 'by e6']],
    });
  });

  test('one that is opened and settled on one day never was one', () => {
    expect(found(plan, hall40, entered('accepted', june30), done('hall', june30))).toEqual(nothing);
  });

  test('what was not reported, and a trial, do not contradict it', () => {
    expect(found(plan, entered('accepted', june30))).toEqual(nothing);
    expect(found(plan, measured('trial', percent(0), may31), entered('in-production', june30))).toEqual(
      nothing,
    );
  });

  test('the whole project at 40 percent contradicts it', () => {
    const whole = { ...measured('hall', percent(40), may31) };
    const { item: _, ...data } = whole.data as { item: string };
    expect(found({ ...whole, data } as Entry, entered('accepted', june30)).open).toEqual([
      ['in-use-but-open', 'e2', 'e1'],
    ]);
  });
});

describe('a stage of another kind of project than the plan', () => {
  const endsIn = (
    stage: 'opened-to-traffic' | 'in-use' | 'in-production' | 'trial-operation',
    on = planDay,
  ) => planned([item('works', 9), item('end', 1, { measure: 'done', stage })], on);
  const ofKind = (...entries: Entry[]) => {
    const { open, settled } = found(...entries);
    const isIt = ([rule]: readonly string[]) => rule === 'stage-of-other-kind';
    return { open: open.filter(isIt), settled: settled.filter(isIt) };
  };

  test.each([
    ['in-use', 'opened-to-traffic'],
    ['in-use', 'in-production'],
    ['opened-to-traffic', 'in-production'],
    ['opened-to-traffic', 'handed-over'],
    ['in-production', 'in-use'],
  ] as const)('a plan that ends in %s does not fit %s', (planned, entry) => {
    expect(ofKind(endsIn(planned), entered(entry, june30)).open).toEqual([
      ['stage-of-other-kind', 'e2', 'e1'],
    ]);
  });

  test.each([
    ['in-use', 'handed-over'],
    ['in-use', 'accepted'],
    ['opened-to-traffic', 'trial-operation'],
    ['in-production', 'trial-production'],
    ['trial-operation', 'in-production'],
  ] as const)('a plan that ends in %s fits %s', (planned, entry) => {
    expect(ofKind(endsIn(planned), entered(entry, june30))).toEqual(nothing);
  });

  test('without a plan with stages the kind is not known', () => {
    expect(ofKind(planned([item('works', 1)], planDay), entered('in-production', june30))).toEqual(nothing);
    expect(ofKind(entered('in-production', june30))).toEqual(nothing);
  });

  test('a plan that has its kind settles it, and a plan that comes later may find it', () => {
    const road = [endsIn('opened-to-traffic'), entered('in-use', may31)];
    expect(ofKind(...road, endsIn('in-use', june30))).toEqual({
      open: [],
      settled: [['stage-of-other-kind', 'e2', 'e1', 'by e3']],
    });
    expect(ofKind(entered('in-use', may31), endsIn('opened-to-traffic', june30)).open).toEqual([
      ['stage-of-other-kind', 'e1', 'e2'],
    ]);
  });

  test('what one plan fitted, a later plan does not contradict', () => {
    const school = [endsIn('in-use'), entered('in-use', may31), endsIn('in-production', june30)];
    expect(ofKind(...school)).toEqual(nothing);
  });
});
