import { expect, test } from '@jest/globals';
import { Failures } from '../../../src/app/deliveries/failures.js';
import { StoreFull } from '../../../src/event-store/errors.js';

test('a repeated failure is reported once an hour, separately for each kind', () => {
  const told: string[] = [];
  let now = '2018-07-10T02:00:00.000Z';
  const failures = new Failures({ now: () => now }, ({ message }) => told.push(message));
  const full = new StoreFull();
  for (let again = 0; again < 3; again += 1) failures.tell(full);
  failures.tell(new Error('no route'));
  now = '2018-07-10T02:59:59.000Z';
  failures.tell(full);
  now = '2018-07-10T03:00:00.000Z';
  failures.tell(full);
  expect(told).toEqual([full.message, 'no route', full.message]);
});
