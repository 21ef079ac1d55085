import { severities } from '../../domain/governance/rules.js';
import { dayWords } from '../../domain/values/day-words.js';
import { dayOf } from '../../domain/values/days/calendar.js';
import { moneyWords, percentText, type Words } from '../../domain/values/words.js';
import { lightWords } from '../alerts/rules/light-words.js';
import type { ExplainedNode } from './explanation.js';
import { type Exact, inText, ratio } from './terms/exact.js';

type Numbered = Pick<ExplainedNode, 'unit' | 'shown' | 'currency' | 'numerator' | 'denominator'>;

/** A number of an explanation as it is shown, with its unit. */
export function numberWords(node: Numbered): Words {
  const { unit, shown, currency = '' } = node;
  switch (unit) {
    case 'basis-points':
      return { en: `${percentText(shown)} %`, zh: `${percentText(shown)}%` };
    case 'minor':
      return moneyWords({ amountMinor: shown, currency });
    case 'days':
      return { en: `${shown} ${Math.abs(shown) === 1 ? 'day' : 'days'}`, zh: `${shown} 天` };
    case 'day':
      return dayWords(dayOf(shown));
    case 'light': {
      const severity = severities[shown - 1];
      return severity ? lightWords[severity] : { en: 'none', zh: '无' };
    }
    default: {
      const text = exactText(node);
      return { en: text, zh: text };
    }
  }
}

/** The exact number before it is rounded, in the unit that is shown: `599/12 %`; null where it is the one shown. */
export function exactWords(node: Numbered): Words | null {
  const { unit, numerator, denominator } = node;
  if (denominator === '1' || unit === 'count' || unit === 'amount') return null;
  if (unit !== 'basis-points') return { en: exactText(node), zh: exactText(node) };
  const percent = exactText(inText(ratio(BigInt(numerator), BigInt(denominator) * 100n)));
  return { en: `${percent} %`, zh: `${percent}%` };
}

/** An exact number in decimals where they end, else as a fraction: `1/3`. */
export function exactText({ numerator, denominator }: Exact): string {
  if (denominator === '1') return numerator;
  const [n, d] = [BigInt(numerator), BigInt(denominator)];
  const places = [1, 2, 3, 4].find((digits) => (n * 10n ** BigInt(digits)) % d === 0n);
  if (places === undefined) return `${numerator}/${denominator}`;
  const digits = String(((n < 0n ? -n : n) * 10n ** BigInt(places)) / d).padStart(places + 1, '0');
  return `${n < 0n ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}
