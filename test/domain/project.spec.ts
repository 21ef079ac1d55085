import { describe, expect, test } from '@jest/globals';
import type { Plan, ProjectEvent } from '../../domain/project/events.js';
import { detailsOf, emptyProject, replay } from '../../domain/project/project.js';
import { given, givenId, seenOn, today } from '../support/given.js';
import {
  adoptPlan,
  capRoof,
  describeAs,
  described,
  july,
  june,
  plan,
  planAdopted,
  register,
  registered,
  roofCapped,
  stallData,
  tomorrow,
  withdraw,
  withdrawn,
  works,
} from './car-works.js';

describe('registration', () => {
  test('a new project is registered', () => {
    given().when(register).records(registered);
  });

  test('the same registration again is recorded once', () => {
    given(registered).when(register).records();
  });

  test('the first registration is still the same after a description', () => {
    given(registered, described({ owner: { en: 'New Ltd' } }, '2018-06-30'))
      .when(register)
      .records();
  });

  test('an id of another project is refused', () => {
    given(registered)
      .when({ ...register, data: { name: { en: 'Chemical works' } } })
      .rejects('project-exists', {
        member: 'project',
        seen: 'an id that is registered with other details',
        expected: 'a new id, or a description (PATCH) to change the details',
      });
  });

  test('entries of an unregistered project are refused', () => {
    for (const command of [
      capRoof,
      adoptPlan,
      withdraw(0),
      describeAs({ phase: { en: 'II' } }, '2018-06-30'),
    ]) {
      given().when(command).rejects('project-unknown');
    }
  });
});

describe('a day that has not begun', () => {
  test('a fact about tomorrow is refused, one about today is not', () => {
    given(registered)
      .when({ ...capRoof, entry: tomorrow })
      .rejects('day-not-begun', {
        member: 'asOf',
        seen: '2018-07-11',
        expected: '2018-07-10 or earlier: a fact is about a day that has begun',
      });
    given(registered)
      .when({ ...capRoof, entry: seenOn(today) })
      .records({ ...roofCapped, entry: seenOn(today) });
  });

  test('no command may be about tomorrow', () => {
    given()
      .when({ ...register, entry: tomorrow })
      .rejects('day-not-begun');
    given(registered)
      .when({ ...adoptPlan, entry: tomorrow })
      .rejects('day-not-begun');
    given(registered, roofCapped)
      .when({ ...withdraw(1), entry: tomorrow })
      .rejects('day-not-begun');
    given(registered, roofCapped)
      .when(withdraw(1, { ...capRoof, entry: tomorrow }))
      .rejects('day-not-begun', {
        member: 'replacement.asOf',
        seen: '2018-07-11',
        expected: '2018-07-10 or earlier: a fact is about a day that has begun',
      });
  });

  test('a stall cannot begin tomorrow, but may be expected to last', () => {
    given(registered)
      .when({
        type: 'StallDeclared',
        entry: june,
        data: { ...stallData, from: '2018-07-11', to: '2018-08-01' },
      })
      .rejects('day-not-begun');
    const { to: _, ...open } = stallData;
    const expected = { ...open, expectedEnd: '2018-12-31' };
    given(registered)
      .when({ type: 'StallDeclared', entry: june, data: { ...open, to: '2018-12-31' } })
      .records({ type: 'StallDeclared', entry: june, data: expected });
  });

  test('a report of no change until tomorrow is refused', () => {
    given(registered)
      .when({ type: 'NoChangeReported', entry: june, data: { from: '2018-06-01', to: '2018-07-11' } })
      .rejects('day-not-begun');
  });
});

describe('description', () => {
  test('only what changed is recorded', () => {
    given(registered)
      .when(describeAs({ owner: { en: 'Car Ltd' }, phase: { en: 'II' } }, '2018-06-30'))
      .records(described({ phase: { en: 'II' } }, '2018-06-30'));
  });

  test('known details are not recorded again', () => {
    given(registered, described({ phase: { en: 'II' } }, '2018-06-01'))
      .when(describeAs({ phase: { en: 'II' } }, '2018-06-30'))
      .records();
  });

  test('the details of a withdrawn description are not known', () => {
    given(registered, described({ phase: { en: 'II' } }, '2018-06-01'), withdrawn(1))
      .when(describeAs({ phase: { en: 'II' } }, '2018-06-30'))
      .records(described({ phase: { en: 'II' } }, '2018-06-30'));
  });

  test('a description counts from its day on, whenever it was recorded', () => {
    const late = [
      registered,
      described({ phase: { en: 'II' } }, '2018-06-01'),
      described({ phase: { en: 'I' } }, '2018-05-01'),
    ];
    given(...late)
      .when(describeAs({ phase: { en: 'I' } }, '2018-06-30'))
      .records(described({ phase: { en: 'I' } }, '2018-06-30'));
    given(...late)
      .when(describeAs({ phase: { en: 'II' } }, '2018-06-30'))
      .records();
    given(...late)
      .when(describeAs({ phase: { en: 'I' } }, '2018-05-31'))
      .records();
    given(...late)
      .when(describeAs({ phase: { en: 'II' } }, '2018-05-31'))
      .records(described({ phase: { en: 'II' } }, '2018-05-31'));
  });

  test('the registration counts for days before it, too', () => {
    given(registered)
      .when(describeAs({ owner: { en: 'Car Ltd' } }, '2017-06-30'))
      .records();
  });

  test('details on a day are the registration with the descriptions until then', () => {
    const project = replay(
      emptyProject,
      [
        registered,
        described({ phase: { en: 'II' } }, '2018-06-01'),
        described({ phase: { en: 'I' }, owner: { en: 'New Ltd' } }, '2018-05-01'),
      ].map((event, revision) => ({ ...event, id: givenId(revision), revision })),
    );
    expect([
      detailsOf(emptyProject),
      detailsOf(project, '2017-01-01'),
      detailsOf(project, '2018-05-01'),
      detailsOf(project),
    ]).toEqual([
      { name: {} },
      works,
      { ...works, phase: { en: 'I' }, owner: { en: 'New Ltd' } },
      { ...works, phase: { en: 'II' }, owner: { en: 'New Ltd' } },
    ]);
  });
});

describe('plans', () => {
  const wider: Plan = { ...plan, plannedInvestment: { amountMinor: 1, currency: 'CNY' } };

  test('versions count from 1, and a withdrawn plan keeps its number', () => {
    given(registered).when(adoptPlan).records(planAdopted);
    given(registered, planAdopted, withdrawn(1))
      .when({ ...adoptPlan, data: wider })
      .records({ type: 'PlanAdopted', data: { ...wider, version: 2 }, entry: june });
  });

  test('the same plan for the same day is adopted once', () => {
    given(registered, planAdopted).when(adoptPlan).records();
    const forJuly: ProjectEvent = { type: 'PlanAdopted', data: { ...wider, version: 2 }, entry: july };
    given(registered, planAdopted, forJuly).when(adoptPlan).records();
  });

  test('a replaced plan, or one for another day, is adopted again', () => {
    const replaced: ProjectEvent = { type: 'PlanAdopted', data: { ...wider, version: 2 }, entry: june };
    given(registered, planAdopted, replaced)
      .when(adoptPlan)
      .records({ type: 'PlanAdopted', data: { ...plan, version: 3 }, entry: june });
    given(registered, planAdopted)
      .when({ ...adoptPlan, entry: july })
      .records({ type: 'PlanAdopted', data: { ...plan, version: 2 }, entry: july });
  });

  test('an invalid plan is refused', () => {
    given(registered)
      .when({ ...adoptPlan, data: { items: [], basis: 'stated' } })
      .rejects('plan-invalid', {
        member: 'items',
        seen: 'no item without a parent has a weight above 0',
        expected: 'at least one',
      });
  });
});
