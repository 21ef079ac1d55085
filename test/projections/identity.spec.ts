import { expect, test } from '@jest/globals';
import { moreExact } from '../../domain/values/day-marks.js';
import { addDays } from '../../domain/values/days/calendar.js';
import { identity, lastReportUpTo, nextEntryOn } from '../../projections/facts/identity.js';
import { allPlaced, inOrder } from '../../projections/facts/places.js';
import { isReport } from '../../projections/facts/sightings.js';
import { diceOf } from '../support/dice.js';
import {
  described,
  done,
  type Entry,
  entered,
  history,
  item,
  planned,
  project,
  registered,
  unchanged,
  withdrawn,
} from '../support/entries.js';
import { fold } from '../support/folds.js';
import { randomHistory } from '../support/histories.js';

const jan1 = '2018-01-01';
const mar1 = '2018-03-01';
const may31 = '2018-05-31';
const june30 = '2018-06-30';
const july10 = '2018-07-10';

const identityAt = (asOf: string, ...entries: Entry[]) =>
  identity.view(fold(identity, history(...entries)), asOf);

const name = { en: 'Huaao car, phase II', zh: '华奥汽车二期' };
const registration = registered({ district: { en: 'Fuyang' }, owner: { en: 'Huaao' } }, may31);

test('a registration counts for every day, a description from its day on', () => {
  const entries = [registration, described({ owner: { en: 'Huaao Group' } }, june30)];
  expect(identityAt(jan1, ...entries).details).toEqual({
    name,
    district: { en: 'Fuyang' },
    owner: { en: 'Huaao' },
  });
  expect(identityAt(june30, ...entries).details).toEqual({
    name,
    district: { en: 'Fuyang' },
    owner: { en: 'Huaao Group' },
  });
});

test('of two descriptions the one for the later day counts', () => {
  const entries = [
    registration,
    described({ phase: { en: 'II' } }, july10),
    described({ phase: { en: '2' } }, june30),
  ];
  expect(identityAt(july10, ...entries).details.phase).toEqual({ en: 'II' });
});

test('everything that is known of a project on a day', () => {
  const entries = [
    registration,
    planned([item('roof', 1)], may31),
    entered('started', mar1),
    done('roof', june30),
    entered('built', july10),
  ];
  expect(identityAt(june30, ...entries)).toEqual({
    project,
    details: { name, district: { en: 'Fuyang' }, owner: { en: 'Huaao' } },
    stage: { stage: 'started', since: mar1, precision: 'day', entry: 'e3' },
    isSuspended: false,
    firstOn: mar1,
    lastReportOn: june30,
    lastEntry: { id: 'e4', position: 4, recordedAt: '2018-07-10T08:03:00.000Z' },
    entries: ['e1', 'e3'],
  });
});

test('a pause does not hide the stage, and lasts until works resume', () => {
  const entries = [
    registration,
    entered('started', mar1),
    entered('suspended', may31),
    entered('resumed', july10),
  ];
  expect(identityAt(june30, ...entries)).toMatchObject({ stage: { stage: 'started' }, isSuspended: true });
  expect(identityAt(july10, ...entries)).toMatchObject({ stage: { stage: 'started' }, isSuspended: false });
});

test('registration, descriptions and plans are not reports', () => {
  const entries = [
    registration,
    described({ phase: { en: 'II' } }, june30),
    planned([item('roof', 1)], july10),
  ];
  expect(identityAt(july10, ...entries).lastReportOn).toBeNull();
  expect(identityAt(july10, ...entries, unchanged('2018-06-01', june30)).lastReportOn).toBe(june30);
});

test('a withdrawn entry leaves no trace except its withdrawal', () => {
  const view = identityAt(july10, registration, entered('built', mar1), withdrawn('e2', july10));
  expect(view).toMatchObject({ stage: null, firstOn: may31, lastEntry: { id: 'e3' }, entries: ['e1'] });
});

test('nothing is known before the first entry', () => {
  expect(identity.view(identity.init(), july10)).toEqual({
    project: null,
    details: { name: {} },
    stage: null,
    isSuspended: false,
    firstOn: null,
    lastReportOn: null,
    lastEntry: null,
    entries: [],
  });
});

test('after each entry the last report and the next entry of any day are found among all live entries', () => {
  for (let seed = 1; seed <= 60; seed += 1) {
    const dice = diceOf(seed);
    const events = allPlaced(randomHistory(seed, { entries: dice.int(5, 60) }).events);
    const first = events[0]?.entry.asOf ?? jan1;
    let state = identity.init();
    for (const event of events) {
      state = identity.and(state, [event]);
      // What was looked up of a state is continued by the next one, unless nobody asked.
      if (dice.chance(30)) continue;
      const live = state.sightings.filter(({ type }) => type !== 'EntryWithdrawn');
      for (const day of [event.entry.asOf, addDays(first, dice.int(-10, 400)), '2100-01-01']) {
        const reports = live.filter((one) => one.asOf <= day && isReport(one));
        const last = reports.toSorted(inOrder).at(-1);
        const ofDay = reports.filter(({ asOf }) => asOf === last?.asOf);
        const marks = ofDay.map(({ exactness }) => exactness ?? ({ precision: 'day' } as const));
        const exactness = marks.length === 0 ? { precision: 'day' } : marks.reduce(moreExact);
        const view = identity.view(state, day);
        expect(lastReportUpTo(state, day)).toBe(last);
        expect(view.lastReportOn).toBe(last?.asOf ?? null);
        expect(view.lastReportOnExactness ?? { precision: 'day' }).toEqual(exactness);
        const later = live.map(({ asOf }) => asOf).filter((asOf) => asOf > day);
        expect(nextEntryOn(state, day)).toBe(later.toSorted().at(0) ?? null);
      }
    }
  }
});
