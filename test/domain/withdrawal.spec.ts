import { describe, expect, test } from '@jest/globals';
import type { Command, FactCommand } from '../../domain/project/commands.js';
import type { ProjectEvent } from '../../domain/project/events.js';
import { emptyProject, replay } from '../../domain/project/project.js';
import { given, givenId, seenOn } from '../support/given.js';
import {
  capRoof,
  described,
  june,
  planAdopted,
  registered,
  roofCapped,
  stalled,
  withdraw,
  withdrawn,
} from './car-works.js';

const wallsUp: FactCommand = { type: 'MilestoneReached', data: { item: 'walls' }, entry: june };

describe('withdrawal', () => {
  const corrected: ProjectEvent = {
    type: 'MilestoneReached',
    data: { item: 'walls' },
    entry: { ...june, corrects: givenId(1) },
  };

  test('an entry is withdrawn once', () => {
    given(registered, roofCapped).when(withdraw(1)).records(withdrawn(1));
    given(registered, roofCapped, withdrawn(1)).when(withdraw(1)).records();
  });

  test('a replacement is recorded with it and names the entry it corrects', () => {
    given(registered, roofCapped).when(withdraw(1, wallsUp)).records(withdrawn(1), corrected);
    given(registered, roofCapped, withdrawn(1), corrected).when(withdraw(1, wallsUp)).records();
  });

  test('a replacement that comes after the withdrawal is not lost', () => {
    given(registered, roofCapped, withdrawn(1)).when(withdraw(1, wallsUp)).records(corrected);
  });

  test('a replacement may repeat the withdrawn fact for another day', () => {
    const may = seenOn('2018-05-31');
    given(registered, roofCapped)
      .when(withdraw(1, { ...capRoof, entry: may }))
      .records(withdrawn(1), { ...roofCapped, entry: { ...may, corrects: givenId(1) } });
  });

  test('a replacement is recorded even if another entry has the same content', () => {
    const others: ProjectEvent = { type: 'MilestoneReached', data: { item: 'walls' }, entry: june };
    given(registered, roofCapped, others).when(withdraw(1, wallsUp)).records(withdrawn(1), corrected);
  });

  test('a replacement must be valid like any fact', () => {
    given(registered, roofCapped)
      .when(
        withdraw(1, {
          type: 'ProgressMeasured',
          entry: june,
          data: { item: 'dormitories', measure: { kind: 'storeys', reached: 6, of: 5 } },
        }),
      )
      .rejects('count-impossible');
  });

  test('the clearing of a stall cannot replace its only declaration', () => {
    given(registered, stalled)
      .when(withdraw(1, { type: 'StallCleared', entry: june, data: { stall: 'june-financing' } }))
      .rejects('stall-unknown');
  });

  test('plans and descriptions can be withdrawn, withdrawals cannot', () => {
    given(registered, planAdopted).when(withdraw(1)).records(withdrawn(1));
    given(registered, described({ phase: { en: 'II' } }, '2018-06-01'))
      .when(withdraw(1))
      .records(withdrawn(1));
    given(registered, roofCapped, withdrawn(1)).when(withdraw(2)).rejects('entry-fixed', {
      member: 'entry',
      seen: 'a withdrawal',
      expected:
        'an entry other than a withdrawal, which stays; say the fact again, or register the project again, instead',
    });
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
    const twice = replay(project, [{ ...withdrawn(1), id: givenId(3), revision: 3 }]);
    if (twice.status === 'unregistered') throw new Error('It was registered.');
    expect([...twice.said]).toEqual([
      { ...registered, id: givenId(0), revision: 0 },
      { ...roofCapped, id: givenId(1), revision: 1 },
      { ...withdrawn(1), id: givenId(2), revision: 2 },
      { ...withdrawn(1), id: givenId(3), revision: 3 },
    ]);
    expect(twice.said.withdrawalOf(givenId(1))).toMatchObject({ id: givenId(2) });
  });
});

describe('a registration by mistake', () => {
  const takenBack = [registered, roofCapped, withdrawn(0)] as const;
  const register: Command = { ...registered, type: 'RegisterProject' } as Command;

  test('is taken back once, and nothing replaces it', () => {
    given(registered, roofCapped).when(withdraw(0)).records(withdrawn(0));
    given(...takenBack)
      .when(withdraw(0))
      .records();
    given(registered).when(withdraw(0, capRoof)).rejects('entry-fixed', {
      member: 'replacement',
      seen: 'a replacement of a registration',
      expected:
        'none: a registration is taken back with all of its project; describe the project (PATCH) to change its details',
    });
  });

  test('leaves nothing to be said but that entries are withdrawn', () => {
    const refusal = {
      seen: 'a project whose registration was taken back on 2018-07-01: misread',
      expected: 'another project, or first its registration again',
    };
    const describing: Command = { type: 'DescribeProject', data: { phase: { en: 'II' } }, entry: june };
    for (const command of [capRoof, describing, withdraw(1, wallsUp)])
      given(...takenBack)
        .when(command)
        .rejects('project-taken-back', refusal);
    given(...takenBack)
      .when(withdraw(1))
      .records(withdrawn(1));
  });

  test('is registered again under the same id, with the same details or others', () => {
    given(...takenBack)
      .when(register)
      .records(registered);
    given(...takenBack, registered)
      .when(register)
      .records();
    given(...takenBack, registered)
      .when(withdraw(3))
      .records(withdrawn(3));
  });
});

describe('a corrected stall', () => {
  const { stall, ...rest } = stalled.type === 'StallDeclared' ? stalled.data : ({} as never);
  const kept = (data: object): ProjectEvent =>
    ({
      ...stalled,
      data: { stall, ...rest, ...data },
      entry: { ...stalled.entry, corrects: givenId(1) },
    }) as ProjectEvent;
  const right = (data: object): FactCommand => ({
    type: 'StallDeclared',
    entry: stalled.entry,
    data: { cause: 'licence', ...data },
  });

  test('keeps its id, what it blocks and its days where the correction omits them', () => {
    given(registered, stalled)
      .when(withdraw(1, right({})))
      .records(withdrawn(1), kept({ cause: 'licence' }));
    given(registered, stalled)
      .when(withdraw(1, right({ blocks: ['staffing'], from: '2018-06-05', to: '2018-06-07' })))
      .records(
        withdrawn(1),
        kept({ cause: 'licence', blocks: ['staffing'], from: '2018-06-05', to: '2018-06-07' }),
      );
  });

  test('cannot get another id', () => {
    given(registered, stalled)
      .when(withdraw(1, right({ stall: 'other' })))
      .rejects('stall-id-fixed', {
        member: 'stall',
        seen: '"other"',
        expected: `no other id than "${stall}": a correction of a stall keeps its id`,
      });
  });
});
