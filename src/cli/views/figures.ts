import { wholeBasisPoints } from '../../../domain/values/amounts/basis-points.js';
import { minorDigits } from '../../../domain/values/amounts/money.js';
import { dayWords } from '../../../domain/values/day-words.js';
import { inPercent } from '../../../domain/values/punctuation.js';
import type { Moment } from '../../app/queries/asked.js';
import type { MomentOptions } from '../input/options.js';
import type { Language } from '../terminal.js';

/** Completion in basis points, as in views and rows. */
export interface Completion {
  floorBasisPoints: number;
  percentBasisPoints: number;
  ceilingBasisPoints: number;
}

/** Basis points as percent with one decimal; values near 0 or 100 are never rounded to it. */
export function percent(basisPoints: number, language: Language): string {
  const size = Math.abs(basisPoints);
  if (size % wholeBasisPoints === 0) return inPercent(String(basisPoints / 100), language);
  const rounded = Math.round(size / 10) / 10;
  const shown = size < wholeBasisPoints ? Math.min(99.9, Math.max(0.1, rounded)) : rounded;
  return inPercent(`${basisPoints < 0 ? '-' : ''}${shown.toFixed(1)}`, language);
}

/** `57.4 % (36.2 % stated, at most 83.2 %)`; one figure if all three are equal. */
export function range(completion: Completion, language: Language): string {
  const { floorBasisPoints: floor, percentBasisPoints: point, ceilingBasisPoints: ceiling } = completion;
  if (floor === point && point === ceiling) return percent(point, language);
  const [stated, atMost] = language === 'zh' ? ['下限', '上限'] : ['stated', 'at most'];
  return language === 'zh'
    ? `${percent(point, language)}（${stated} ${percent(floor, language)}，${atMost} ${percent(ceiling, language)}）`
    : `${percent(point, language)} (${percent(floor, language)} ${stated}, ${atMost} ${percent(ceiling, language)})`;
}

/** Percentage points with their sign, `+1.3 points`. */
export function points(basisPoints: number, language: Language): string {
  const shown = (Math.abs(basisPoints) / 100).toFixed(2).replace(/0$/, '');
  return `${sign(basisPoints)}${shown} ${language === 'zh' ? '个百分点' : 'points'}`;
}

/** Money in words: `6,900 万元` in Chinese, `69.0 million CNY` in English; no digit is lost. */
export function money(amountMinor: number, currency: string, language: Language): string {
  const digits = minorDigits(currency);
  if (language === 'zh' && currency === 'CNY') {
    return amountMinor % 10_000 === 0
      ? `${decimal(amountMinor, digits + 4)} 万元`
      : `${decimal(amountMinor, digits)} 元`;
  }
  if (language === 'zh') return `${decimal(amountMinor, digits + 4)} 万 ${currency}`;
  const isMillions = Math.abs(amountMinor) >= 10 ** (digits + 6) && amountMinor % 10 ** digits === 0;
  return isMillions
    ? `${decimal(amountMinor, digits + 6, 1)} million ${currency}`
    : `${decimal(amountMinor, digits)} ${currency}`;
}

/** Money with its sign, for a difference. */
export function moneyMoved(amountMinor: number, currency: string, language: Language): string {
  return `${sign(amountMinor)}${money(Math.abs(amountMinor), currency, language)}`;
}

/** An instant to the second, with its UTC mark: `2018-07-10 01:02:03Z`. */
export function instant(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 19)}Z`;
}

/** The moment that a table stands for: `As of 2018-06-30, known at position 78.`; says so when the day was not asked for. */
export function momentLine(
  { asOf, knownAt }: Moment,
  asked: Pick<MomentOptions, 'asOf'>,
  language: Language,
): string {
  const isBusinessDay = asked.asOf === undefined || asked.asOf === 'today';
  if (language === 'zh')
    return `截至 ${dayWords(asOf).zh}${isBusinessDay ? '（业务日）' : ''}，已知至位置 ${knownAt.position}。`;
  return `As of ${dayWords(asOf).en}${isBusinessDay ? ' (the business day)' : ''}, known at position ${knownAt.position}.`;
}

function sign(amount: number): string {
  return amount > 0 ? '+' : amount < 0 ? '-' : '±';
}

/** An integer shifted by powers of ten, grouped by thousands, exact. */
function decimal(amount: number, power: number, atLeast = 0): string {
  const text = String(Math.abs(amount)).padStart(power + 1, '0');
  const whole = text.slice(0, text.length - power);
  const fraction = text
    .slice(text.length - power)
    .replace(/0+$/, '')
    .padEnd(atLeast, '0');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${amount < 0 ? '-' : ''}${grouped}${fraction ? `.${fraction}` : ''}`;
}
