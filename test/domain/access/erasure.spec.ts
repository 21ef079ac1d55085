import { expect, test } from '@jest/globals';
import { type AccessState, emptyAccess, replayAccess } from '../../../domain/access/access.js';
import { decideAccess } from '../../../domain/access/decide.js';
import type { AccessEvent, NewAccessEvent } from '../../../domain/access/events.js';

const at = '2018-07-10T08:00:00.000Z';
const until = '2018-07-17T08:00:00.000Z';
const installation = { kind: 'installation' } as const;

/** A state after events that somebody recorded. */
function after(state: AccessState, by: string, ...said: NewAccessEvent[]): AccessState {
  const events = said.map(({ type, data }, index) => ({
    type,
    data,
    entry: { asOf: '2018-07-10', precision: 'day', source: { kind: 'unstated' } },
    id: `event-${state.revision + 1 + index}`,
    stream: 'access',
    revision: state.revision + 1 + index,
    position: state.position + 1 + index,
    recordedAt: at,
    by,
  }));
  return replayAccess(state, events as unknown as AccessEvent[]);
}

const added = (person: string): NewAccessEvent => ({ type: 'PersonAdded', data: { person } });
const administrator = (person: string): NewAccessEvent[] => [
  added(person),
  {
    type: 'RoleGranted',
    data: { grant: `role of ${person}`, person, role: 'administrator', scope: installation },
  },
];
const one = after(emptyAccess(), 'machine', ...administrator('ann'), added('li'));
const two = after(one, 'ann', ...administrator('bo'));

const erased: NewAccessEvent[] = [
  { type: 'PersonRemoved', data: { person: 'li' } },
  { type: 'PersonErased', data: { person: 'li' } },
];
const requested: NewAccessEvent = { type: 'ErasureRequested', data: { person: 'li', until } };
const asked = after(two, 'ann', requested);

const erase = (state: AccessState, by: string, now = at) =>
  decideAccess({ type: 'ErasePerson', person: 'li', by, at: now }, state);

test('the only administrator erases somebody alone', () => {
  expect(erase(one, 'ann')).toEqual({ append: erased });
});

test('where there is another administrator, the first one asks, and asking again records nothing', () => {
  expect(erase(two, 'ann')).toEqual({ append: [requested] });
  expect(erase(asked, 'ann')).toMatchObject({ alreadySaid: { erasure: { by: 'ann', until } } });
});

test('another administrator confirms it, once', () => {
  expect(erase(asked, 'bo')).toEqual({ append: erased });
  const done = after(asked, 'bo', ...erased);
  expect(done.people.li).not.toHaveProperty('erasure');
  expect(erase(done, 'ann')).toMatchObject({ alreadySaid: { erased: { by: 'bo' } } });
});

test('a request that expired, was cancelled or is of a former administrator is confirmed by nobody', () => {
  const later = { append: [{ ...requested, data: { person: 'li', until: '2018-07-24T08:00:00.000Z' } }] };
  expect(erase(asked, 'bo', until)).toEqual(later);
  const cancelled = after(asked, 'bo', { type: 'ErasureCancelled', data: { person: 'li' } });
  expect(erase(cancelled, 'bo')).toEqual({ append: [requested] });
  const third = after(asked, 'bo', ...administrator('cai'), {
    type: 'RoleRevoked',
    data: { grant: 'role of ann' },
  });
  expect(erase(third, 'bo')).toEqual({ append: [requested] });
});

test('a request is cancelled once', () => {
  const cancel = { type: 'CancelErasure', person: 'li', at } as const;
  expect(decideAccess(cancel, asked)).toEqual({
    append: [{ type: 'ErasureCancelled', data: { person: 'li' } }],
  });
  expect(decideAccess(cancel, two)).toMatchObject({ alreadySaid: { person: 'li' } });
});
