import type { Subscribed } from '../../../../domain/governance/governance.js';
import type { Address } from '../../../channels/channel.js';
import type { SubscriptionAsked, SubscriptionMoved } from '../governance.js';
import { addressAsked } from './sealed-channel.js';
import type { SubscribersNeed } from './subscribers-need.js';
import { addressIn } from './subscription-checks.js';

type AddressNeed = Pick<SubscribersNeed, 'vault' | 'world'>;

/** A change, with the current address if it has none. */
export function wholeOf(
  known: Subscribed,
  { channel, ...terms }: SubscriptionMoved,
  need: AddressNeed,
): SubscriptionAsked {
  if (channel.kind === 'email') {
    const { address = presentOf(known, 'email', need) } = channel;
    return { ...terms, channel: { kind: 'email', address } };
  }
  const { url = presentOf(known, 'webhook', need) } = channel;
  return { ...terms, channel: { ...channel, url } };
}

/** The address of a subscription; undefined for another kind, which is refused for that. */
export function presentOf(known: Subscribed, kind: Address['kind'], need: AddressNeed): string {
  if (known.status === 'ended' || known.channel.kind !== kind) return '';
  const address = addressIn(known, need.world.now(), need.vault);
  return address.kind === 'email' ? address.address : address.url;
}

/** The new address of a change, with the current secrets. */
export function movedTo(known: Subscribed, { channel }: SubscriptionAsked, need: AddressNeed): Address {
  if (channel.kind === 'email') return addressAsked(channel, []);
  const { vault, world } = need;
  const present = addressIn(known, world.now(), vault);
  return addressAsked(channel, present.kind === 'webhook' ? present.secrets : []);
}
