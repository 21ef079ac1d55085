import { type Decimal, decimalOf } from './amounts/decimal.js';
import type { Words } from './words.js';

/** An amount as people write it. */
export interface AmountSaid {
  amount: Decimal;
  /** The end of a range: 80 of `70-80`. */
  upTo?: Decimal;
  vagueness?: Vagueness;
  /** What comes after the number, as it was written: `万 m³`, `%`. */
  unit?: string;
}

/** How an inexact amount was put: `约`, `over`, `近`. */
export type Vagueness = 'about' | 'over' | 'nearly';

/** What `amountIn` reads, in words. */
export const amountExpected: Words = {
  en: 'an amount such as 7400, 7,400 米 or 2.95万块, a range such as 70-80, or one with about, over, nearly, 约, 超过, 近, 左右, 余',
  zh: '数量，如 7400、7,400 米、2.95万块，区间如 70-80，或带有约、超过、近、左右、余、about、over、nearly 的数量',
};

const vague: readonly (readonly [Vagueness, RegExp])[] = [
  ['about', /^(?:about|around|approximately|approx\.?|roughly|ca\.?|大约|约为?|~|≈)\s*/i],
  ['about', /\s*(?:左右|上下|or so)$/i],
  ['over', /^(?:over|more than|超过|超|逾|突破)\s*/i],
  ['over', /([\d十百千万亿])(?:多|余)|(?:多|余)$/],
  ['nearly', /^(?:nearly|almost|close to|接近|将近|近)\s*/i],
];
const number = "\\d[\\d,'’]*(?:\\.\\d+)?";
const shape = new RegExp(`^(${number})(?:(\\D*?)(?:-|–|—|~|至|到|to)\\s*(${number}))?(\\D.*)?$`, 'i');

/** How inexact a text puts its amount, and the text without those words. */
export function inexactIn(text: string): { vagueness?: Vagueness; rest: string } {
  for (const [vagueness, words] of vague)
    if (words.test(text))
      return {
        vagueness,
        rest: text.replace(words, (_, kept) => (typeof kept === 'string' ? kept : '')).trim(),
      };
  return { rest: text };
}

/** The amount in a text: `7,400 米`, `about 3 亿方`, `6000-7000 m`, `3千余米`; undefined for another text. */
export function amountIn(text: string): AmountSaid | undefined {
  const { vagueness, rest: plain } = inexactIn(halfWidth(text));
  const [, low = '', between = '', high, after = ''] = shape.exec(plain) ?? [];
  const [amount, upTo] = [decimalOf(low), high === undefined ? undefined : decimalOf(high)];
  const unit = after.trim();
  if (!amount || (high !== undefined && (!upTo || unit.indexOf(between.trim()) !== 0))) return undefined;
  return { amount, upTo, vagueness, unit: unit === '' ? undefined : unit };
}

/** So much of so much: `7.4 of 12.6 km`, `7,400 米，共 12 公里`, `12 公里中完成 7.4 公里`; without a total the amount alone. */
export function amountsIn(text: string): { done: AmountSaid; of?: AmountSaid } | undefined {
  const plain = halfWidth(text).replace(/^(?:已|累计)*完成/, '');
  const [, done, of] =
    /^(.+?)(?:\s+(?:out )?of\s+|\s*\/\s*(?=\d)|[,;\s]*(?:共计|总计|总量|总长|共))(.+)$/i.exec(plain) ?? [];
  const [, whole, part] = /^(.+?)中(?:已|累计)*完成(.+)$/.exec(plain) ?? [];
  const [first, second] = [amountIn(done ?? part ?? plain), amountIn(of ?? whole ?? '')];
  if (!first) return undefined;
  if (!second) return (of ?? whole) === undefined ? { done: first } : undefined;
  return { done: first.unit === undefined ? { ...first, unit: second.unit } : first, of: second };
}

/** Full width digits and signs as plain ones; units keep their raised digits. */
function halfWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0)).trim();
}
