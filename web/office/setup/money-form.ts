import { type Money, minorDigits } from '../../../domain/values/amounts/money.js';

/** An amount of money as a form holds it, and as the service accepts it. */
export interface MoneyForm {
  amount: string;
  unit: string;
}

export const moneyUnits = ['万元', '亿元', '元', 'CNY', 'USD', 'EUR', 'GBP', 'JPY', 'HKD'] as const;

/** Stored money in the unit in which it was reported, else in the currency's major unit. */
export function moneyFormOf({ amountMinor, currency, said }: Money): MoneyForm {
  if (said) return { ...said };
  const digits = minorDigits(currency);
  const amount = String(amountMinor).padStart(digits + 1, '0');
  const fraction = digits === 0 ? '' : amount.slice(-digits).replace(/0+$/, '');
  const whole = digits === 0 ? amount : amount.slice(0, -digits);
  return { amount: fraction ? `${whole}.${fraction}` : whole, unit: currency };
}

/** The amount for the service: digits without group separators; undefined for none. */
export function moneySaid({ amount, unit }: MoneyForm): MoneyForm | undefined {
  const plain = amount.normalize('NFKC').replace(/[\s,']/g, '');
  return plain === '' ? undefined : { amount: plain, unit };
}
