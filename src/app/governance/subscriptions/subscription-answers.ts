import { found } from '../../../../domain/governance/decide.js';
import type { GovernanceState, Subscribed } from '../../../../domain/governance/governance.js';
import { omitUndefined } from '../../../../domain/values/omit-undefined.js';
import { limitedBy } from '../../deliveries/owners.js';
import type { Page } from '../../queries/asked.js';
import type { SubscriptionAnswer } from '../governance.js';
import { positionIn } from './notices-of-subscription.js';
import type { Of, SubscribersNeed } from './subscribers-need.js';
import { answerOf, waitingFor } from './subscription-answer.js';

/** Subscriptions as they are shown, each with what waits for it. */
export class SubscriptionAnswers {
  constructor(private readonly need: SubscribersNeed) {}

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

  /** @throws Refused `subscription-unknown` */
  async answer(state: GovernanceState, id: string): Promise<SubscriptionAnswer> {
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
}
