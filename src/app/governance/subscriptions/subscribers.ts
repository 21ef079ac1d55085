import type { Reach } from '../../../../domain/access/scope.js';
import { decide, found, inForce } from '../../../../domain/governance/decide.js';
import { type PreviewTerms, previewOf } from '../../deliveries/preview.js';
import type { Page, WriteRequest } from '../../queries/asked.js';
import { paceOf, uncut } from '../../turns.js';
import type { Following, SubscriptionAnswer, SubscriptionAsked, SubscriptionMoved } from '../governance.js';
import { Confirmations } from './confirmations.js';
import { Confirming } from './confirming.js';
import { noticesTo } from './notices-of-subscription.js';
import { movedTo, wholeOf } from './present-address.js';
import {
  addressAsked,
  channelChanged,
  isInClear,
  leadsTo,
  saysTheSame,
  sealedChannel,
  termsOf,
} from './sealed-channel.js';
import type { Of, SubscribersNeed } from './subscribers-need.js';
import { SubscriptionAnswers } from './subscription-answers.js';
import {
  addressIn,
  changeable,
  checkAddress,
  checkSecret,
  checkTerms,
  checkWishes,
  portOf,
  refuse,
} from './subscription-checks.js';
import { SubscriptionSecrets } from './subscription-secrets.js';
import { isToken } from './tokens.js';

const testWords = {
  en: 'This is a test of your subscription: nothing has happened.',
  zh: '这是对您订阅的测试，没有发生任何事情。',
};

/** Subscriptions: who is notified of what, where and when. */
export class Subscribers {
  readonly answers: SubscriptionAnswers;
  readonly confirmations: Confirmations;
  readonly secrets: SubscriptionSecrets;
  private readonly confirming: Confirming;

  constructor(private readonly need: SubscribersNeed) {
    this.confirming = new Confirming(need);
    this.answers = new SubscriptionAnswers(need);
    this.secrets = new SubscriptionSecrets(need);
    this.confirmations = new Confirmations(need, this.confirming, this.answers);
  }

  async preview(terms: PreviewTerms, { within, leaving }: Following = {}): Of<'preview'> {
    const { views, governed, world, letterOf, settlingMs, paced, channels } = this.need;
    checkWishes({ ...terms, name: 'preview' }, governed);
    const isReached = within ? await this.need.reached(within) : () => true;
    const pace = paceOf(paced ?? uncut, leaving);
    const ports = { views, governed, world, letterOf, settlingMs, isReached, pace };
    const kinds = (['email', 'webhook'] as const).filter((kind) => channels[kind] !== undefined);
    return { ...(await previewOf(terms, ports)), channels: kinds };
  }

  async subscribe(asked: SubscriptionAsked, request: WriteRequest): Of<'subscribe'> {
    checkTerms(asked, this.need);
    const { log, vault, world, channels } = this.need;
    const id = request.id ?? world.newId();
    const secret = (asked.channel.kind === 'webhook' && asked.channel.secret) || this.secrets.newSecret();
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
      (isRecorded) => this.secrets.settle(id, isRecorded),
    );
    const answer = await this.answers.answer(state, id);
    const isTold = outcome === 'recorded' && answer.channel.kind === 'webhook';
    return isTold ? { ...answer, secret } : answer;
  }

  async change(id: string, moved: SubscriptionMoved, request: WriteRequest): Promise<SubscriptionAnswer> {
    const { log, vault, channels, world } = this.need;
    const before = await log.read(request.id);
    const known = found(before.state, id);
    const asked = wholeOf(known, moved, this.need);
    checkTerms(asked, this.need);
    const isMoved = !before.said && !leadsTo(changeable(before.state, id, asked), asked.channel, vault);
    if (isMoved) await checkAddress(movedTo(known, asked, this.need), channels);
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
    return this.answers.answer(state, id);
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
    return this.answers.answer(state, id);
  }

  async resume(id: string, request: WriteRequest): Promise<SubscriptionAnswer> {
    const { state } = await this.need.log.write(
      request,
      (said) => said.type === 'SubscriptionResumed' && said.data.subscription === id,
      (state) => decide({ type: 'ResumeSubscription', subscription: id }, state),
    );
    return this.answers.answer(state, id);
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

  mayUnsubscribe(id: string, token: string): boolean {
    const { governed, vault } = this.need;
    if (!governed.subscriptions().some(({ subscription }) => subscription === id)) return false;
    return isToken(vault.token(id, 'unsubscribe'), token);
  }
}
