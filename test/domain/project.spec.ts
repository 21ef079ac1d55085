import { describe, expect, test } from '@jest/globals';
import type { Command, FactCommand } from '../../src/domain/commands.js';
import type { EventData, Plan, ProjectDetails, ProjectEvent } from '../../src/domain/events.js';
import { commandOfFact, detailsOf, emptyProject, evolve, replay } from '../../src/domain/project.js';
import { given, givenId, seenOn, today } from '../support/given.js';

const june = seenOn('2018-06-30');
const july = seenOn('2018-07-01');
const tomorrow = seenOn('2018-07-11');

const works: ProjectDetails = { name: { en: 'Car works, phase II', zh: '汽车二期' }, owner: 'Car Ltd' };
const register: Command = { type: 'RegisterProject', entry: seenOn('2018-01-01'), data: works };
const registered: ProjectEvent = { type: 'ProjectRegistered', data: works, entry: seenOn('2018-01-01') };

const plan: Plan = {
  items: [
    { id: 'hall', name: { en: 'hall' }, weight: 60, measure: 'percent' },
    { id: 'roof', name: { en: 'roof' }, parent: 'hall', weight: 10, measure: 'done' },
  ],
  basis: 'stated',
};
const adoptPlan: Command = { type: 'AdoptPlan', entry: june, data: plan };
const planAdopted: ProjectEvent = { type: 'PlanAdopted', data: { ...plan, version: 1 }, entry: june };

const roofCapped: ProjectEvent<'MilestoneReached'> = {
  type: 'MilestoneReached',
  data: { item: 'roof' },
  entry: june,
};
const capRoof: FactCommand = { type: 'ReachMilestone', data: { item: 'roof' }, entry: june };
const stallData: EventData['StallDeclared'] = {
  stall: 'june-financing',
  cause: 'financing',
  blocks: ['works'],
  from: '2018-06-01',
  to: '2018-06-30',
};
const stalled: ProjectEvent = { type: 'StallDeclared', data: stallData, entry: june };
const described = (data: Partial<ProjectDetails>, asOf: string): ProjectEvent => ({
  type: 'ProjectDescribed',
  data,
  entry: seenOn(asOf),
});
const describeAs = (data: Partial<ProjectDetails>, asOf: string): Command => ({
  type: 'DescribeProject',
  data,
  entry: seenOn(asOf),
});
const withdraw = (index: number, replacement?: FactCommand): Command => ({
  type: 'WithdrawEntry',
  entry: july,
  data: { entry: givenId(index), reason: 'misread' },
  ...(replacement ? { replacement } : {}),
});
const withdrawn = (index: number): ProjectEvent => ({
  type: 'EntryWithdrawn',
  entry: july,
  data: { entry: givenId(index), reason: 'misread' },
});

describe('registration', () => {
  test('a new project is registered', () => {
    given().when(register).records(registered);
  });

  test('the same registration a second time is recorded once', () => {
    given(registered).when(register).records();
  });

  test('the first registration is still the same after a description', () => {
    given(registered, described({ owner: 'New Ltd' }, '2018-06-30'))
      .when(register)
      .records();
  });

  test('an id that another project has is refused', () => {
    given(registered)
      .when({ ...register, data: { name: { en: 'Chemical works' } } })
      .rejects('project-exists', {
        member: 'project',
        seen: 'an id that is registered with other details',
        expected: 'a new id, or a description (PATCH) to change the details',
      });
  });

  test('nobody can speak of a project that nobody registered', () => {
    for (const command of [capRoof, adoptPlan, withdraw(0), describeAs({ phase: 'II' }, '2018-06-30')]) {
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

  test('no command at all is about tomorrow', () => {
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

  test('a stall cannot begin tomorrow, but may be said to last', () => {
    given(registered)
      .when({
        type: 'DeclareStall',
        entry: june,
        data: { ...stallData, from: '2018-07-11', to: '2018-08-01' },
      })
      .rejects('day-not-begun');
    const long = { ...stallData, to: '2018-12-31' };
    given(registered)
      .when({ type: 'DeclareStall', entry: june, data: long })
      .records({ type: 'StallDeclared', entry: june, data: long });
  });

  test('nobody can know that nothing changes until tomorrow', () => {
    given(registered)
      .when({ type: 'ReportNoChange', entry: june, data: { from: '2018-06-01', to: '2018-07-11' } })
      .rejects('day-not-begun');
  });
});

describe('facts', () => {
  const facts: { [T in keyof typeof commandOfFact]: EventData[T] } = {
    MilestoneReached: { item: 'roof' },
    ProgressMeasured: { item: 'rain-pipe', measure: { kind: 'percent', basisPoints: 8500 } },
    InvestmentReported: {
      amount: { amountMinor: 6_900_000_000, currency: 'CNY', said: { amount: '6900', unit: '万元' } },
      span: 'since-start',
      basis: 'unknown',
    },
    StallDeclared: stallData,
    StallCleared: { stall: 'june-financing' },
    ForecastGiven: {
      target: 'production',
      earliest: '2019-03-01',
      latest: '2019-03-31',
      scope: 'whole vehicle',
    },
    StageEntered: { stage: 'trial-production' },
    NoChangeReported: { from: '2018-06-01', to: '2018-06-30' },
  };

  test.each(Object.keys(facts) as (keyof typeof facts)[])('%s is recorded as it was said, once', (type) => {
    const command = { type: commandOfFact[type], data: facts[type], entry: july } as FactCommand;
    const event = { type, data: facts[type], entry: july } as ProjectEvent;
    given(registered, stalled).when(command).records(event);
    given(registered, stalled, event).when(command).records();
  });

  test('more than there is cannot be done', () => {
    const measure = (data: EventData['ProgressMeasured']['measure']): Command => ({
      type: 'MeasureProgress',
      entry: june,
      data: { item: 'dormitories', measure: data },
    });
    given(registered)
      .when(measure({ kind: 'count', done: 6, of: 5 }))
      .rejects('count-impossible', { member: 'measure.done', seen: '6 of 5', expected: 'at most 5' });
    given(registered)
      .when(measure({ kind: 'storeys', reached: 4, of: 3 }))
      .rejects('count-impossible', { member: 'measure.reached', seen: '4 of 3', expected: 'at most 3' });
    for (const meant of [
      { kind: 'count', done: 5, of: 5 },
      { kind: 'count', done: 6 },
      { kind: 'storeys', reached: 2 },
    ] as const) {
      given(registered)
        .when(measure(meant))
        .records({ type: 'ProgressMeasured', entry: june, data: { item: 'dormitories', measure: meant } });
    }
  });

  test('a period ends on the day it begins, or later', () => {
    given(registered)
      .when({ type: 'DeclareStall', entry: june, data: { ...stallData, to: '2018-05-31' } })
      .rejects('period-reversed', {
        member: 'to',
        seen: '2018-05-31',
        expected: '2018-06-01 (from) or later',
      });
    given(registered)
      .when({
        type: 'GiveForecast',
        entry: june,
        data: { target: 'completion', earliest: '2019-03-02', latest: '2019-03-01' },
      })
      .rejects('period-reversed', {
        member: 'latest',
        seen: '2019-03-01',
        expected: '2019-03-02 (earliest) or later',
      });
    given(registered)
      .when({ type: 'ReportNoChange', entry: june, data: { from: '2018-06-30', to: '2018-06-01' } })
      .rejects('period-reversed', {
        member: 'to',
        seen: '2018-06-01',
        expected: '2018-06-30 (from) or later',
      });
    const oneDay = { from: '2018-06-30', to: '2018-06-30' };
    given(registered)
      .when({ type: 'ReportNoChange', entry: june, data: oneDay })
      .records({ type: 'NoChangeReported', entry: june, data: oneDay });
  });

  test('only a stall that was declared and not withdrawn can be cleared', () => {
    const clear: Command = { type: 'ClearStall', entry: july, data: { stall: 'licence' } };
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

  test('an item that no plan names can be reached', () => {
    for (const item of ['gatehouse', '__proto__', 'constructor']) {
      const event: ProjectEvent = { type: 'MilestoneReached', data: { item }, entry: june };
      given(registered, planAdopted)
        .when({ type: 'ReachMilestone', data: { item }, entry: june })
        .records(event);
      given(registered, planAdopted, event)
        .when({ type: 'ReachMilestone', data: { item }, entry: june })
        .records();
    }
  });

  test('a fact corrects an entry of its own project only', () => {
    given(registered, roofCapped)
      .when({ ...capRoof, entry: { ...july, corrects: givenId(7) } })
      .rejects('entry-unknown', {
        member: 'corrects',
        seen: `"${givenId(7)}"`,
        expected: 'the id of an entry of this project',
      });
  });
});

describe('description', () => {
  test('only what changed is recorded', () => {
    given(registered)
      .when(describeAs({ owner: 'Car Ltd', phase: 'II' }, '2018-06-30'))
      .records(described({ phase: 'II' }, '2018-06-30'));
  });

  test('what is known already is recorded no second time', () => {
    given(registered, described({ phase: 'II' }, '2018-06-01'))
      .when(describeAs({ phase: 'II' }, '2018-06-30'))
      .records();
  });

  test('what a withdrawn description said is not known', () => {
    given(registered, described({ phase: 'II' }, '2018-06-01'), withdrawn(1))
      .when(describeAs({ phase: 'II' }, '2018-06-30'))
      .records(described({ phase: 'II' }, '2018-06-30'));
  });

  test('a description counts from its day on, whenever it was recorded', () => {
    const late = [
      registered,
      described({ phase: 'II' }, '2018-06-01'),
      described({ phase: 'I' }, '2018-05-01'),
    ];
    given(...late)
      .when(describeAs({ phase: 'I' }, '2018-06-30'))
      .records(described({ phase: 'I' }, '2018-06-30'));
    given(...late)
      .when(describeAs({ phase: 'II' }, '2018-06-30'))
      .records();
    given(...late)
      .when(describeAs({ phase: 'I' }, '2018-05-31'))
      .records();
    given(...late)
      .when(describeAs({ phase: 'II' }, '2018-05-31'))
      .records(described({ phase: 'II' }, '2018-05-31'));
  });

  test('the registration counts for days before it, too', () => {
    given(registered)
      .when(describeAs({ owner: 'Car Ltd' }, '2017-06-30'))
      .records();
  });

  test('details on a day are the registration with what was described until then', () => {
    const project = replay(
      emptyProject,
      [
        registered,
        described({ phase: 'II' }, '2018-06-01'),
        described({ phase: 'I', owner: 'New Ltd' }, '2018-05-01'),
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
      { ...works, phase: 'I', owner: 'New Ltd' },
      { ...works, phase: 'II', owner: 'New Ltd' },
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

  test('a plan that was replaced, or is for another day, is adopted again', () => {
    const replaced: ProjectEvent = { type: 'PlanAdopted', data: { ...wider, version: 2 }, entry: june };
    given(registered, planAdopted, replaced)
      .when(adoptPlan)
      .records({ type: 'PlanAdopted', data: { ...plan, version: 3 }, entry: june });
    given(registered, planAdopted)
      .when({ ...adoptPlan, entry: july })
      .records({ type: 'PlanAdopted', data: { ...plan, version: 2 }, entry: july });
  });

  test('a plan that cannot be meant is refused', () => {
    given(registered)
      .when({ ...adoptPlan, data: { items: [], basis: 'stated' } })
      .rejects('plan-invalid', {
        member: 'items',
        seen: 'no item without a parent has a weight above 0',
        expected: 'at least one',
      });
  });
});

describe('withdrawal', () => {
  const wallsUp: FactCommand = { type: 'ReachMilestone', data: { item: 'walls' }, entry: june };
  const corrected: ProjectEvent = {
    type: 'MilestoneReached',
    data: { item: 'walls' },
    entry: { ...june, corrects: givenId(1) },
  };

  test('an entry is withdrawn once', () => {
    given(registered, roofCapped).when(withdraw(1)).records(withdrawn(1));
    given(registered, roofCapped, withdrawn(1)).when(withdraw(1)).records();
  });

  test('a replacement is recorded with it and says what it corrects', () => {
    given(registered, roofCapped).when(withdraw(1, wallsUp)).records(withdrawn(1), corrected);
    given(registered, roofCapped, withdrawn(1), corrected).when(withdraw(1, wallsUp)).records();
  });

  test('a replacement that comes after the withdrawal is not lost', () => {
    given(registered, roofCapped, withdrawn(1)).when(withdraw(1, wallsUp)).records(corrected);
  });

  test('a replacement may say what was withdrawn, for another day', () => {
    const may = seenOn('2018-05-31');
    given(registered, roofCapped)
      .when(withdraw(1, { ...capRoof, entry: may }))
      .records(withdrawn(1), { ...roofCapped, entry: { ...may, corrects: givenId(1) } });
  });

  test('a replacement is recorded also where somebody else said the same', () => {
    const others: ProjectEvent = { type: 'MilestoneReached', data: { item: 'walls' }, entry: june };
    given(registered, roofCapped, others).when(withdraw(1, wallsUp)).records(withdrawn(1), corrected);
  });

  test('a replacement has to be meant like any fact', () => {
    given(registered, roofCapped)
      .when(
        withdraw(1, {
          type: 'MeasureProgress',
          entry: june,
          data: { item: 'dormitories', measure: { kind: 'count', done: 6, of: 5 } },
        }),
      )
      .rejects('count-impossible');
  });

  test('the clearing of a stall cannot replace its only declaration', () => {
    given(registered, stalled)
      .when(withdraw(1, { type: 'ClearStall', entry: june, data: { stall: 'june-financing' } }))
      .rejects('stall-unknown');
  });

  test('plans and descriptions can be withdrawn, registrations and withdrawals cannot', () => {
    given(registered, planAdopted).when(withdraw(1)).records(withdrawn(1));
    given(registered, described({ phase: 'II' }, '2018-06-01'))
      .when(withdraw(1))
      .records(withdrawn(1));
    const expected =
      'an entry other than a registration or a withdrawal, which stay; describe the project or say the fact again instead';
    given(registered)
      .when(withdraw(0))
      .rejects('entry-fixed', { member: 'entry', seen: 'a ProjectRegistered entry', expected });
    given(registered, roofCapped, withdrawn(1))
      .when(withdraw(2))
      .rejects('entry-fixed', { member: 'entry', seen: 'a EntryWithdrawn entry', expected });
  });

  test('only an entry of this project can be withdrawn', () => {
    given(registered)
      .when(withdraw(7))
      .rejects('entry-unknown', {
        member: 'entry',
        seen: `"${givenId(7)}"`,
        expected: 'the id of an entry of this project',
      });
  });

  test('the first withdrawal of an entry is the one that counts', () => {
    const project = replay(
      emptyProject,
      [registered, roofCapped, withdrawn(1)].map((event, revision) => ({
        ...event,
        id: givenId(revision),
        revision,
      })),
    );
    expect(evolve(project, { ...withdrawn(1), id: givenId(3), revision: 3 })).toEqual({
      status: 'registered',
      revision: 3,
      said: [
        { ...registered, id: givenId(0), revision: 0 },
        { ...roofCapped, id: givenId(1), revision: 1, withdrawnBy: givenId(2) },
        { ...withdrawn(1), id: givenId(2), revision: 2 },
        { ...withdrawn(1), id: givenId(3), revision: 3 },
      ],
    });
  });
});
