import { basisWords } from '../../domain/project/facts/investment-reported.js';
import { detailsOf, moneyKindWords } from '../../domain/project/facts/money-reported.js';
import { periodWordsOf } from '../../domain/values/calendar-period.js';
import { joined, type Words } from '../../domain/values/words.js';
import type { MoneyFigure } from './figures-side-by-side.js';

/** The figures beside the headline, which are never added to it; of months and quarters the latest of each line. */
export function otherMoney(figures: readonly MoneyFigure[]): MoneyFigure[] {
  return figures.filter((figure, index) => {
    const next = figures[index + 1];
    const isFlow = figure.span === 'month' || figure.span === 'quarter';
    const isReplaced = isFlow && next?.span === figure.span && isOneLine(figure, next);
    return !figure.isHeadline && !isReplaced;
  });
}

function isOneLine(a: MoneyFigure, b: MoneyFigure): boolean {
  const members = ['kind', 'basis', 'source', 'reference', 'effect', 'item', 'currency'] as const;
  return members.every((member) => a[member] === b[member]);
}

/**
 * Lists the figures of other kinds, bases, items, currencies or spans; null if there are none.
 *
 * @param money an amount in the minor unit of its currency, in words
 * @param item the name of an item
 */
export function otherMoneyWords(
  figures: readonly MoneyFigure[],
  money: (amountMinor: number, currency: string) => Words,
  item: (id: string) => Words,
): Words | null {
  const others = otherMoney(figures);
  if (others.length === 0) return null;
  return joined(
    others.map((figure) => figureWords(figure, money, item)),
    { en: '; ', zh: '；' },
  );
}

/** One figure: its amount, and what it is; of a range both ends. */
function figureWords(
  figure: MoneyFigure,
  money: (amountMinor: number, currency: string) => Words,
  item: (id: string) => Words,
): Words {
  const [amount, what] = [amountWords(figure, money), whatWords(figure, item)];
  const zh = `${what.zh} ${amount.zh}`;
  // A share in front would read as one of the plan of that kind: 45 % of the plan budget.
  return { en: figure.amountMinor === null ? `${what.en}: ${amount.en}` : `${amount.en} ${what.en}`, zh };
}

/** An amount, a range, or the share where only that was said. */
function amountWords(
  { currency, amountMinor, lowMinor, highMinor, ...shares }: MoneyFigure,
  money: (amountMinor: number, currency: string) => Words,
): Words {
  if (amountMinor === null || currency === null) {
    const [share, of] =
      shares.shareOfPlanBasisPoints === null
        ? [shares.shareOfAnnualPlanBasisPoints ?? 0, { en: 'the annual plan', zh: '年度计划' }]
        : [shares.shareOfPlanBasisPoints, { en: 'the plan', zh: '总投资' }];
    return { en: `${share / 100} % of ${of.en}`, zh: `占${of.zh} ${share / 100}%` };
  }
  const [low, high] = [money(lowMinor ?? amountMinor, currency), money(highMinor ?? amountMinor, currency)];
  return low.en === high.en ? low : { en: `${low.en} to ${high.en}`, zh: `${low.zh} 至 ${high.zh}` };
}

/** What a figure is: `invested in June 2018 (by the accounts)`, `funds in place since the start (loan)`. */
function whatWords(figure: MoneyFigure, item: (id: string) => Words): Words {
  const kind = figure.kind === 'invested' ? { en: 'invested', zh: '完成投资' } : moneyKindWords[figure.kind];
  const details =
    figure.basis === null
      ? detailsOf({
          ...(figure.source ? { source: figure.source } : {}),
          ...(figure.reference ? { reference: figure.reference } : {}),
          ...(figure.effect ? { effect: figure.effect } : {}),
        })
      : basisWords[figure.basis];
  const over = overWords(figure);
  const of = figure.item === null ? undefined : item(figure.item);
  const beside = [of, details].filter((words) => words !== undefined);
  const inBrackets = joined(beside, { en: ', ', zh: '，' });
  return {
    en: `${kind.en} ${over.en}${beside.length === 0 ? '' : ` (${inBrackets.en})`}`,
    zh: `${over.zh}${kind.zh}${beside.length === 0 ? '' : `（${inBrackets.zh}）`}`,
  };
}

function overWords({ span, period }: MoneyFigure): Words {
  if (span === 'since-start' || period === null) return { en: 'since the start', zh: '累计' };
  const words = periodWordsOf(period);
  return span === 'year'
    ? { en: `in ${words.en} so far`, zh: `${words.zh}累计` }
    : { en: `in ${words.en}`, zh: words.zh };
}
