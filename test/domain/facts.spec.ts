import { describe, expect, test } from '@jest/globals';
import { upcasted } from '../../domain/log/upcasting.js';
import type { Command, FactCommand } from '../../domain/project/commands.js';
import type { EventData, ProjectEvent } from '../../domain/project/events.js';
import { type FactData, type FactType, facts as factTable } from '../../domain/project/facts/facts.js';
import { decide, emptyProject, replay } from '../../domain/project/project.js';
import type { Day } from '../../domain/values/days/calendar.js';
import { given, givenId } from '../support/given.js';
import { newEvents } from '../support/new-events.js';
import {
  capRoof,
  july,
  june,
  planAdopted,
  registered,
  roofCapped,
  stallData,
  stalled,
  withdrawn,
} from './car-works.js';

describe('facts', () => {
  const facts: FactData = {
    MilestoneReached: { item: 'roof' },
    ProgressMeasured: { item: 'rain-pipe', measure: { kind: 'percent', basisPoints: 8500 } },
    InvestmentReported: {
      amount: { amountMinor: 6_900_000_000, currency: 'CNY', said: { amount: '6900', unit: '万元' } },
      span: 'since-start',
      basis: 'unknown',
    },
    MoneyReported: {
      kind: 'funds',
      source: 'bond',
      amount: { amountMinor: 6_900_000_000, currency: 'CNY' },
      span: 'year',
    },
    StallDeclared: stallData,
    StallCleared: { stall: 'june-financing' },
    ForecastGiven: {
      target: 'production',
      earliest: '2019-03-01',
      latest: '2019-03-31',
      scope: { en: 'whole vehicle' },
    },
    StageEntered: { stage: 'trial-production' },
    NoChangeReported: { from: '2018-06-01', to: '2018-06-30' },
  };

  test.each(Object.keys(facts) as FactType[])('%s is recorded as reported, once', (type) => {
    const command = { type, data: facts[type], entry: july } as FactCommand;
    const event = { type, data: facts[type], entry: july } as ProjectEvent;
    given(registered, stalled).when(command).records(event);
    given(registered, stalled, event).when(command).records();
  });

  test('no member of a fact has the name of what every entry says of its day, its source and its place', () => {
    const ofEntries = [
      'type',
      'asOf',
      'precision',
      'isInferred',
      'source',
      'place',
      'onBehalfOf',
      'note',
      'attachments',
    ];
    for (const { shape } of Object.values(factTable))
      expect(Object.keys(shape).filter((name) => ofEntries.includes(name))).toEqual([]);
  });

  test('a storey is one of the building, and more done than the total is recorded', () => {
    const measure = (data: EventData['ProgressMeasured']['measure']): Command => ({
      type: 'ProgressMeasured',
      entry: june,
      data: { item: 'dormitories', measure: data },
    });
    given(registered)
      .when(measure({ kind: 'storeys', reached: 4, of: 3 }))
      .rejects('count-impossible', { member: 'measure.reached', seen: '4 of 3', expected: 'at most 3' });
    given(registered)
      .when(measure({ kind: 'storeys', reached: -3, of: 18, below: 2 }))
      .rejects('count-impossible', {
        member: 'measure.reached',
        seen: '-3 with 2 below ground',
        expected: 'at least -2',
      });
    for (const meant of [
      { kind: 'count', done: 5, of: 5 },
      { kind: 'count', done: 6 },
      { kind: 'count', done: 6, of: 5 },
      { kind: 'storeys', reached: 2 },
      { kind: 'storeys', reached: -2 },
      { kind: 'storeys', reached: -2, of: 18, below: 2 },
    ] as const) {
      given(registered)
        .when(measure(meant))
        .records({ type: 'ProgressMeasured', entry: june, data: { item: 'dormitories', measure: meant } });
    }
  });

  test('a period ends on its first day or later', () => {
    given(registered)
      .when({ type: 'StallDeclared', entry: june, data: { ...stallData, to: '2018-05-31' } })
      .rejects('period-reversed', {
        member: 'to',
        seen: '2018-05-31',
        expected: '2018-06-01 (from) or later',
      });
    given(registered)
      .when({
        type: 'ForecastGiven',
        entry: june,
        data: { target: 'completion', earliest: '2019-03-02', latest: '2019-03-01' },
      })
      .rejects('period-reversed', {
        member: 'latest',
        seen: '2019-03-01',
        expected: '2019-03-02 (earliest) or later',
      });
    given(registered)
      .when({ type: 'NoChangeReported', entry: june, data: { from: '2018-06-30', to: '2018-06-01' } })
      .rejects('period-reversed', {
        member: 'to',
        seen: '2018-06-01',
        expected: '2018-06-30 (from) or later',
      });
    const oneDay = { from: '2018-06-30', to: '2018-06-30' };
    given(registered)
      .when({ type: 'NoChangeReported', entry: june, data: oneDay })
      .records({ type: 'NoChangeReported', entry: june, data: oneDay });
  });

  test('only a declared stall that was not withdrawn can be cleared', () => {
    const clear: Command & { type: 'StallCleared' } = {
      type: 'StallCleared',
      entry: july,
      data: { stall: 'licence' },
    };
    given(registered).when(clear).rejects('stall-unknown', {
      member: 'stall',
      seen: '"licence"',
      expected: 'a declared stall; this project has none',
    });
    given(registered, stalled, stalled).when(clear).rejects('stall-unknown', {
      member: 'stall',
      seen: '"licence"',
      expected: 'a stall declared here: june-financing',
    });
    given(registered, stalled, withdrawn(1))
      .when({ ...clear, data: { stall: 'june-financing' } })
      .rejects('stall-unknown');
  });

  test('an unplanned item can be reached', () => {
    for (const item of ['gatehouse', '__proto__', 'constructor']) {
      const event: ProjectEvent = { type: 'MilestoneReached', data: { item }, entry: june };
      given(registered, planAdopted)
        .when({ type: 'MilestoneReached', data: { item }, entry: june })
        .records(event);
      given(registered, planAdopted, event)
        .when({ type: 'MilestoneReached', data: { item }, entry: june })
        .records();
    }
  });

  test('a fact corrects only an entry of its own project', () => {
    given(registered, roofCapped)
      .when({ ...capRoof, entry: { ...july, corrects: givenId(7) } })
      .rejects('entry-unknown', {
        member: 'corrects',
        seen: `"${givenId(7)}"`,
        expected: 'the id of an entry of this project',
      });
  });
});

describe('the last day of a stall', () => {
  const declared = (more: object): Command => ({
    type: 'StallDeclared',
    entry: june,
    data: { cause: 'unknown', item: 'roof', from: '2018-06-01', ...more },
  });
  const recorded = (more: object, command: Command, today: Day) =>
    expect(
      newEvents(
        decide(
          command,
          replay(emptyProject, [{ ...registered, id: 'e1', revision: 0 }]),
          '2018-07-11',
          false,
          () => today,
        ),
      ).map(({ data }) => data),
    ).toEqual([
      {
        ...{
          stall: 'roof-unknown-2018-06-01',
          item: 'roof',
          cause: 'unknown',
          blocks: ['works'],
          from: '2018-06-01',
        },
        ...more,
      },
    ]);

  test('is over if it has passed when it is entered', () => {
    recorded({ to: '2018-07-09' }, declared({ to: '2018-07-09' }), '2018-07-10');
  });

  test.each(['2018-07-10', '2018-09-30'])('%s is expected on 2018-07-10', (to) => {
    recorded({ expectedEnd: to }, declared({ to }), '2018-07-10');
  });

  test('stays expected in an old report that is entered later', () => {
    recorded({ expectedEnd: '2018-06-30' }, declared({ expectedEnd: '2018-06-30' }), '2018-07-10');
  });

  test('is one of the two', () => {
    given(registered)
      .when(declared({ to: '2018-06-10', expectedEnd: '2018-06-30' }))
      .rejects('stall-ends-twice');
  });

  test('was over or expected by the day in China on which schema 1 was recorded', () => {
    const upcast = (recordedAt: string) =>
      upcasted('StallDeclared', 1, { stall: 'june', from: '2018-06-01', to: '2018-06-30' }, recordedAt);
    expect(upcast('2018-06-30T15:59:59.999Z')).toEqual({
      schema: 2,
      data: { stall: 'june', from: '2018-06-01', expectedEnd: '2018-06-30' },
    });
    expect(upcast('2018-06-30T16:00:00.000Z')).toEqual({
      schema: 2,
      data: { stall: 'june', from: '2018-06-01', to: '2018-06-30' },
    });
  });
});
