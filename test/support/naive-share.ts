import type { RecordedEvent } from '../../domain/project/events.js';

type Report = RecordedEvent<'InvestmentReported'>;

/**
 * The share of the plan in basis points that the works are compared with, from the bare entries of money and plans in
 * their order; null without one.
 */
export function naiveShareOfPlan(
  reports: readonly Report[],
  plan: RecordedEvent<'PlanAdopted'> | undefined,
): number | null {
  const planned = plan?.data.plannedInvestment;
  const currency = (planned ?? plan?.data.annualPlans?.[0]?.investment)?.currency;
  const about = reports.filter(({ data }) => data.item === undefined && data.span === 'since-start');
  for (const basis of ['physical', 'statistics', 'unknown', 'accounting']) {
    const own = about.filter(({ data }) => data.basis === basis);
    const amounts = own.filter(
      ({ data }) => data.amount && data.amount.currency === (currency ?? data.amount.currency),
    );
    const first = amounts.map(({ data }) => data.amount?.currency ?? '').toSorted()[0];
    const amount = amounts.findLast(({ data }) => data.amount?.currency === first);
    const stated = lastStated(own);
    if (!amount && !stated) continue;
    if (stated && (!amount || stated.entry.asOf >= amount.entry.asOf))
      return stated.data.shareOfPlanBasisPoints ?? null;
    const [money, whole] = [amount?.data.amount, planned];
    if (!money || !whole || whole.currency !== money.currency || whole.amountMinor === 0) return null;
    return Number(
      (BigInt(money.amountMinor) * 20_000n + BigInt(whole.amountMinor)) / (2n * BigInt(whole.amountMinor)),
    );
  }
  return null;
}

/** Of the last day with a stated share: one said with an amount, by the first currency, entered last. */
function lastStated(own: readonly Report[]): Report | undefined {
  const stated = own.filter(({ data }) => data.shareOfPlanBasisPoints !== undefined);
  const ofDay = stated.filter(({ entry }) => entry.asOf === stated.at(-1)?.entry.asOf);
  const currencies = ofDay.map(({ data }) => data.amount?.currency ?? '~').toSorted();
  return ofDay.findLast(({ data }) => (data.amount?.currency ?? '~') === currencies[0]);
}
