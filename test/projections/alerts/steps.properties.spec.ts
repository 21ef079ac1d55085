import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { AlertLife, AlertStep } from '../../../domain/alerts/alert.js';
import { applyToLife, emptyLife } from '../../../domain/alerts/alert.js';
import { type Exemption, type RuleKind, severities } from '../../../domain/governance/rules.js';
import { addDays, type Day } from '../../../domain/values/days/calendar.js';
import type { Watched } from '../../../projections/alerts/due.js';
import { nextStepOn } from '../../../projections/alerts/life/ladder.js';
import { alertSteps } from '../../../projections/alerts/life/steps.js';
import { context, dueOn, huaao, judged, recorded, rules, watched } from './life-told.js';

const start = '2018-07-10';
const runs = { numRuns: 200, seed: 20180710 };
const kinds: readonly RuleKind[] = ['declared-stall', 'silent-stall', 'item-overdue', 'behind-plan'];

const severity = fc.constantFrom(...severities);
const anything = fc
  .record({
    rule: fc.constantFrom(...kinds),
    severity: fc.option(severity),
    isHeld: fc.boolean(),
    anchor: fc.constantFrom('one', 'other'),
    stops: fc.boolean(),
  })
  .map(({ rule, stops, ...facts }): Watched => {
    const subject =
      rule === 'item-overdue' ? { kind: 'item' as const, id: 'roof' } : { kind: 'project' as const };
    const stalls = rule === 'item-overdue' && stops ? { explainedBy: ['money'] } : {};
    return watched({ ...facts, rule, subject, ...stalls });
  });
const allWatched = fc.uniqueArray(anything, { selector: ({ rule }) => rule, maxLength: 4 });

/** A possible answer to the n-th open alert, on the day of the evaluation. */
const answers = fc.record({
  of: fc.nat(3),
  kind: fc.constantFrom('none', 'AlertAcknowledged', 'AlertSilenced'),
  days: fc.integer({ min: 0, max: 40 }),
});
const turns = fc.array(
  fc.record({
    after: fc.integer({ min: -5, max: 60 }),
    all: allWatched,
    answer: answers,
    version: fc.integer({ min: 1, max: 2 }),
  }),
  { minLength: 1, maxLength: 8 },
);
const exemptions = fc.array(
  fc
    .record({
      from: fc.integer({ min: 0, max: 200 }),
      days: fc.nat(40),
      rule: fc.option(fc.constantFrom(...kinds)),
    })
    .map(
      ({ from, days, rule }): Exemption => ({
        where: { district: 'north' },
        ...(rule ? { rules: [rule] } : {}),
        from: addDays(start, from),
        to: addDays(start, from + days),
        reason: 'flood',
      }),
    ),
  { maxLength: 3 },
);

type Turns = typeof turns extends fc.Arbitrary<infer T> ? T : never;

const by = (granted: Exemption[], version = 1) =>
  context({ rules: { ...rules, version, exemptions: granted } });

/** Plays the turns; after each evaluation the state, the day and the events are checked. */
function play(
  played: Turns,
  granted: Exemption[],
  look: (life: AlertLife, on: Day, all: Watched[], steps: AlertStep[], version: number) => void,
): void {
  let life = emptyLife(huaao);
  let on: Day = start;
  for (const { after, all, answer, version } of played) {
    on = addDays(on, after);
    const [next, steps] = judged(life, dueOn(on, ...all), by(granted, version));
    look(next, on, all, steps, version);
    life = answered(next, on, answer);
  }
}

function answered(life: AlertLife, on: Day, { of, kind, days }: Turns[number]['answer']): AlertLife {
  const alert = life.alerts.filter(({ status }) => status === 'open')[of]?.alert;
  const until = addDays(on, days);
  if (alert === undefined || kind === 'none') return life;
  const step: AlertStep =
    kind === 'AlertSilenced'
      ? { type: kind, data: { alert, until, reason: 'audit' } }
      : { type: 'AlertAcknowledged', data: { alert, name: 'Li Wei', dueOn: until } };
  return applyToLife(life, recorded(life, on, step));
}

const isTold = ({ type }: AlertStep) => type !== 'AlertMuted' && type !== 'AlertRevised';

describe('an evaluation, after any history', () => {
  test('repeated immediately records nothing', () => {
    fc.assert(
      fc.property(turns, exemptions, (played, granted) => {
        play(played, granted, (life, on, all, _, version) => {
          expect(alertSteps(life, dueOn(on, ...all), by(granted, version))).toEqual([]);
        });
      }),
      runs,
    );
  });

  test('records at most one event per alert, and never two open alerts of the same subject', () => {
    fc.assert(
      fc.property(turns, exemptions, (played, granted) => {
        play(played, granted, (life, _, __, steps) => {
          const told = steps.filter(isTold).map(({ data }) => 'alert' in data && data.alert);
          expect(new Set(told).size).toBe(told.length);
          const open = life.alerts.filter(({ status }) => status === 'open').map(({ rule }) => rule);
          expect(new Set(open).size).toBe(open.length);
        });
      }),
      runs,
    );
  });

  test('leaves every due condition with an open alert of at least its severity, except under an exemption', () => {
    fc.assert(
      fc.property(turns, (played) => {
        const forward = played.map((turn) => ({ ...turn, after: Math.abs(turn.after) }));
        play(forward, [], (life, _, all) => {
          for (const { rule, severity: due } of all) {
            const open = life.alerts.find((alert) => alert.rule === rule && alert.status === 'open');
            if (due !== null)
              expect(severities.indexOf(open?.severity ?? 'blue')).toBeGreaterThanOrEqual(
                severities.indexOf(due),
              );
            if (due !== null) expect(open).toBeDefined();
          }
        });
      }),
      runs,
    );
  });
});

describe('the next day on which time alone causes an event', () => {
  test('equals that of a day-by-day simulation', () => {
    let found = 0;
    fc.assert(
      fc.property(turns, exemptions, (played, granted) => {
        const seen: { life: AlertLife; on: Day; all: Watched[]; version: number }[] = [];
        play(played, granted, (life, on, all, _, version) => seen.push({ life, on, all, version }));
        const last = seen.at(-1);
        if (!last) return;
        const { life, on, all, version } = last;
        const isExempt = granted.some(({ from, to }) => from <= on && on <= to);
        const said = nextStepOn(life, by(granted, version), on);
        const walked = walk(life, on, all, granted, version);
        if (walked !== null) found += 1;
        if (!isExempt && on >= latestOf(life)) expect(said).toBe(walked);
        else if (walked !== null) expect(said !== null && said <= walked).toBe(true);
      }),
      runs,
    );
    expect(found).toBeGreaterThan(runs.numRuns / 4);
  });
});

function walk(life: AlertLife, on: Day, all: Watched[], granted: Exemption[], version: number): Day | null {
  for (let days = 1; days <= 400; days++) {
    const day = addDays(on, days);
    if (alertSteps(life, dueOn(day, ...all), by(granted, version)).length > 0) return day;
  }
  return null;
}

/** The last day with an event. */
function latestOf({ alerts }: AlertLife): Day {
  return alerts
    .flatMap(({ toldOn, revisedOn, cleared }) => [toldOn, revisedOn ?? '', cleared?.on ?? ''])
    .reduce((a, b) => (a > b ? a : b), '');
}
