import { inForce } from '../../../../domain/governance/decide.js';
import type { GovernanceState, Subscribed } from '../../../../domain/governance/governance.js';
import {
  type SubscriptionTerms,
  secretFault,
  subscriptionFault,
} from '../../../../domain/governance/subscription-fault.js';
import type { Instant } from '../../../../domain/values/days/calendar.js';
import { type Fault, oneOfThese } from '../../../../domain/values/rejections.js';
import type { Text } from '../../../../domain/values/words.js';
import type { Address, ChannelPort } from '../../../channels/channel.js';
import { addressOf } from '../../deliveries/address.js';
import type { Vault } from '../../ports.js';
import { type AppReason, Refused } from '../../refusals.js';
import type { SubscriptionAsked } from '../governance.js';
import type { Governed } from '../governed.js';

type Channels = Readonly<{ webhook?: ChannelPort; email?: ChannelPort }>;

/**
 * Checks a subscription: its terms, its calendar, its secret, and its channel.
 *
 * @throws Refused `subscription-invalid`, `calendar-unknown`, `secret-weak`, `channel-unavailable`
 */
export function checkTerms(
  { channel, ...terms }: SubscriptionAsked,
  { governed, channels }: { governed: Governed; channels: Channels },
): void {
  checkWishes(terms, governed);
  if (channel.kind === 'webhook' && channel.secret !== undefined)
    refuseFault('secret-weak', secretFault(channel.secret));
  portOf(channel.kind, channels);
}

/** Checks the terms beside the channel. @throws Refused `subscription-invalid`, `calendar-unknown` */
export function checkWishes(terms: SubscriptionTerms, governed: Governed): void {
  refuseFault('subscription-invalid', subscriptionFault(terms));
  const calendar = terms.hours?.calendar;
  if (calendar !== undefined && !governed.calendar(calendar)) {
    const names = governed.calendars().map(({ name }) => name);
    refuse('calendar-unknown', 'hours.calendar', JSON.stringify(calendar), oneOfThese(names));
  }
}

/** The channel of a kind. @throws Refused `channel-unavailable` */
export function portOf(kind: Address['kind'], channels: Channels): ChannelPort {
  const set = Object.entries(channels).flatMap(([name, channel]) => (channel ? [name] : []));
  const expected =
    set.length > 0
      ? oneOfThese(set)
      : { en: 'a channel; this installation has none set up', zh: '可用的通道；本系统尚未配置任何通道' };
  return channels[kind] ?? refuse('channel-unavailable', 'channel.kind', kind, expected);
}

/**
 * Checks that an address may be used and that its owner agrees.
 *
 * @throws Refused with the channel's reason
 */
export async function checkAddress(address: Address, channels: Channels): Promise<void> {
  const fault = await portOf(address.kind, channels).check(address);
  if (fault) refuse(fault.reason, fault.member, fault.seen, fault.expected);
}

/** Checks that a change names no other secret than the current one. @throws Refused `subscription-invalid` */
export function checkSecret(
  { subscription, channel }: Subscribed,
  asked: SubscriptionAsked,
  vault: Vault,
): void {
  if (channel.kind !== 'webhook' || asked.channel.kind !== 'webhook') return;
  const { secret } = asked.channel;
  if (secret === undefined || secret === vault.open(subscription, channel.secret)) return;
  refuse(
    'subscription-invalid',
    'channel.secret',
    { en: 'another secret', zh: '另一个密钥' },
    {
      en: 'none, because a change keeps the secret; give it a new one by rotating it',
      zh: '不填：修改时密钥不变；如需更换请轮换密钥',
    },
  );
}

/** The channel of a subscription, decrypted for one delivery. @throws Refused `sealed-unreadable` */
export function addressIn(known: Subscribed, now: Instant, vault: Vault): Address {
  return (
    addressOf(known, vault, now) ??
    refuse(
      'sealed-unreadable',
      'channel',
      {
        en: `the sealed ${known.channel.kind === 'email' ? 'address' : 'secret'}, which no key of this installation opens`,
        zh: `加密的${known.channel.kind === 'email' ? '地址' : '密钥'}，本系统没有可解开的密钥`,
      },
      {
        en: 'the file of keys it was sealed with; bring that back, or end the subscription and add it again',
        zh: '加密时所用的密钥文件；请恢复该文件，或终止订阅后重新添加',
      },
    )
  );
}

/** A subscription that has not ended and has the given kind of channel. @throws Refused */
export function changeable(
  state: Pick<GovernanceState, 'subscriptions'>,
  id: string,
  { channel }: SubscriptionAsked,
): Subscribed {
  const known = inForce(state, id);
  if (known.channel.kind === channel.kind) return known;
  const expected = {
    en: `${known.channel.kind}, as it is; for another kind add another subscription`,
    zh: `${known.channel.kind}，保持不变；换用其他通道请新增订阅`,
  };
  return refuse('subscription-invalid', 'channel.kind', channel.kind, expected);
}

/** Refuses for a fault, if there is one. @throws Refused */
export function refuseFault(reason: AppReason, fault: Fault | undefined): void {
  if (fault) throw new Refused(reason, fault);
}

/** Refuses, with what was seen where. @throws Refused */
export function refuse(reason: AppReason, member: string, seen: Text, expected: Text): never {
  throw new Refused(reason, { member, seen, expected });
}
