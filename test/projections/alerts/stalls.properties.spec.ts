import { expect, test } from '@jest/globals';
import { defaultRules } from '../../../domain/governance/rules.js';
import { addDays, type Day } from '../../../domain/values/days/calendar.js';
import { dueAlerts, type Watched } from '../../../projections/alerts/due.js';
import { foldProject } from '../../../projections/project/project.js';
import { diceOf } from '../../support/dice.js';
import {
  cleared,
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
} from '../../support/entries.js';

const january1 = '2018-01-01';
const sections = ['north', 'south'] as const;
const works = ['footing', 'frame', 'roof'] as const;
const itemsOf = (section: string) => works.map((work) => `${section}-${work}`);
const plan = planned(
  sections.flatMap((section) => [
    item(section, 1),
    ...itemsOf(section).map((id, place) =>
      item(id, place + 1, {
        parent: section,
        plannedStart: '2018-02-01',
        plannedFinish: addDays('2018-04-01', place * 20),
      }),
    ),
  ]),
  january1,
);

/** Reports on some works of both sections, and a stall of one work or section of the south. */
function caseOf(seed: number): { entries: Entry[]; stall: Entry; on: Day } {
  const dice = diceOf(seed);
  const entries: Entry[] = [plan];
  for (let day = '2018-02-01', count = dice.int(0, 6); count > 0; count -= 1) {
    day = addDays(day, dice.int(1, 40));
    const at = dice.pick([...itemsOf('north'), ...itemsOf('south')] as [string, ...string[]]);
    entries.push(
      dice.chance(25)
        ? unchanged(addDays(day, -5), day)
        : measured(at, percent(dice.pick([0, 30, 60, 100])), day),
    );
  }
  const stall = stalled(
    { stall: 'south', item: dice.pick(['south', ...itemsOf('south')] as [string, ...string[]]) },
    addDays('2018-03-01', dice.int(0, 100)),
  );
  return { entries, stall, on: addDays('2018-06-10', dice.int(0, 200)) };
}

const seeds = Array.from({ length: 150 }, (_, index) => index + 1);
const watchedIn = (entries: readonly Entry[], on: Day) =>
  dueAlerts(foldProject(history(...entries)), defaultRules, on).watched;
const due = (watched: readonly Watched[]) => watched.filter(({ severity }) => severity !== null);

test('a stall of one section mutes nothing of another, and nothing about the whole while the other may move', () => {
  let [muted, heard] = [0, 0];
  for (const seed of seeds) {
    const { entries, stall, on } = caseOf(seed);
    const watched = due(watchedIn([...entries, stall], on));
    const stalledItem = stall.type === 'StallDeclared' ? stall.data.item : '';
    for (const { rule, subject, explainedBy } of watched) {
      const id = subject.kind === 'item' ? subject.id : undefined;
      const isUnder =
        id !== undefined && (id === stalledItem || stalledItem === 'south') && id.startsWith('south');
      if (id !== undefined)
        expect([seed, id, explainedBy]).toEqual([seed, id, isUnder ? ['south'] : undefined]);
      if (explainedBy) muted += 1;
      else if (rule !== 'declared-stall') heard += 1;
    }
    const isNorthDone = watched.every(
      ({ subject }) => subject.kind !== 'item' || !subject.id.startsWith('north'),
    );
    if (!isNorthDone)
      for (const { subject, explainedBy } of watched)
        if (subject.kind === 'project') expect([seed, explainedBy]).toEqual([seed, undefined]);
    const without = due(watchedIn(entries, on)).map(({ rule, subject }) => [rule, subject]);
    const others = watched.map(({ rule, subject }) => [rule, subject]);
    for (const one of without)
      if (one[0] === 'item-overdue' || one[0] === 'behind-plan') expect(others).toContainEqual(one);
  }
  expect([muted > 50, heard > 50]).toEqual([true, true]);
});

const fewer = seeds.slice(0, 50);

/** What only the works decide: every condition that is due, with the stalls that explain it. */
const explained = (entries: readonly Entry[], on: Day) =>
  due(watchedIn(entries, on))
    .filter(({ rule }) => !['declared-stall', 'silent-stall', 'unreported'].includes(rule))
    .map(({ rule, subject, explainedBy }) => [rule, subject, explainedBy]);
const heard = (entries: readonly Entry[], on: Day) =>
  explained(entries, on).map(([rule, subject]) => [rule, subject, undefined]);

test('what a stall mutes comes back when it is cleared, withdrawn or corrected', () => {
  let muted = 0;
  for (const seed of fewer) {
    const { entries, stall, on } = caseOf(seed);
    const all = [...entries, { ...stall, id: 'stall' }];
    if (explained(all, on).some(([, , by]) => by)) muted += 1;
    const corrected = stalled({ stall: 'south', item: 'nowhere' }, stall.entry.asOf, { corrects: 'stall' });
    const blocking = stalled({ stall: 'south', cause: 'labour', blocks: ['staffing'] }, stall.entry.asOf, {
      corrects: 'stall',
    });
    const back = withdrawn('stall', on);
    for (const ending of [[cleared('south', on)], [back], [back, corrected], [back, blocking]])
      expect([seed, explained([...all, ...ending], on)]).toEqual([seed, heard(all, on)]);
  }
  expect(muted).toBeGreaterThan(10);
});

test('an episode of the past mutes on its days alone, and an expected end until an entry ends it', () => {
  const seen = { past: 0, expected: 0 };
  for (const seed of fewer) {
    const { entries, stall, on } = caseOf(seed);
    if (stall.type !== 'StallDeclared') continue;
    const said = (end: object) => [...entries, { ...stall, data: { ...stall.data, ...end } } as Entry];
    const open = explained([...entries, stall], on);
    const [before, after] = [addDays(on, -1), addDays(on, 1)];
    expect([seed, explained(said({ to: before }), on)]).toEqual([seed, heard([...entries, stall], on)]);
    expect([seed, explained(said({ to: on }), on)]).toEqual([seed, open]);
    if (explained(said({ to: on }), on).some(([, , by]) => by)) seen.past += 1;
    for (const expectedEnd of [before, on, after])
      expect([seed, explained(said({ expectedEnd }), on)]).toEqual([seed, open]);
    const later = addDays(on, 200);
    expect([seed, explained(said({ expectedEnd: before }), later)]).toEqual([
      seed,
      explained([...entries, stall], later),
    ]);
    if (explained(said({ expectedEnd: before }), later).some(([, , by]) => by)) seen.expected += 1;
  }
  expect([seen.past > 10, seen.expected > 10]).toEqual([true, true]);
});

test('every alert of stalls and silence ends with the facts that it names', () => {
  const seen = new Map<string, number>();
  for (const seed of seeds) {
    const { entries, stall, on } = caseOf(seed);
    const dice = diceOf(seed + 1000);
    const more = dice.chance(30) ? [entered('suspended', '2018-05-01')] : dice.chance(60) ? [stall] : [];
    const all = [...entries, ...more];
    for (const one of due(watchedIn(all, on))) {
      const ending = endingOf(one, on);
      if (!ending) continue;
      const after = watchedIn([...all, ending], on).filter(
        ({ rule, subject }) => rule === one.rule && JSON.stringify(subject) === JSON.stringify(one.subject),
      );
      expect([seed, one.rule, due(after)]).toEqual([seed, one.rule, []]);
      seen.set(`${one.rule} ${one.cause}`, (seen.get(`${one.rule} ${one.cause}`) ?? 0) + 1);
    }
  }
  expect([...seen.keys()].toSorted()).toEqual([
    'declared-stall financing',
    'declared-stall suspended',
    'silent-stall silence',
    'unreported silence',
  ]);
});

/** The fact that the words of an alert ask for. */
function endingOf({ rule, subject, clears, since }: Watched, on: Day): Entry | undefined {
  if (rule === 'declared-stall' && subject.kind === 'stall')
    return clears.en.startsWith('The stage "resumed"')
      ? entered('resumed', on)
      : cleared(/the stall "(.+)" is cleared/.exec(clears.en)?.[1] ?? '', on);
  if (rule === 'unreported') return unchanged(addDays(since, 1), on);
  if (rule !== 'silent-stall') return undefined;
  const [, name = '', now = '0'] = /such as (\S+) \((\d+) % (?:now|reported before)\)/.exec(clears.en) ?? [];
  return measured(name, percent(Number(now) + 1), on);
}
