import type { Subscribed } from '../../../../domain/governance/governance.js';
import type { Instant } from '../../../../domain/values/days/calendar.js';
import { msPerDay } from '../../../../domain/values/days/durations.js';
import type { ChannelPort } from '../../../channels/channel.js';
import type { Vault, World } from '../../ports.js';
import type { SubscriptionAsked } from '../governance.js';
import { portOf, refuse } from './subscription-checks.js';
import { isToken } from './tokens.js';

/** Validity of a confirmation link, in milliseconds. */
const goodForMs = 7 * msPerDay;
/** Minimum interval between two links, in milliseconds. */
const betweenMs = 60_000;

/** The ports of mail confirmation. */
export interface ConfirmingNeed {
  world: World;
  vault: Vault;
  channels: Readonly<{ webhook?: ChannelPort; email?: ChannelPort }>;
  /** The public URL of the service, without a trailing slash; without one a mail has only the path. */
  publicUrl?: string;
}

/** Asks the owners of mail addresses for consent, before any notice. */
export class Confirming {
  constructor(private readonly need: ConfirmingNeed) {}

  /**
   * Sends the link, and returns its expiry.
   *
   * @param asked id of the event that will record it: the link is bound to it
   * @throws Refused `confirmation-unsent` the mail server did not accept it
   */
  async ask(
    subscription: string,
    asked: string,
    { name, language, timeZone }: Pick<SubscriptionAsked, 'name' | 'language' | 'timeZone'>,
    address: string,
  ): Promise<Instant> {
    const { world, vault, channels, publicUrl } = this.need;
    const port = portOf('email', channels);
    if (!port.askToConfirm) throw new Error('A channel of e-mail can ask the owner of an address.');
    const confirmBy = new Date(Date.parse(world.now()) + goodForMs).toISOString();
    const token = encodeURIComponent(vault.token(subscription, purposeOf(asked)));
    const link = `${publicUrl ?? ''}/subscriptions/${encodeURIComponent(subscription)}/confirm?token=${token}`;
    const asking = { id: asked, name, language, timeZone, link, confirmBy };
    const outcome = await port.askToConfirm(asking, { kind: 'email', address });
    if (outcome.kind !== 'accepted')
      refuse(
        'confirmation-unsent',
        'channel.address',
        {
          en: `a mail server that did not take the mail (${outcome.why})`,
          zh: `邮件服务器未接收邮件（${outcome.why}）`,
        },
        {
          en: 'one that takes it; see that the address is right, or try again later',
          zh: '能接收的邮箱；请核对地址，或稍后再试',
        },
      );
    return confirmBy;
  }

  /** Checks that another link may be sent. @throws Refused `confirmation-recent` */
  requirePause({ confirmation }: Subscribed): void {
    if (!confirmation) return;
    const sinceMs = Date.parse(this.need.world.now()) - Date.parse(confirmation.askedAt);
    if (sinceMs >= 0 && sinceMs < betweenMs)
      refuse(
        'confirmation-recent',
        'subscription',
        {
          en: `one whose owner was asked at ${confirmation.askedAt}`,
          zh: `已于 ${confirmation.askedAt} 发出确认邮件`,
        },
        { en: 'a minute between two mails', zh: '两封邮件间隔一分钟' },
      );
  }

  /**
   * True if a link is the newest of an unconfirmed address, false if the address was confirmed by it.
   *
   * @param of undefined for a subscription that nobody has: the answer does not tell it from a wrong token
   * @throws Refused `subscription-unknown` it never was one, `confirmation-expired`
   */
  isOpen(of: Subscribed | undefined, token: string): boolean {
    const { vault, world } = this.need;
    const { subscription = '', confirmation, confirmed } = of ?? {};
    const isOf = (asked: string) => isToken(vault.token(subscription, purposeOf(asked)), token);
    if (confirmation && isOf(confirmation.asked)) {
      if (world.now() <= confirmation.confirmBy) return true;
      return refuse(
        'confirmation-expired',
        'token',
        {
          en: `a link that was good until ${confirmation.confirmBy}`,
          zh: `有效期至 ${confirmation.confirmBy} 的链接`,
        },
        { en: 'a newer one; ask for another mail', zh: '新的链接；请重新发送确认邮件' },
      );
    }
    if (!confirmation && confirmed !== undefined && isOf(confirmed)) return false;
    return refuse(
      'subscription-unknown',
      'token',
      {
        en: 'a link that belongs to no subscription, or an older one',
        zh: '不属于任何订阅的链接，或较早的链接',
      },
      { en: 'the whole link of the newest mail', zh: '最新邮件中的完整链接' },
    );
  }
}

/** Each mail has its own token for this purpose only. */
const purposeOf = (asked: string): string => `confirm ${asked}`;
