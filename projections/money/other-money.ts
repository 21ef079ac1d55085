import { basisWords } from '../../domain/project/facts/investment-reported.js';
import { joined, type Words } from '../../domain/values/words.js';
import type { InvestmentView } from './investment.js';
import type { Basis } from './money.js';

/** A figure of another basis, currency or span than the headline; of months the latest one. */
export interface OtherMoney {
  basis: Basis;
  currency: string;
  span: 'since-start' | 'year' | 'month';
  /** `2018`, `2018-06`; for a level since the start its last reported day. */
  of: string;
  amountMinor: number;
  entry: string;
}

/** The figures beside the headline, which are never added to it, row by row. */
export function otherMoney({ byBasis, entry: headline }: InvestmentView): OtherMoney[] {
  return byBasis.flatMap(({ basis, currency, sinceStartMinor, thisYearMinor, months, asOf, entries }) => {
    const [first = '', second = first] = entries;
    const kind = { basis, currency };
    const month = months.at(-1);
    const found: OtherMoney[] = [];
    if (sinceStartMinor !== null && first !== headline)
      found.push({ ...kind, span: 'since-start', of: asOf, amountMinor: sinceStartMinor, entry: first });
    if (thisYearMinor !== null) {
      const entry = sinceStartMinor === null ? first : second;
      found.push({ ...kind, span: 'year', of: asOf.slice(0, 4), amountMinor: thisYearMinor, entry });
    }
    if (month)
      found.push({
        ...kind,
        span: 'month',
        of: month.month,
        amountMinor: month.amountMinor,
        entry: month.entry,
      });
    return found;
  });
}

/**
 * Lists the figures of other bases, currencies or spans; null if there are none.
 *
 * @param money an amount in the minor unit of its currency, in words
 */
export function otherMoneyWords(
  view: InvestmentView,
  money: (amountMinor: number, currency: string) => Words,
): Words | null {
  const others = otherMoney(view);
  if (others.length === 0) return null;
  return joined(
    others.map(({ basis, currency, span, of, amountMinor }) => {
      const amount = money(amountMinor, currency);
      const over = {
        'since-start': { en: 'since the start', zh: '自开工累计' },
        year: { en: `in ${of} so far`, zh: `${of} 年累计` },
        month: { en: `in ${of}`, zh: `${of} 当月` },
      }[span];
      return {
        en: `${amount.en} ${over.en} (${basisWords[basis].en})`,
        zh: `${over.zh} ${amount.zh}（${basisWords[basis].zh}）`,
      };
    }),
    { en: '; ', zh: '；' },
  );
}
