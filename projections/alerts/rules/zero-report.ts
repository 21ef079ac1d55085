import { itemOf } from '../../../domain/project/facts/members.js';
import { yearOf } from '../../../domain/values/calendar.js';
import { lexicon1 } from '../../../domain/values/lexicon.js';
import type { Fact } from '../../facts/facts.js';
import { levelOf } from '../../progress/statement.js';
import type { RuleEvidence, RuleInput } from './rule-input.js';

/** True for a measure of 0, a month without money, and an unchanged level of money. */
export function saysZero(entry: string, { facts }: RuleEvidence, { table }: RuleInput): boolean {
  const place = facts.findLastIndex(({ id }) => id === entry);
  const fact = facts[place];
  if (fact?.type === 'ProgressMeasured') {
    const item = table.row(itemOf(fact.data))?.item;
    return levelOf(fact.data.measure, item, lexicon1) === 0;
  }
  if (fact?.type !== 'InvestmentReported') return false;
  const { span, amount } = fact.data;
  if (span === 'month' || amount.amountMinor === 0) return amount.amountMinor === 0;
  const before = facts.findLast(
    (other, at) => at < place && other.type === 'InvestmentReported' && isLike(other, fact),
  );
  return before?.type === 'InvestmentReported' && before.data.amount.amountMinor === amount.amountMinor;
}

function isLike(one: Fact<'InvestmentReported'>, other: Fact<'InvestmentReported'>): boolean {
  const { span, basis, amount } = one.data;
  return (
    span === other.data.span &&
    basis === other.data.basis &&
    amount.currency === other.data.amount.currency &&
    (span !== 'year' || yearOf(one.asOf) === yearOf(other.asOf))
  );
}
