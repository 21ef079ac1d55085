import { expect, test } from '@jest/globals';
import type { Outbox, Waiting } from '../../../src/app/deliveries/outbox.js';
import { Queue } from '../../../src/app/deliveries/queue.js';
import type { Subscribed } from '../../../src/app/governance/governed.js';
import { uuidOf } from '../../support/dice.js';
import { subscribed } from '../../support/simulated-deliveries.js';

const begin = Date.parse('2018-07-10T02:00:00.000Z');
const office: Subscribed = {
  ...subscribed(uuidOf('office')),
  status: 'active',
  secrets: [],
  by: 'administrator',
  addedAt: '2018-07-01T00:00:00.000Z',
  addedPosition: 1,
  since: 1,
};

function row(position: number, severity: Waiting['severity']): Waiting {
  return {
    position,
    event: uuidOf(`event ${position}`),
    type: 'AlertRaised',
    alert: uuidOf(`alert ${position}`),
    project: `works-${position}`,
    cause: 'financing',
    correlation: uuidOf(`judgement ${position}`),
    severity,
    recordedAt: '2018-07-10T01:59:59.000Z',
    waitsSince: '2018-07-10T01:59:59.000Z',
    attempts: 0,
  };
}

test.each([1, 2, 3, 4])(
  'nothing overtakes an older notice, although time advances between checks (%i)',
  (goesOnAt) => {
    let looks = 0;
    const rows = [row(1, 'yellow'), row(2, 'red')];
    const outbox: Pick<Outbox, 'waiting' | 'hasRed'> = {
      waiting: (_, limit) => rows.slice(0, limit),
      hasRed: () => true,
    };
    const world = {
      now: () => new Date(++looks < goesOnAt ? begin : begin + 1).toISOString(),
      derivedId: (id: string, name: string) => uuidOf(`${id} ${name}`),
    };
    const queue = new Queue(outbox as Outbox, { calendar: () => undefined }, world, {}, 0);
    expect(queue.next(office)?.rows.map(({ position }) => position)).toEqual([1]);
  },
);
