import { describe, expect, test } from '@jest/globals';
import type { Entry } from '../../../web/log/outbox/entry.js';
import { linesOf } from '../../../web/log/outbox/hand-over.js';
import { enteredFor, whoseIs } from '../../../web/log/outbox/whose.js';

const lin = { person: 'p-lin', name: '林工' };
const mei = { person: 'p-mei', name: 'Mei' };
const linIsIn = { mode: 'signed-in', permissions: {}, ...lin } as const;
const meiIsIn = { mode: 'signed-in', permissions: {}, ...mei } as const;
const nobody = { mode: 'nobody', permissions: {} } as const;
const open = { mode: 'open', permissions: {} } as const;

const entry = (more: Partial<Entry> = {}): Entry => ({
  id: '019a4c1e-0000-7000-8000-000000000001',
  order: 1,
  project: 'hall-7',
  projectName: 'Hall 7',
  about: 'Roof',
  fact: { type: 'MilestoneReached', item: 'roof', asOf: '2018-07-09' },
  madeAt: '2018-07-09T08:00:00.000Z',
  state: { is: 'waiting' },
  ...more,
});

describe('an entry that waits', () => {
  test.each([
    ['of the person who is signed in', { owner: lin }, linIsIn, 'own'],
    ['of another person', { owner: lin }, meiIsIn, 'foreign'],
    ['of a person who was signed out', { owner: lin }, nobody, 'signed-out'],
    ['from before anybody signed in', { by: 'li-wei' }, linIsIn, 'unsigned'],
    ['from before, on a phone that is signed out', {}, nobody, 'unsigned'],
    ['of an open installation', { by: 'li-wei' }, open, 'own'],
    ['on a phone that has not reached the service', {}, undefined, 'own'],
  ] as [string, Partial<Entry>, Parameters<typeof whoseIs>[1], string][])('%s', (_, of, self, whose) => {
    expect(whoseIs(entry(of), self)).toBe(whose);
  });

  test('keeps its id when another person enters it, who then is the author', () => {
    const { id, fact } = entry();
    expect(enteredFor(entry({ owner: lin }), mei)).toEqual(
      entry({ id, owner: mei, fact: { ...fact, onBehalfOf: '林工' } }),
    );
    expect(enteredFor(entry({ by: 'li-wei' }), mei).fact).toEqual({ ...fact, onBehalfOf: 'li-wei' });
    expect(enteredFor(entry(), mei)).toEqual(entry({ owner: mei }));
  });
});

test('a file of entries is what an import takes', () => {
  const { id, fact } = entry();
  const takesBack = { entry: '019a4c1e-0000-7000-8000-000000000002', reason: 'mistake', isReplaced: true };
  const lines = linesOf([
    entry(),
    entry({ takesBack }),
    entry({ takesBack: { ...takesBack, isReplaced: false } }),
  ]);
  expect(
    lines
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([
    { id, project: 'hall-7', ...fact },
    {
      ...{ id, project: 'hall-7', type: 'EntryWithdrawn', asOf: '2018-07-09' },
      ...{ entry: takesBack.entry, reason: 'mistake', replacement: fact },
    },
    {
      ...{ id, project: 'hall-7', type: 'EntryWithdrawn', asOf: '2018-07-09' },
      ...{ entry: takesBack.entry, reason: 'mistake' },
    },
  ]);
});
