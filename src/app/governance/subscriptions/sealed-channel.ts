import type { Channel, Subscription } from '../../../../domain/governance/events.js';
import type { Subscribed } from '../../../../domain/governance/governance.js';
import type { SubscriptionTerms } from '../../../../domain/governance/subscription-fault.js';
import { isSame } from '../../../../domain/values/equal.js';
import type { Address } from '../../../channels/channel.js';
import { urlOf } from '../../deliveries/address.js';
import type { Vault } from '../../ports.js';
import type { SubscriptionAsked } from '../governance.js';

type ChannelAsked = SubscriptionAsked['channel'];

/** A subscriber's address, with the signing secrets. */
export function addressAsked(channel: ChannelAsked, secrets: readonly string[]): Address {
  return channel.kind === 'webhook'
    ? { kind: 'webhook', url: channel.url, secrets }
    : { kind: 'email', address: channel.address };
}

/** A channel as recorded: addresses and the secret of a webhook are sealed. */
export function sealedChannel(
  subscription: string,
  channel: ChannelAsked,
  secret: string,
  vault: Vault,
): Channel {
  return channel.kind === 'webhook'
    ? {
        kind: 'webhook',
        url: vault.seal(subscription, channel.url),
        secret: vault.seal(subscription, secret),
      }
    : { kind: 'email', address: vault.seal(subscription, channel.address) };
}

/** True for a webhook whose URL is recorded unencrypted. */
export function isInClear(channel: Channel): boolean {
  return channel.kind === 'webhook' && 'clear' in channel.url;
}

/** True if a channel has a subscriber's address; false if it can no longer be decrypted. */
export function leadsTo(
  { subscription, channel }: { subscription: string; channel: Channel },
  asked: ChannelAsked,
  vault: Vault,
): boolean {
  if (channel.kind === 'webhook')
    return asked.kind === 'webhook' && asked.url === urlOf({ subscription, channel }, vault);
  return asked.kind === 'email' && asked.address === vault.open(subscription, channel.address);
}

/** True if a subscription has a subscriber's terms; an omitted secret counts as unchanged. */
export function saysTheSame(known: Subscription, asked: SubscriptionAsked, vault: Vault): boolean {
  const { subscription, channel } = known;
  const isSameSecret =
    channel.kind !== 'webhook' ||
    asked.channel.kind !== 'webhook' ||
    asked.channel.secret === undefined ||
    asked.channel.secret === vault.open(subscription, channel.secret);
  return isSame(termsOf(known), termsOf(asked)) && isSameSecret && leadsTo(known, asked.channel, vault);
}

/** The channel of a changed subscription: the secret stays, and so does an unchanged address. */
export function channelChanged(
  { subscription, channel }: Subscribed,
  asked: ChannelAsked,
  vault: Vault,
): Channel {
  if (leadsTo({ subscription, channel }, asked, vault) && !isInClear(channel)) return channel;
  if (channel.kind === 'webhook' && asked.kind === 'webhook')
    return { ...channel, url: vault.seal(subscription, asked.url) };
  if (asked.kind === 'webhook') throw new Error('The kind of a channel does not change.');
  return { kind: 'email', address: vault.seal(subscription, asked.address) };
}

/** A subscription's terms beside its id and its channel. */
export function termsOf(said: SubscriptionTerms): SubscriptionTerms {
  const { name, choice, timing, hours, language, timeZone } = said;
  return { name, choice, timing, ...(hours ? { hours } : {}), language, timeZone };
}
