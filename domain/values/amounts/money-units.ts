import { isCurrency } from './money.js';

/** A unit of money: the power of ten of its magnitude, and its currency if that is certain. */
export interface MoneyUnit {
  power: number;
  currency: string | undefined;
}

/** Magnitudes in front of a currency, longest first where one begins with another. */
const magnitudes: readonly (readonly [string, number])[] = [
  ['十', 1],
  ['百', 2],
  ['千', 3],
  ['万', 4],
  ['亿', 8],
  ['thousand', 3],
  ['million', 6],
  ['billion', 9],
  ['mln', 6],
  ['bln', 9],
  ['mn', 6],
  ['bn', 9],
];

/** Magnitudes that are letters: only beside a stated currency, since `3m` may be metres. */
const letters: readonly (readonly [string, number])[] = [
  ['k', 3],
  ['m', 6],
  ['b', 9],
];

/** Ways to write a currency beside its code, as `normalUnit` leaves them. */
const spellings: Readonly<Record<string, string>> = {
  CNY: '元 圆 块 块钱 元整 人民币 人民币元 元人民币 yuan rmb ¥',
  USD: '美元 美金 dollar dollars usdollar usdollars us$ $',
  EUR: '欧元 euro euros €',
  GBP: '英镑 pound pounds £',
  HKD: '港元 港币 hk$',
  TWD: '新台币 台币 nt$',
  JPY: '日元 日圆 yen',
  KRW: '韩元',
  RUB: '卢布',
  SGD: '新加坡元 新元 s$',
  AUD: '澳元 a$',
  CAD: '加元 c$',
  CHF: '瑞士法郎',
};

const currencies: ReadonlyMap<string, string> = new Map(
  Object.keys(spellings).flatMap((code) =>
    (spellings[code] ?? '').split(' ').map((spelling): [string, string] => [spelling, code]),
  ),
);

const simplified: Readonly<Record<string, string>> = {
  ...{ 萬: '万', 億: '亿', 圓: '圆', 塊: '块', 錢: '钱', 幣: '币', 歐: '欧', 鎊: '镑', 韓: '韩', 盧: '卢' },
  ...{ 臺: '台', 約: '约', 過: '过', 餘: '余', 將: '将', 個: '个', 兩: '两', 〇: '零', 達: '达', 後: '后' },
};

/** An amount in half-width signs and simplified characters. */
export function normalMoney(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[萬億圓塊錢幣歐鎊韓盧臺約過餘將個兩〇達後]/g, (sign) => simplified[sign] ?? sign)
    .replace(/\s+/g, ' ')
    .trim();
}

/** The currency for a way to write it: `¥`, `美元`, `usd`; undefined for anything else. */
export function currencyOf(written: string): string | undefined {
  const plain = written.toLowerCase().replace(/[\s.]/g, '');
  const code = plain.toUpperCase();
  return currencies.get(plain) ?? (isCurrency(code) ? code : undefined);
}

/**
 * The unit that follows a number: `万元`, `百万元`, `亿`, `million USD`, `万`; undefined for an unknown one.
 *
 * @param beside the currency that was written in front of the number
 * @param otherwise the currency if none is written
 */
export function moneyUnitOf(written: string, beside?: string, otherwise?: string): MoneyUnit | undefined {
  let rest = written.toLowerCase().replace(/[\s.个]/g, '');
  const stated = beside ?? otherwise;
  let power = 0;
  for (let one = leading(rest, magnitudes); one; one = leading(rest, magnitudes)) {
    power += one[1];
    rest = rest.slice(one[0].length);
  }
  const letter = power === 0 ? leading(rest, letters) : undefined;
  const after = letter && rest.slice(letter[0].length);
  if (letter && after !== undefined && (after === '' ? stated : currencyOf(after)) !== undefined)
    return { power: letter[1], currency: after === '' ? stated : currencyOf(after) };
  if (rest !== '') {
    const currency = currencyOf(rest);
    return currency === undefined || (beside !== undefined && beside !== currency)
      ? undefined
      : { power, currency };
  }
  // 万 and 亿 without a currency are yuan in every report; "million" is open.
  return { power, currency: stated ?? (/[十百千万亿]/.test(written) ? 'CNY' : undefined) };
}

function leading(
  text: string,
  table: readonly (readonly [string, number])[],
): readonly [string, number] | undefined {
  return table.find(([word]) => text.slice(0, word.length) === word);
}
