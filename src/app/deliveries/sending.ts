import type { Instant } from '../../../domain/values/days/calendar.js';
import type { Address, ChannelPort, Outcome } from '../../channels/channel.js';
import type { Subscribed } from '../governance/governed.js';
import type { Vault, World } from '../ports.js';
import type { Views } from '../views/views.js';
import { addressOf } from './address.js';
import { isGivenUpOn, retryAt } from './attempts.js';
import { linksOf, noticeOf } from './notices.js';
import type { Outbox } from './outbox.js';
import { type Became, becameOf, type Outcomes } from './outcomes.js';
import { beyondRoles } from './owners.js';
import type { Pending } from './pending.js';
import type { Rounds } from './rounds.js';

/** A receiver that answers within this time is quick, in milliseconds. */
const quickMs = 2_000;
/** Delay before recording is retried, in milliseconds. */
const recordAgainMs = 5_000;

/** Reported to the operator: every subscription may be affected, as after a restore without the keys. */
const unreadable =
  'No key of this installation opens what is sealed of some subscriptions; they are paused until the file of keys is back and they are resumed.';

/** Why an event is skipped, as recorded. */
const leftOut = 'It was over before the settling time had passed.';

/** The ports of sending. */
export interface SendingOptions {
  views: Pick<Views, 'rows'>;
  vault: Pick<Vault, 'look' | 'open' | 'token' | 'forget'>;
  world: World;
  channels: { webhook?: ChannelPort; email?: ChannelPort };
  /** The public URL of this installation. */
  publicUrl?: string;
  /** Called with failures that block a subscription, once an hour per kind; they are retried. */
  onFailure?: (error: Error) => void;
}

/** Makes one attempt to send a notice, and ensures that its result is in the log before anything else is sent. */
export class Sending {
  constructor(
    private readonly options: SendingOptions,
    private readonly outbox: Outbox,
    private readonly outcomes: Outcomes,
    private readonly rounds: Rounds,
    private readonly statusOf: (subscription: string) => Subscribed['status'] | undefined,
  ) {}

  /** Sends a notice, and records its result. */
  async send(subscription: Subscribed, pending: Pending): Promise<void> {
    const { world } = this.options;
    const id = subscription.subscription;
    const startedAt = world.now();
    const address = await this.addressOf(subscription, startedAt);
    if (!address) {
      const reason =
        'No key of this installation opens what is sealed of it: bring the file of keys back and resume it, or end it and subscribe again.';
      await this.pause(id, 'failing', reason);
      this.options.onFailure?.(new Error(unreadable));
      return;
    }
    const round = this.rounds.of(id);
    round.attemptedAtMs = Date.parse(startedAt);
    delete round.turnAtMs;
    const outcome = await this.deliver(subscription, pending, address);
    const tookMs = Date.parse(world.now()) - round.attemptedAtMs;
    round.isQuick = outcome.kind === 'accepted' && tookMs <= quickMs;
    await this.settle(subscription, pending, outcome);
  }

  /** Records that a notice is never sent. */
  async giveUp(subscription: Subscribed, pending: Pending, why: string): Promise<void> {
    await this.record(subscription, pending, attemptsOf(pending), { kind: 'given-up', why });
  }

  /** Another replica may have created the key a moment ago. */
  private async addressOf(subscription: Subscribed, at: Instant): Promise<Address | undefined> {
    const { vault } = this.options;
    const address = addressOf(subscription, vault, at);
    if (address) return address;
    await vault.look();
    return addressOf(subscription, vault, at);
  }

  /** Records that an event is skipped because its alert ended before it had settled. */
  async leaveOut(subscription: Subscribed, over: Pending): Promise<void> {
    await this.record(subscription, over, 0, { kind: 'left-out', why: leftOut });
  }

  /** Records that a part of a notice is about projects that its subscriber may not read any more. */
  async refuse(subscription: Subscribed, beyond: Pending): Promise<void> {
    await this.record(subscription, beyond, attemptsOf(beyond), { kind: 'not-permitted', why: beyondRoles });
  }

  /** Records that a subscription ended with its owner; its sealed data can no longer be read. */
  async end({ subscription }: Subscribed): Promise<void> {
    const data = { subscription, because: 'owner-removed' } as const;
    const isOpen = () => this.statusOf(subscription) !== 'ended';
    await this.stored(subscription, () => this.outcomes.end(data, isOpen));
    this.options.vault.forget(subscription);
  }

  private async deliver(subscription: Subscribed, pending: Pending, address: Address): Promise<Outcome> {
    const { world, views, vault, channels, publicUrl, onFailure } = this.options;
    const id = subscription.subscription;
    const channel = channels[address.kind];
    if (!channel) return { kind: 'failed', why: `This installation has no channel for ${address.kind}.` };
    const links = publicUrl && linksOf(publicUrl, pending, id, vault.token(id, 'unsubscribe'));
    const givenUp = this.outbox.givenUp(id);
    const at = world.now();
    const notice = noticeOf(views, { subscription, pending, givenUp, at, ...(links ? { links } : {}) });
    try {
      return await channel.deliver(notice, address);
    } catch (error) {
      onFailure?.(error as Error);
      return { kind: 'failed', why: `The delivery broke off: ${(error as Error).message}` };
    }
  }

  /** Records the result of an attempt, and pauses the subscription if its receiver must not be tried again. */
  private async settle(subscription: Subscribed, pending: Pending, outcome: Outcome): Promise<void> {
    const { world } = this.options;
    const id = subscription.subscription;
    const now = world.now();
    const attempt = attemptsOf(pending) + 1;
    const since = pending.rows.flatMap(({ failingSince }) => failingSince ?? []).sort()[0];
    const isLast = outcome.kind === 'failed' && isGivenUpOn(since, attempt, now);
    const retryAfterMs = outcome.kind === 'failed' ? outcome.retryAfterMs : undefined;
    const became = becameOf(outcome, () =>
      isLast ? undefined : retryAt(now, attempt, world.random(), retryAfterMs),
    );
    await this.record(subscription, pending, attempt, became);
    if (outcome.kind === 'gone') await this.pause(id, 'gone', outcome.why);
    if (isLast) await this.pause(id, 'failing', `No attempt has succeeded since ${since}: ${outcome.why}`);
  }

  private async record(
    { subscription, channel }: Subscribed,
    pending: Pending,
    attempt: number,
    became: Became,
  ): Promise<void> {
    const to = { subscription, channel: channel.kind };
    await this.stored(subscription, () => this.outcomes.record(pending, attempt, to, became));
  }

  private async pause(subscription: string, because: 'failing' | 'gone', reason: string): Promise<void> {
    const data = { subscription, because, reason };
    const isActive = () => this.statusOf(subscription) === 'active';
    await this.stored(subscription, () => this.outcomes.pause(data, isActive));
  }

  /** Repeats a write that must be in the log before anything else is sent to a subscription, until it succeeds. */
  private async stored(subscription: string, store: () => Promise<number>): Promise<void> {
    for (;;) {
      try {
        const position = await store();
        this.rounds.waitFor(subscription, position);
        return;
      } catch (error) {
        if (this.rounds.isClosed) throw error;
        this.options.onFailure?.(error as Error);
        await this.rounds.pause(recordAgainMs);
      }
    }
  }
}

const attemptsOf = ({ rows }: Pending): number => Math.max(...rows.map(({ attempts }) => attempts));
