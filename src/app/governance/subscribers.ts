import type { Reach } from '../../../domain/access/scope.js';
import { decide, found, inForce } from '../../../domain/governance/decide.js';
import type { GovernanceState, Subscribed } from '../../../domain/governance/governance.js';
import { secretFault } from '../../../domain/governance/subscription-fault.js';
import { instantAfter } from '../../../domain/values/days/calendar.js';
import { msPerDay } from '../../../domain/values/days/durations.js';
import { omitUndefined } from '../../../domain/values/omit-undefined.js';
import type { Address, ChannelPort } from '../../channels/channel.js';
import { limitedBy, type Owners } from '../deliveries/owners.js';
import type { Vault, World } from '../ports.js';
import type { Page, WriteRequest } from '../queries/asked.js';
import type { Views } from '../views/views.js';
import { Confirming } from './confirming.js';
import type { Governance, SubscriptionAnswer, SubscriptionAsked, SubscriptionMoved } from './governance.js';
import type { GovernanceLog } from './governance-log.js';
import type { Governed } from './governed.js';
import { noticesTo, positionIn } from './notices-of-subscription.js';
import {
  addressAsked,
  channelChanged,
  isInClear,
  leadsTo,
  saysTheSame,
  sealedChannel,
  termsOf,
} from './sealed-channel.js';
import { answerOf, waitingFor } from './subscription-answer.js';
import {
  addressIn,
  changeable,
  checkAddress,
  checkSecret,
  checkTerms,
  portOf,
  refuse,
  refuseFault,
} from './subscription-checks.js';
import { isToken } from './tokens.js';

/** The ports of subscriptions. */
export interface SubscribersNeed {
  log: GovernanceLog;
  views: Views;
  governed: Governed;
  world: World;
  vault: Vault;
  /** Who added subscriptions, and what they may be notified of now. */
  owners: Owners;
  /** Tells of projects whether they are within reach. */
  reached(reach: Reach): Promise<(project: string) => boolean>;
  /** A missing kind is not configured in this installation. */
  channels: Readonly<{ webhook?: ChannelPort; email?: ChannelPort }>;
  /** The public URL of the service, without a trailing slash. */
  publicUrl?: string;
}

type Of<Method extends keyof Governance> = ReturnType<Governance[Method]>;

const secretBytes = 32;
/** How long the previous secret still signs, in milliseconds. */
const oldSecretMs = msPerDay;

const testWords = {
  en: 'This is a test of your subscription: nothing has happened.',
  zh: '这是对您订阅的测试，没有发生任何事情。',
};

/** Subscriptions: who is notified of what, where and when. */
export class Subscribers {
  /** Keys that had no record at the last tidying. */
  private unsettled: ReadonlySet<string> = new Set();

  private readonly confirming: Confirming;

  constructor(private readonly need: SubscribersNeed) {
    this.confirming = new Confirming(need);
  }

  async page({ cursor, limit }: Page, owner?: string): Of<'subscriptions'> {
    const { governed, vault } = this.need;
    await vault.look();
    const after = positionIn(cursor, -1);
    const known = governed.subscriptions();
    const all = owner === undefined ? known : known.filter(({ by }) => by === owner);
    const from = all.findIndex(({ addedPosition }) => addedPosition > after);
    const shown = from < 0 ? [] : all.slice(from, from + limit);
    const last = shown.at(-1);
    const isMore = from >= 0 && from + limit < all.length;
    return {
      items: await this.answers(shown),
      ...(isMore && last ? { next: String(last.addedPosition) } : {}),
    };
  }

  async one(id: string): Promise<SubscriptionAnswer> {
    await this.need.vault.look();
    return this.answer(this.need.governed.present(), id);
  }

  /** Who added a subscription; undefined if there is no such one. */
  ownerOf(id: string): string | undefined {
    return this.need.governed.subscriptions().find(({ subscription }) => subscription === id)?.by;
  }

  async subscribe(asked: SubscriptionAsked, request: WriteRequest): Of<'subscribe'> {
    checkTerms(asked, this.need);
    const { log, vault, world, channels } = this.need;
    const id = request.id ?? world.newId();
    const secret = (asked.channel.kind === 'webhook' && asked.channel.secret) || this.newSecret();
    const { said } = await log.read(request.id);
    if (!said) await checkAddress(addressAsked(asked.channel, [secret]), channels);
    const { channel: to } = asked;
    const asks = !said && to.kind === 'email';
    const confirmBy = asks ? await this.confirming.ask(id, id, asked, to.address) : undefined;
    const { state, outcome } = await log.write(
      { ...request, id },
      (said) => said.type === 'SubscriptionAdded' && saysTheSame(said.data, asked, vault),
      () => {
        const channel = sealedChannel(id, asked.channel, secret, vault);
        const data = { ...termsOf(asked), subscription: id, channel, ...(confirmBy ? { confirmBy } : {}) };
        return { append: [{ type: 'SubscriptionAdded', data }] };
      },
      (isRecorded) => this.settle(id, isRecorded),
    );
    const answer = await this.answer(state, id);
    const isTold = outcome === 'recorded' && answer.channel.kind === 'webhook';
    return isTold ? { ...answer, secret } : answer;
  }

  async change(id: string, moved: SubscriptionMoved, request: WriteRequest): Promise<SubscriptionAnswer> {
    const { log, vault, channels, world } = this.need;
    const before = await log.read(request.id);
    const known = found(before.state, id);
    const asked = this.wholeOf(known, moved);
    checkTerms(asked, this.need);
    const isMoved = !before.said && !leadsTo(changeable(before.state, id, asked), asked.channel, vault);
    if (isMoved) await checkAddress(this.movedTo(known, asked), channels);
    const event = request.id ?? world.newId();
    const { channel: to } = asked;
    const asks = isMoved && to.kind === 'email';
    const confirmBy = asks ? await this.confirming.ask(id, event, asked, to.address) : undefined;
    const { state } = await log.write(
      { ...request, id: event },
      (said) =>
        said.type === 'SubscriptionChanged' &&
        said.data.subscription === id &&
        saysTheSame(said.data, asked, vault),
      (state) => {
        const known = changeable(state, id, asked);
        checkSecret(known, asked, vault);
        if (!isMoved && !leadsTo(known, asked.channel, vault))
          refuse(
            'write-contended',
            'channel',
            { en: 'an address that another writer has just changed', zh: '他人刚刚更改的地址' },
            { en: 'the one that was seen; send it again', zh: '所见的地址；请重新发送' },
          );
        if (saysTheSame(known, asked, vault) && !isInClear(known.channel)) return { alreadySaid: known };
        const channel = channelChanged(known, asked.channel, vault);
        const data = { ...termsOf(asked), subscription: id, channel, ...(confirmBy ? { confirmBy } : {}) };
        return { append: [{ type: 'SubscriptionChanged', data }] };
      },
    );
    return this.answer(state, id);
  }

  async rotateSecret(id: string, asked: string | undefined, request: WriteRequest): Of<'rotateSecret'> {
    const { log, vault, world } = this.need;
    const secret = asked ?? this.newSecret();
    refuseFault('secret-weak', secretFault(secret, 'secret'));
    const { event } = await log.write(
      request,
      (said) =>
        said.type === 'SecretRotated' &&
        said.data.subscription === id &&
        (asked === undefined || vault.open(id, said.data.secret) === asked),
      (state) => {
        const known = inForce(state, id);
        if (known.channel.kind !== 'webhook')
          refuse('subscription-invalid', 'channel.kind', 'email', 'webhook');
        if (known.secrets.some((held) => vault.open(id, held.secret) === secret))
          refuse(
            'secret-weak',
            'secret',
            { en: 'a secret that signs already', zh: '正在使用的密钥' },
            {
              en: 'a new one',
              zh: '新的密钥',
            },
          );
        const oldUntil = instantAfter(world.now(), oldSecretMs);
        const sealed = vault.seal(id, secret);
        return { append: [{ type: 'SecretRotated', data: { subscription: id, secret: sealed, oldUntil } }] };
      },
    );
    if (event?.type !== 'SecretRotated') throw new Error('A rotation is always recorded.');
    const told = vault.open(id, event.data.secret);
    if (told === undefined)
      refuse(
        'sealed-unreadable',
        'secret',
        { en: 'a secret of a subscription that ended', zh: '已终止订阅的密钥' },
        {
          en: 'one in force',
          zh: '有效的订阅',
        },
      );
    return { secret: told, oldUntil: event.data.oldUntil };
  }

  async notices(id: string, page: Page, within?: Reach): Of<'notices'> {
    found(this.need.governed.present(), id);
    const isReached = within ? await this.need.reached(within) : undefined;
    return noticesTo(this.need.views, id, page, isReached);
  }

  async pause(id: string, request: WriteRequest): Promise<SubscriptionAnswer> {
    const { state } = await this.need.log.write(
      request,
      (said) => said.type === 'SubscriptionPaused' && said.data.subscription === id,
      (state) => decide({ type: 'PauseSubscription', subscription: id }, state),
    );
    return this.answer(state, id);
  }

  async askToConfirm(id: string, request: WriteRequest): Promise<SubscriptionAnswer> {
    const { log, world, vault } = this.need;
    await vault.look();
    const { state: before, said } = await log.read(request.id);
    const known = inForce(before, id);
    const event = request.id ?? world.newId();
    let confirmBy = '';
    if (known.confirmation && !said) {
      this.confirming.requirePause(known);
      confirmBy = await this.confirming.ask(id, event, known, this.presentOf(known, 'email'));
    }
    const { state } = await log.write(
      { ...request, id: event },
      (said) => said.type === 'ConfirmationAsked' && said.data.subscription === id,
      (state) => {
        const known = inForce(state, id);
        if (!known.confirmation || confirmBy === '') return { alreadySaid: known };
        return { append: [{ type: 'ConfirmationAsked', data: { subscription: id, confirmBy } }] };
      },
    );
    return this.answer(state, id);
  }

  requireConfirmable(id: string, token: string): void {
    this.isConfirmable(this.need.governed.present(), id, token);
  }

  async confirm(id: string, token: string, request: WriteRequest): Promise<void> {
    await this.need.log.write(
      request,
      (said) => said.type === 'AddressConfirmed' && said.data.subscription === id,
      (state) => {
        if (!this.isConfirmable(state, id, token)) return { alreadySaid: inForce(state, id) };
        return { append: [{ type: 'AddressConfirmed', data: { subscription: id } }] };
      },
    );
  }

  async resume(id: string, request: WriteRequest): Promise<SubscriptionAnswer> {
    const { state } = await this.need.log.write(
      request,
      (said) => said.type === 'SubscriptionResumed' && said.data.subscription === id,
      (state) => decide({ type: 'ResumeSubscription', subscription: id }, state),
    );
    return this.answer(state, id);
  }

  /** Ending it again records nothing; its sealed data can no longer be read. */
  async end(id: string, because: 'removed' | 'unsubscribed', request: WriteRequest): Promise<void> {
    await this.need.log.write(
      request,
      (said) => said.type === 'SubscriptionEnded' && said.data.subscription === id,
      (state) => decide({ type: 'EndSubscription', subscription: id, because }, state),
    );
    this.need.vault.forget(id);
  }

  async test(id: string): Of<'test'> {
    const { governed, vault, world, channels } = this.need;
    const known = inForce(governed.present(), id);
    if (known.confirmation)
      refuse(
        'subscription-unconfirmed',
        'subscription',
        { en: 'an address that its owner has not confirmed', zh: '尚未由本人确认的邮箱' },
        {
          en: 'a confirmed one; the mail that was sent to it has a link',
          zh: '已确认的邮箱；确认链接在已发出的邮件中',
        },
      );
    const { language, timeZone, channel } = known;
    const port = portOf(channel.kind, channels);
    const of = { notice: world.newId(), subscription: id, language, timeZone, at: world.now() };
    const address = addressIn(known, world.now(), vault);
    const { kind: outcome, ...became } = await port.deliver(
      { ...of, kind: 'test', items: [], remarks: [testWords] },
      address,
    );
    const why = 'why' in became ? { why: became.why } : {};
    return { outcome, ...why, ...(became.status === undefined ? {} : { status: became.status }) };
  }

  async tidyKeys(): Promise<void> {
    const { log, vault } = this.need;
    await vault.look();
    const before = this.unsettled;
    this.unsettled = new Set(vault.unrecorded());
    // What another replica is recording right now was absent the last time.
    const old = [...this.unsettled].filter((id) => before.has(id));
    if (old.length === 0) return;
    const { subscriptions } = (await log.read()).state;
    const recorded = new Set(subscriptions.map(({ subscription }) => subscription));
    for (const id of old) vault.settle(id, recorded.has(id));
  }

  mayUnsubscribe(id: string, token: string): boolean {
    const { governed, vault } = this.need;
    if (!governed.subscriptions().some(({ subscription }) => subscription === id)) return false;
    return isToken(vault.token(id, 'unsubscribe'), token);
  }

  /** As `Confirming.isOpen`; only those who have the link learn that the subscription has ended. */
  private isConfirmable(state: GovernanceState, id: string, token: string): boolean {
    const known = state.subscriptions.find(({ subscription }) => subscription === id);
    const isOpen = this.confirming.isOpen(known, token);
    inForce(state, id);
    return isOpen;
  }

  private async answer(state: GovernanceState, id: string): Promise<SubscriptionAnswer> {
    const [answer] = await this.answers([found(state, id)]);
    if (!answer) throw new Error('One subscription has one answer.');
    return answer;
  }

  private async answers(known: readonly Subscribed[]): Promise<SubscriptionAnswer[]> {
    const { views, vault, owners } = this.need;
    const waiting = waitingFor(
      views,
      known.map(({ subscription }) => subscription),
    );
    const answers: SubscriptionAnswer[] = [];
    for (const one of known) {
      // Rows that lag must not take an answer that may have a secret, which is returned once.
      const limited = await limitedBy(owners.subscriber(one.by), one, owners).catch(() => undefined);
      answers.push(omitUndefined({ ...answerOf(one, vault, waiting.get(one.subscription)), limited }));
    }
    return answers;
  }

  /** An unsettled key is found by the next tidying. */
  private settle(id: string, isRecorded: boolean): void {
    try {
      this.need.vault.settle(id, isRecorded);
    } catch {
      // Its content is already written.
    }
  }

  /** A change, with the current address if it has none. */
  private wholeOf(known: Subscribed, { channel, ...terms }: SubscriptionMoved): SubscriptionAsked {
    if (channel.kind === 'email') {
      const { address = this.presentOf(known, 'email') } = channel;
      return { ...terms, channel: { kind: 'email', address } };
    }
    const { url = this.presentOf(known, 'webhook') } = channel;
    return { ...terms, channel: { ...channel, url } };
  }

  /** The address of a subscription; undefined for another kind, which is refused for that. */
  private presentOf(known: Subscribed, kind: Address['kind']): string {
    if (known.status === 'ended' || known.channel.kind !== kind) return '';
    const address = addressIn(known, this.need.world.now(), this.need.vault);
    return address.kind === 'email' ? address.address : address.url;
  }

  /** The new address of a change, with the current secrets. */
  private movedTo(known: Subscribed, { channel }: SubscriptionAsked): Address {
    if (channel.kind === 'email') return addressAsked(channel, []);
    const { vault, world } = this.need;
    const present = addressIn(known, world.now(), vault);
    return addressAsked(channel, present.kind === 'webhook' ? present.secrets : []);
  }

  private newSecret(): string {
    return `whsec_${this.need.vault.newSecret(secretBytes)}`;
  }
}
