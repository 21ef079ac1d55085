import type { Channel } from '../../../domain/governance/events.js';
import type { Instant } from '../../../domain/values/days/calendar.js';
import type { Address } from '../../channels/channel.js';
import type { Subscribed } from '../governance/governed.js';
import type { Vault } from '../ports.js';

/**
 * The address of a subscription, decrypted for one delivery, with the secrets in force at an instant.
 *
 * @returns undefined if it cannot be decrypted
 */
export function addressOf(
  { subscription, channel, secrets }: Subscribed,
  vault: Pick<Vault, 'open'>,
  now: Instant,
): Address | undefined {
  if (channel.kind === 'email') {
    const address = vault.open(subscription, channel.address);
    return address === undefined ? undefined : { kind: 'email', address };
  }
  const inForce = secrets.filter(({ until }) => until === undefined || until > now);
  const opened = inForce.flatMap(({ secret }) => vault.open(subscription, secret) ?? []);
  const isWhole = opened.length > 0 && opened.length === inForce.length;
  const url = urlOf({ subscription, channel }, vault);
  return isWhole && url !== undefined ? { kind: 'webhook', url, secrets: opened } : undefined;
}

/** The URL of a webhook; undefined if it cannot be decrypted. */
export function urlOf(
  { subscription, channel }: { subscription: string; channel: Extract<Channel, { kind: 'webhook' }> },
  vault: Pick<Vault, 'open'>,
): string | undefined {
  return 'clear' in channel.url ? channel.url.clear : vault.open(subscription, channel.url);
}

/** The host of a subscription's notices: that of its URL; all e-mail shares one. */
export function hostOf(
  { subscription, channel }: Pick<Subscribed, 'subscription' | 'channel'>,
  vault: Pick<Vault, 'open'>,
): string {
  if (channel.kind === 'email') return 'e-mail';
  return URL.parse(urlOf({ subscription, channel }, vault) ?? '')?.hostname ?? 'unreadable';
}
