import { describe, expect, test } from '@jest/globals';
import { applyToLife, emptyLife } from '../../../domain/alerts/alert.js';
import type { Exemption } from '../../../domain/governance/rules.js';
import { exemptionOf } from '../../../projections/alerts/life/exemptions.js';
import { nextStepOn } from '../../../projections/alerts/life/ladder.js';
import { alertSteps } from '../../../projections/alerts/life/steps.js';
import {
  context,
  district,
  dueOn,
  huaao,
  judged,
  recorded,
  rules,
  saidFrom,
  shortly,
  watched,
} from './life-told.js';

const may1 = '2018-05-01';
const july10 = '2018-07-10';
const july12 = '2018-07-12';
const july20 = '2018-07-20';
const july24 = '2018-07-24';
const july25 = '2018-07-25';

const nobody = emptyLife(huaao);
const silent = watched();
const silentRed = watched({ severity: 'red' });
const silentOver = watched({ severity: null, anchor: 'rise-2', evidence: ['rise-2'] });
const stall = watched({
  rule: 'declared-stall',
  subject: { kind: 'stall', id: 'money' },
  cause: 'financing',
  anchor: 'stall-1',
  evidence: ['stall-1'],
  severity: 'red',
  stopsWorks: true,
});
const roof = watched({ rule: 'item-overdue', subject: { kind: 'item', id: 'roof' }, cause: 'schedule' });

const [raised, raisedSteps] = judged(nobody, dueOn(july10, silent));
const said = (steps: Parameters<typeof shortly>[0][]) => steps.map(shortly);

function withSaid(life: typeof raised, on: string, step: Parameters<typeof recorded>[2]) {
  return applyToLife(life, recorded(life, on, step));
}
const acknowledgedUntil = (dueDay: string) =>
  withSaid(raised, july12, {
    type: 'AlertAcknowledged',
    data: { alert: 'huaao-2/silent-stall/project//1', name: 'Li Wei', dueOn: dueDay },
  });
const silencedUntil = (until: string) =>
  withSaid(raised, july12, {
    type: 'AlertSilenced',
    data: { alert: 'huaao-2/silent-stall/project//1', until, reason: 'audit' },
  });
const exemptFrom = (exemption: Partial<Exemption>) =>
  context({
    rules: { ...rules, exemptions: [{ where: {}, from: july12, to: july20, reason: 'flood', ...exemption }] },
  });

describe('a due condition', () => {
  test('is raised once, with its evidence and its duty', () => {
    expect(raisedSteps).toEqual([
      {
        type: 'AlertRaised',
        data: {
          alert: 'huaao-2/silent-stall/project//1',
          rule: 'silent-stall',
          rulesVersion: 1,
          subject: { kind: 'project' },
          severity: 'yellow',
          cause: 'silence',
          since: may1,
          anchor: 'rise-1',
          evidence: ['rise-1'],
          reason: silent.reason,
          clears: silent.clears,
          opening: 1,
          of: district,
          deadline: { duty: rules.ladder[1]?.duty, dueOn: july24 },
        },
      },
    ]);
    expect(alertSteps(raised, dueOn(july10, silent), context())).toEqual([]);
  });

  test('after a pause is reported in its current state, without intermediate steps', () => {
    expect(said(judged(nobody, dueOn('2019-07-10', silentRed))[1])).toEqual(['AlertRaised red']);
    expect(said(judged(raised, dueOn('2019-07-10', silentRed))[1])).toEqual([
      'AlertEscalated red by threshold',
    ]);
    expect(said(judged(raised, dueOn('2019-07-10', silent))[1])).toEqual(['AlertEscalated red by deadline']);
  });

  test('with other facts than before is updated, without a notice', () => {
    const other = watched({ anchor: 'rise-2', evidence: ['rise-2'], since: '2018-05-20' });
    const [life, steps] = judged(raised, dueOn(july12, other));
    expect(said(steps)).toEqual(['AlertRevised yellow']);
    expect(life.alerts[0]).toMatchObject({ anchor: 'rise-2', since: '2018-05-20', toldOn: july10 });
  });

  test('gets a lower severity only by other facts, not when a clock goes back', () => {
    const [red] = judged(nobody, dueOn(july10, silentRed));
    expect(judged(red, dueOn(july12, silent))[1]).toEqual([]);
    expect(said(judged(red, dueOn(july12, watched({ anchor: 'rise-2' })))[1])).toEqual([
      'AlertRevised yellow',
    ]);
  });

  test('keeps the severity of a missed deadline when facts do not raise it', () => {
    const [red] = judged(raised, dueOn(july25, silent));
    const [life, steps] = judged(red, dueOn(july25, watched({ anchor: 'rise-2' })));
    expect(said(steps)).toEqual(['AlertRevised red']);
    expect(life.alerts[0]).toMatchObject({ severity: 'red', anchor: 'rise-2', isByDeadline: true });
  });

  test('under new rules has their version from then on', () => {
    const second = context({ rules: { ...rules, version: 2 } });
    const [life, steps] = judged(raised, dueOn(july12, silent), second);
    expect(said(steps)).toEqual(['AlertRevised yellow']);
    expect(life.alerts[0]?.rulesVersion).toBe(2);
    expect(judged(life, dueOn(july12, silent), second)[1]).toEqual([]);
  });
});

describe('an alert is cleared', () => {
  test('when other facts replaced its own, with them as evidence', () => {
    expect(judged(raised, dueOn(july12, silentOver))[1]).toEqual([
      {
        type: 'AlertCleared',
        data: {
          alert: 'huaao-2/silent-stall/project//1',
          because: 'fact',
          evidence: ['resumed'],
          reason: silentOver.reason,
        },
      },
    ]);
  });

  test('when a stall is reported to have ended', () => {
    const [life] = judged(nobody, dueOn(july10, stall));
    const [after, steps] = judged(life, dueOn(july12));
    expect(steps[0]?.data).toMatchObject({
      reason: { en: 'The stall was reported over.', zh: '已报停工/受阻解除。' },
    });
    expect(after.alerts[0]).toMatchObject({ status: 'cleared', cleared: { on: july12 } });
  });

  test('when new rules no longer require it', () => {
    const second = context({
      rules: { ...rules, version: 2 },
      clearedBy: () => ({ because: 'rules', evidence: ['rules-2'] }),
    });
    const [, steps] = judged(raised, dueOn(july12, watched({ severity: null })), second);
    expect(steps.map(({ data }) => data)).toMatchObject([
      { because: 'rules', reason: { en: 'Version 2 of the rules does not ask for it.' } },
    ]);
  });

  test('neither just below its threshold nor when only the clock went back', () => {
    const held = watched({ severity: null, isHeld: true, anchor: 'rise-2' });
    expect(judged(raised, dueOn(july12, held))[1]).toEqual([]);
    expect(judged(raised, dueOn(may1, watched({ severity: null })))[1]).toEqual([]);
  });

  test('on a day before it was raised only by an entry, not because later facts are invisible', () => {
    const noEntry = context({ clearedBy: () => ({ because: 'rules', evidence: [] }) });
    for (const due of [dueOn(may1), dueOn(may1, silentOver)]) {
      expect(judged(raised, due, noEntry)[1]).toEqual([]);
      expect(said(judged(raised, due)[1])).toEqual(['AlertCleared']);
    }
    expect(judged(raised, dueOn(may1, watched({ severity: 'red', anchor: 'rise-0' })))[1]).toEqual([]);
    expect(nextStepOn(raised, context(), may1)).toBe(july10);
  });
});

describe('a returning alert', () => {
  const [cleared] = judged(raised, dueOn(july12, silentOver));

  test('within two weeks continues its episode', () => {
    const [life, steps] = judged(cleared, dueOn('2018-07-26', silent));
    expect(steps[0]?.data).toMatchObject({ alert: 'huaao-2/silent-stall/project//1', opening: 2 });
    expect(life.alerts).toHaveLength(1);
  });

  test('later starts a new one', () => {
    const [life, steps] = judged(cleared, dueOn('2018-07-27', silent));
    expect(steps[0]?.data).toMatchObject({ alert: 'huaao-2/silent-stall/project//2', opening: 1 });
    expect(life.alerts).toHaveLength(2);
  });

  test('on a day before its end, since the entry that ended it was withdrawn, is notified immediately', () => {
    expect(said(judged(cleared, dueOn(july10, silent))[1])).toEqual(['AlertRaised yellow']);
    expect(nextStepOn(cleared, context(), july10)).toBeNull();
  });
});

describe('a declared stall of the whole works', () => {
  const explained = { explainedBy: ['money'] };
  const stalledRoof = { ...roof, ...explained };

  test('mutes what it explains, as it is raised and later, and nothing else', () => {
    const late = watched({ rule: 'forecast-slip', subject: { kind: 'target', id: 'completion' } });
    const [first] = judged(nobody, dueOn(july10, roof));
    const [life, steps] = judged(first, dueOn(july12, stalledRoof, { ...silent, ...explained }, late, stall));
    expect(said(steps)).toEqual([
      'AlertRaised yellow',
      'AlertRaised yellow',
      'AlertRaised red',
      'AlertMuted',
    ]);
    expect(life.alerts.map(({ rule, mutedBy }) => [rule, mutedBy])).toEqual([
      ['item-overdue', 'huaao-2/declared-stall/stall/money/1'],
      ['silent-stall', 'huaao-2/declared-stall/stall/money/1'],
      ['forecast-slip', undefined],
      ['declared-stall', undefined],
    ]);
  });

  test('unmutes it when it ends, with the full time to answer', () => {
    const [life] = judged(nobody, dueOn(july10, stalledRoof, stall));
    const over = judged(life, dueOn('2018-09-03', roof));
    expect(said(over[1])).toEqual(['AlertCleared', 'AlertMuted']);
    expect(saidFrom(over[0], '2018-09-03', '2018-09-18', [roof])).toEqual([
      '2018-09-18 AlertEscalated red by deadline',
    ]);
  });

  test('prevents escalation by deadline, not by threshold', () => {
    const [life] = judged(nobody, dueOn(july10, stalledRoof, stall));
    const worse = { ...stalledRoof, severity: 'red' as const };
    const [, steps] = judged(life, dueOn(july25, worse, stall));
    expect(said(steps)).toEqual(['AlertEscalated red by threshold', 'AlertReminded']);
  });

  test('that no rule watches mutes nothing', () => {
    const [life] = judged(nobody, dueOn(july10, stalledRoof));
    expect(life.alerts.map(({ mutedBy }) => mutedBy)).toEqual([undefined]);
  });

  test('still mutes when the clock goes back before it', () => {
    const [life] = judged(nobody, dueOn(july10, stalledRoof, stall));
    const ctx = context({ clearedBy: () => ({ because: 'fact', evidence: [] }) });
    expect(said(judged(life, dueOn('2018-07-01', roof), ctx)[1])).toEqual([]);
  });
});

describe('the ladder', () => {
  test('an unanswered alert escalates the day after its deadline, and is repeated at the top', () => {
    expect(saidFrom(nobody, july10, '2018-08-10', [silent])).toEqual([
      '2018-07-10 AlertRaised yellow',
      '2018-07-25 AlertEscalated red by deadline',
      '2018-08-02 AlertReminded',
      '2018-08-10 AlertReminded',
    ]);
  });

  test('names the missed deadline, and whose duty it is now', () => {
    const [, [step]] = judged(raised, dueOn(july25, silent));
    expect(step?.data).toMatchObject({
      reason: {
        en: 'Nobody answered by 2018-07-24; it is now red, and the responsible leader holds an interview.',
        zh: '截至 2018年7月24日无人答复；现升为红色，分管领导约谈。',
      },
      deadline: { duty: rules.ladder[2]?.duty, dueOn: '2018-08-01' },
    });
  });

  test('waits for the acknowledged day', () => {
    expect(saidFrom(acknowledgedUntil('2018-08-31'), july12, '2018-09-01', [silent])).toEqual([
      '2018-09-01 AlertEscalated red by deadline',
    ]);
    const [, [step]] = judged(acknowledgedUntil('2018-08-31'), dueOn('2018-09-01', silent));
    expect(step?.data).toMatchObject({
      reason: { en: expect.stringContaining('The day named in the answer, 2018-08-31, has passed') },
    });
  });

  test('an acknowledgement for an earlier day sets the deadline', () => {
    expect(saidFrom(acknowledgedUntil('2018-07-13'), july12, '2018-07-14', [silent])).toEqual([
      '2018-07-14 AlertEscalated red by deadline',
    ]);
  });

  test('is silent about a silenced alert until the day after, and escalations by threshold are recorded', () => {
    const hushed = silencedUntil('2018-12-31');
    expect(saidFrom(hushed, july12, '2019-01-01', [silent])).toEqual([
      '2019-01-01 AlertEscalated red by deadline',
    ]);
    expect(said(judged(hushed, dueOn(july25, silentRed))[1])).toEqual(['AlertEscalated red by threshold']);
  });

  test('reminds of an open alert with a long time to answer', () => {
    const patient = context({
      rules: {
        ...rules,
        ladder: rules.ladder.map((step) => ({ ...step, answerWithinDays: 12, remindEveryDays: 5 })),
      },
    });
    expect(saidFrom(nobody, july10, '2018-07-27', [silent], patient)).toEqual([
      '2018-07-10 AlertRaised yellow',
      '2018-07-17 AlertReminded',
      '2018-07-24 AlertReminded',
      '2018-07-27 AlertEscalated red by deadline',
    ]);
  });

  test('without a step for a severity needs no answer', () => {
    const flat = context({ rules: { ...rules, ladder: [] } });
    expect(saidFrom(nobody, july10, '2019-07-10', [silent], flat)).toEqual(['2018-07-10 AlertRaised yellow']);
  });
});

describe('force majeure', () => {
  test('nothing is raised or escalated during it, and all of it is on the day after', () => {
    const flood = exemptFrom({ where: { district: 'north' } });
    expect(saidFrom(nobody, july12, '2018-07-21', [silent], flood)).toEqual([
      '2018-07-21 AlertRaised yellow',
    ]);
    expect(saidFrom(raised, july12, '2018-07-21', [silentRed], flood)).toEqual([
      '2018-07-21 AlertEscalated red by threshold',
    ]);
    expect(nextStepOn(nobody, { ...flood, of: district }, july12)).toBe('2018-07-21');
  });

  test('pauses the time to answer: nine of its ten working days are left when it ends', () => {
    expect(saidFrom(raised, july12, '2018-08-03', [silent], exemptFrom({}))).toEqual([
      '2018-07-24 AlertReminded',
      '2018-08-03 AlertEscalated red by deadline',
    ]);
  });

  test('alerts are still cleared', () => {
    expect(said(judged(raised, dueOn(july12, silentOver), exemptFrom({}))[1])).toEqual(['AlertCleared']);
  });

  test('applies to its place and rules, both days inclusive', () => {
    const alert = { rule: 'silent-stall', project: huaao, of: district } as const;
    const granted = (exemption: Partial<Exemption>, on = july12) =>
      exemptionOf(alert, exemptFrom(exemption).rules, on) !== undefined;
    expect([july10, july12, july20, '2018-07-21'].map((on) => granted({}, on))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(granted({ where: { project: huaao } })).toBe(true);
    expect(granted({ where: { district: 'north', sector: 'ships' } })).toBe(false);
    expect(granted({ rules: ['silent-stall'] })).toBe(true);
    expect(granted({ rules: ['unreported'] })).toBe(false);
  });
});
