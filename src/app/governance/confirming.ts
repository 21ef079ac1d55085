import type { Subscribed } from '../../../domain/governance/governance.js';
import type { Instant } from '../../../domain/values/calendar.js';
import { msPerDay } from '../../../domain/values/durations.js';
import type { ChannelPort } from '../../channels/channel.js';
import type { Vault, World } from '../ports.js';
import type { SubscriptionAsked } from './governance.js';
import { portOf, refuse } from './subscription-checks.js';
import { isToken } from './tokens.js';

/** How long a link to confirm an address is good, in milliseconds. */
const goodForMs = 7 * msPerDay;
/** How long after a link another one may be sent, in milliseconds. */
const betweenMs = 60_000;

/** What asking the owners of mail addresses needs. */
export interface ConfirmingNeed {
  world: World;
  vault: Vault;
  channels: Readonly<{ webhook?: ChannelPort; email?: ChannelPort }>;
  /** Where readers reach the service, without a slash at the end; without one a mail names only the path. */
  publicUrl?: string;
}

/** Asks the owners of mail addresses whether they want what will be told, before anything is. */
export class Confirming {
  constructor(private readonly need: ConfirmingNeed) {}

  /**
   * Sends the link, and answers until when it is good.
   *
   * @param asked id of the event that will say so: the link belongs to it
   * @throws Refused `confirmation-unsent` the mail server did not take it
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
        `a mail server that did not take the mail (${outcome.why})`,
        'one that takes it; see that the address is right, or try again later',
      );
    return confirmBy;
  }

  /** Sees that another link may be sent already. @throws Refused `confirmation-recent` */
  requirePause({ confirmation }: Subscribed): void {
    if (!confirmation) return;
    const sinceMs = Date.parse(this.need.world.now()) - Date.parse(confirmation.askedAt);
    if (sinceMs >= 0 && sinceMs < betweenMs)
      refuse(
        'confirmation-recent',
        'subscription',
        `one whose owner was asked at ${confirmation.askedAt}`,
        'a minute between two mails',
      );
  }

  /**
   * True when a link is the newest of an address that is not confirmed, false when the address was confirmed by it.
   *
   * @throws Refused `subscription-unknown` it never was one, `confirmation-expired`
   */
  isOpen({ subscription, confirmation, confirmed }: Subscribed, token: string): boolean {
    const { vault, world } = this.need;
    const isOf = (asked: string) => isToken(vault.token(subscription, purposeOf(asked)), token);
    if (confirmation && isOf(confirmation.asked)) {
      if (world.now() <= confirmation.confirmBy) return true;
      return refuse(
        'confirmation-expired',
        'token',
        `a link that was good until ${confirmation.confirmBy}`,
        'a newer one; ask for another mail',
      );
    }
    if (!confirmation && confirmed !== undefined && isOf(confirmed)) return false;
    return refuse(
      'subscription-unknown',
      'token',
      'a link that belongs to no subscription, or an older one',
      'the whole link of the newest mail',
    );
  }
}

/** Each mail has a token of its own, which is good for nothing else. */
const purposeOf = (asked: string): string => `confirm ${asked}`;
