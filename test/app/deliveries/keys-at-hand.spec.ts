import { expect, test } from '@jest/globals';
import { KeysAtHand } from '../../../src/app/deliveries/keys-at-hand.js';
import type { Subscribed } from '../../../src/app/governance/governed.js';

const world = {
  now: () => '2018-07-10T01:00:00.000Z',
  after(_: number, call: () => void) {
    call();
    return () => undefined;
  },
};

/** A subscription by mail, sealed by the named replica; `x` at the end means that it ended. */
const sealedBy = (by: string, index: number) =>
  ({
    subscription: `s${index}`,
    status: by.endsWith('x') ? 'ended' : 'active',
    channel: { kind: 'email', address: { sealed: by } },
    secrets: [],
  }) as unknown as Subscribed;

function keysOf(name: string, log: readonly string[]) {
  const subscriptions = log.map(sealedBy);
  const vault = {
    look: async () => undefined,
    open: (_: string, { sealed }: { sealed: string }) => (sealed.startsWith(name) ? 'a@b.org' : undefined),
  };
  return new KeysAtHand({ subscriptions: () => subscriptions }, vault, world);
}

test.each([
  ['nothing is sealed yet', [], true, true],
  ['all is sealed by the keys of the first', ['north', 'north'], true, false],
  ['one was sealed by another replica', ['north', 'south', 'north'], true, false],
  ['half was sealed by another replica, not the oldest', ['north', 'south'], true, false],
  ['what others sealed has ended', ['northx', 'northx', 'south'], false, true],
  ['all has ended', ['northx'], true, true],
  ['all keys are lost', ['gone', 'gone'], false, false],
  ['one key is lost', ['gone', 'north', 'north'], true, false],
])('of two replicas with separate keys at most one delivers: %s', (_, log, north, south) => {
  expect([keysOf('north', log).whyNot() === undefined, keysOf('south', log).whyNot() === undefined]).toEqual([
    north,
    south,
  ]);
});

test('keys of another process are found at the next check, and unreadable keys are a reason not to deliver', async () => {
  const known = new Set<string>();
  let fault: Error | undefined;
  const vault = {
    async look() {
      if (fault) throw fault;
      known.add('north');
    },
    open: (_: string, { sealed }: { sealed: string }) => (known.has(sealed) ? 'a@b.org' : undefined),
  };
  const subscriptions = [sealedBy('north', 0)];
  const keys = new KeysAtHand({ subscriptions: () => subscriptions }, vault, world);
  expect(keys.whyNot()).toBe(
    'its keys open 0 of 1 subscription in force; TOPOUT_VAULT has to name the file of keys that all replicas share',
  );
  await keys.look();
  expect(keys.whyNot()).toBeUndefined();
  fault = new Error('The key file v.json has the mode 0644.');
  await keys.look();
  expect(keys.whyNot()).toBe('The key file v.json has the mode 0644');
});
