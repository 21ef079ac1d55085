import { itemOf } from '../../../domain/project/facts/members.js';
import { shippedLexicon } from '../../../domain/values/lexicon.js';
import { Money } from '../../money/money.js';
import { levelOf } from '../../progress/statement.js';
import type { RuleEvidence, RuleInput } from './rule-input.js';

/** True for a measure of 0, a month without money, and an unchanged level of money. */
export function saysZero(entry: string, { facts }: RuleEvidence, { table }: RuleInput): boolean {
  const place = facts.findLastIndex(({ id }) => id === entry);
  const fact = facts[place];
  if (fact?.type === 'ProgressMeasured') {
    const item = table.row(itemOf(fact.data))?.item;
    return levelOf(fact.data.measure, item, shippedLexicon) === 0;
  }
  if (fact?.type !== 'InvestmentReported') return false;
  const { span, amount } = fact.data;
  if (span === 'month' || amount.amountMinor === 0) return amount.amountMinor === 0;
  const money = new Money();
  for (const earlier of facts.slice(0, place)) if (earlier.type === 'InvestmentReported') money.say(earlier);
  return money.before(fact)?.data.amount.amountMinor === amount.amountMinor;
}
