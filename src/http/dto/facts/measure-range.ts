import type { Measure } from '../../../../domain/project/events.js';
import { wholeBasisPoints } from '../../../../domain/values/amounts/basis-points.js';
import type { Decimal } from '../../../../domain/values/amounts/decimal.js';
import { omitUndefined } from '../../../../domain/values/omit-undefined.js';
import { amountIn } from '../../../../domain/values/quantity-text.js';
import { nothing } from '../../../../domain/values/rejections.js';
import { refuse, seenAs } from '../../problems/faults.js';
import { Member, Optional } from '../../validation/member.js';
import { oneOf, percentage, text, wholeNumber } from '../../validation/rules.js';
import { MeasureSaid } from './measure-said.js';

const basisPoints = wholeNumber(0, wholeBasisPoints);
const lowAndHigh = { en: 'low and high, or said', zh: 'low 与 high，或 said' };

export class RangeSaid extends MeasureSaid {
  @Member(oneOf(['range']), 'At least and at most so far.')
  kind!: 'range';

  @Optional(percentage(100), 'Percent done at least, such as 70.')
  low?: number;

  @Optional(percentage(100), 'Percent done at most, such as 80.')
  high?: number;

  @Optional(percentage(100), 'The percentage that was meant; the middle of the range when absent.')
  point?: number;

  @Optional(basisPoints, 'Instead of low: basis points, 7000 for 70 %.')
  lowBasisPoints?: number;

  @Optional(basisPoints, 'Instead of high: basis points.')
  highBasisPoints?: number;

  @Optional(basisPoints, 'Instead of point: basis points.')
  pointBasisPoints?: number;

  @Optional(text(200), 'The words as they were said; without low and high they are read: "70-80 %", "约70%".')
  said?: string;

  toMeasure(): Measure {
    const [low, high, point] = [this.of('low'), this.of('high'), this.of('point')];
    if (low === undefined && high === undefined && point === undefined && this.said !== undefined)
      return measureIn(this.said);
    if (low === undefined) return refuse('member-missing', 'measure.low', nothing, lowAndHigh);
    if (high === undefined) return refuse('member-missing', 'measure.high', nothing, lowAndHigh);
    if (low > high)
      refuse('value-out-of-range', 'measure.high', percent(high), {
        en: `${percent(low)} (low) or more`,
        zh: `${percent(low)}（下限）或以上`,
      });
    if (point !== undefined && (point < low || point > high))
      refuse('value-out-of-range', 'measure.point', percent(point), {
        en: `${percent(low)} to ${percent(high)}`,
        zh: `${percent(low)} 至 ${percent(high)}`,
      });
    return omitUndefined({
      kind: 'range',
      lowBasisPoints: low,
      highBasisPoints: high,
      pointBasisPoints: point,
      said: this.said,
    });
  }

  private of(end: 'low' | 'high' | 'point'): number | undefined {
    const [percent, points] = [this[end], this[`${end}BasisPoints`]];
    if (percent !== undefined && points !== undefined)
      refuse(
        'member-unknown',
        `measure.${end}BasisPoints`,
        { en: `${end} and ${end}BasisPoints`, zh: `${end} 与 ${end}BasisPoints 并存` },
        { en: 'one of them', zh: '其中之一' },
      );
    return points ?? (percent === undefined ? undefined : Math.round(percent * 100));
  }
}

/** Half of a span of ten points: `about 70 %` is 65 to 75, `over 70 %` 70 to 80, `nearly 80 %` 70 to 80. */
const half = 500;

/** The measure in a text about a percentage. */
function measureIn(said: string): Measure {
  const read = amountIn(said);
  const isPercent = read?.unit === undefined || read.unit === '%';
  const [from, to] = [pointsIn(read?.amount), pointsIn(read?.upTo ?? read?.amount)];
  if (!read || !isPercent || from === undefined || to === undefined || from > to)
    return refuse('quantity-invalid', 'measure.said', seenAs(said), {
      en: 'a percentage such as 70-80 %, 约70% or over 70 %',
      zh: '百分比，如 70-80%、约70%、70%以上',
    });
  const { vagueness, upTo } = read;
  if (vagueness === undefined && upTo === undefined) return { kind: 'percent', basisPoints: from };
  const low = vagueness === 'about' ? from - half : vagueness === 'nearly' ? from - 2 * half : from;
  const high = vagueness === 'about' ? to + half : vagueness === 'over' ? to + 2 * half : to;
  const isOnePoint = vagueness === 'about' && upTo === undefined;
  return omitUndefined({
    kind: 'range',
    lowBasisPoints: Math.max(0, low),
    highBasisPoints: Math.min(wholeBasisPoints, high),
    pointBasisPoints: isOnePoint ? from : undefined,
    said: vagueness === undefined ? undefined : said,
  });
}

/** A percentage as basis points; undefined with more than two decimals or above 100. */
function pointsIn(percent: Decimal | undefined): number | undefined {
  if (!percent || percent.scale > 2) return undefined;
  const points = percent.digits * 10 ** (2 - percent.scale);
  return points <= wholeBasisPoints ? points : undefined;
}

function percent(basisPoints: number): string {
  return String(basisPoints / 100);
}
