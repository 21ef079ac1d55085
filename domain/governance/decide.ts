import type { WorkCalendar } from '../values/days/working-days.js';
import type { Decision } from '../values/decision.js';
import { isSame } from '../values/equal.js';
import { CommandRejected } from '../values/rejections.js';
import type { GovernanceEventData, GovernanceEventType } from './events.js';
import { type GovernanceState, lexiconInForce, rulesInForce, type Subscribed } from './governance.js';
import { type AdoptedLexicon, type LexiconSet, lexiconContent } from './lexicons.js';
import type { RuleSet } from './rules.js';

/** A new event of the stream, before it has an id. */
export type NewGovernanceEvent = {
  [K in GovernanceEventType]: { type: K; data: GovernanceEventData[K] };
}[GovernanceEventType];

/** What can be decided without a key or an address; the rest is decided where those are opened. */
export type GovernanceCommand =
  | { type: 'AdoptRules'; rules: RuleSet }
  | { type: 'AdoptLexicon'; lexicon: LexiconSet }
  | { type: 'AdoptCalendar'; calendar: WorkCalendar }
  | { type: 'PauseSubscription' | 'ResumeSubscription'; subscription: string }
  | { type: 'EndSubscription'; subscription: string; because: 'removed' | 'unsubscribed' };

/** Decides on a command: the event to record, or what already says the same. @throws CommandRejected */
export function decide(
  command: GovernanceCommand,
  state: GovernanceState,
): Decision<NewGovernanceEvent, RuleSet | AdoptedLexicon | WorkCalendar | Subscribed> {
  switch (command.type) {
    case 'AdoptRules': {
      const { rules: current } = rulesInForce(state);
      const content = contentOf(command.rules);
      if (isSame(contentOf(current), content)) return { alreadySaid: current };
      return { append: [{ type: 'RulesAdopted', data: { ...content, version: current.version + 1 } }] };
    }
    case 'AdoptLexicon': {
      const { lexicon: current } = lexiconInForce(state);
      const content = lexiconContent(command.lexicon);
      if (isSame(lexiconContent(current), content)) return { alreadySaid: current };
      return { append: [{ type: 'LexiconAdopted', data: { ...content, version: current.version + 1 } }] };
    }
    case 'AdoptCalendar': {
      const { calendar } = command;
      const current = state.calendars.find(({ name }) => name === calendar.name);
      if (current && isSame(current, calendar)) return { alreadySaid: current };
      return { append: [{ type: 'CalendarAdopted', data: calendar }] };
    }
    case 'PauseSubscription': {
      const { subscription } = command;
      const known = inForce(state, subscription);
      if (known.status === 'paused') return { alreadySaid: known };
      const data = { subscription, because: 'asked', reason: 'asked' } as const;
      return { append: [{ type: 'SubscriptionPaused', data }] };
    }
    case 'ResumeSubscription': {
      const { subscription } = command;
      const known = inForce(state, subscription);
      if (known.status !== 'paused') return { alreadySaid: known };
      return { append: [{ type: 'SubscriptionResumed', data: { subscription } }] };
    }
    case 'EndSubscription': {
      const { subscription, because } = command;
      const known = found(state, subscription);
      if (known.status === 'ended') return { alreadySaid: known };
      return { append: [{ type: 'SubscriptionEnded', data: { subscription, because } }] };
    }
  }
}

/** A rule set without its version. */
export function contentOf({ version: _, ...content }: RuleSet & { version?: number }): RuleSet {
  return content;
}

/** A subscription by its id. @throws CommandRejected `subscription-unknown` */
export function found({ subscriptions }: Pick<GovernanceState, 'subscriptions'>, id: string): Subscribed {
  const known = subscriptions.find(({ subscription }) => subscription === id);
  if (known) return known;
  const expected = { en: 'the id of a subscription that was added', zh: '已有订阅的编号' };
  throw new CommandRejected('subscription-unknown', { member: 'subscription', seen: id, expected });
}

/** A subscription that has not ended. @throws CommandRejected `subscription-unknown`, `subscription-ended` */
export function inForce(state: Pick<GovernanceState, 'subscriptions'>, id: string): Subscribed {
  const known = found(state, id);
  if (known.status !== 'ended') return known;
  const seen = {
    en: `${id}, which ended at ${known.because?.at} (${known.because?.why})`,
    zh: `${id}，已于 ${known.because?.at} 终止（${known.because?.why}）`,
  };
  const expected = { en: 'one that has not ended; add a new one', zh: '未终止的订阅；请新增订阅' };
  throw new CommandRejected('subscription-ended', { member: 'subscription', seen, expected });
}
