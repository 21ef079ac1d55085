import type { Measure } from '../../../../domain/project/events.js';
import type { Decimal } from '../../../../domain/values/amounts/decimal.js';
import { compareQuantities, converted, scaled } from '../../../../domain/values/amounts/quantity.js';
import { isPrefix } from '../../../../domain/values/amounts/units.js';
import { omitUndefined } from '../../../../domain/values/omit-undefined.js';
import {
  type AmountSaid,
  amountExpected,
  amountIn,
  amountsIn,
} from '../../../../domain/values/quantity-text.js';
import { nothing } from '../../../../domain/values/rejections.js';
import { wordsOf } from '../../../../domain/values/words.js';
import { refuse, seenAs } from '../../problems/faults.js';
import { Member, Optional } from '../../validation/member.js';
import { oneOf, type Rule, text } from '../../validation/rules.js';
import { type DecimalSaid, decimal, decimalFrom } from './decimal.js';
import { MeasureSaid } from './measure-said.js';

/** An amount: a decimal, or a text with its unit. */
const amount: Rule = {
  schema: { ...decimal.schema, example: '7,400米' },
  check(value) {
    const isRead = typeof value === 'string' ? amountIn(value) : decimalFrom(value);
    return isRead ? undefined : { type: 'quantity-invalid', seen: seenAs(value), expected: amountExpected };
  },
};

type Quantity = Extract<Measure, { kind: 'quantity' }>;

export class QuantitySaid extends MeasureSaid {
  @Member(oneOf(['quantity']), 'An amount with a unit.')
  kind!: 'quantity';

  @Optional(amount, 'How much is done: 7400, "7,400", or a text with its unit, such as "约7,400米".')
  done?: DecimalSaid;

  @Optional(decimal, 'The end of a range of amounts that begins with done.')
  upTo?: DecimalSaid;

  @Optional(amount, 'How much there is in all, in any unit of the same kind; absent when nobody said.')
  of?: DecimalSaid;

  @Optional(text(40), 'The unit of done, such as km, 公里, 万 m³ or 根.')
  unit?: string;

  @Optional(text(200), 'The words as they were said; without done they are read: "7.4 of 12.6 km".')
  said?: string;

  toMeasure(): Measure {
    if (this.done === undefined) return this.fromWords();
    const done = amountOf(this.done);
    const of = this.of === undefined ? undefined : amountOf(this.of);
    const upTo = this.upTo === undefined ? undefined : decimalFrom(this.upTo);
    const unit = this.unitOf(done, of);
    const isVague = done.vagueness !== undefined;
    const words = isVague && this.said === undefined ? `${this.done}${done.unit ? '' : unit}` : this.said;
    return measureOf(
      { ...done, upTo: upTo ?? done.upTo, unit },
      of && { ...of, unit: of.unit ?? unit },
      words,
    );
  }

  private fromWords(): Measure {
    const said =
      this.said ??
      refuse('member-missing', 'measure.done', nothing, {
        en: 'done with its unit, or said',
        zh: '带单位的 done，或 said',
      });
    for (const other of ['upTo', 'of'] as const)
      if (this[other] !== undefined)
        refuse(
          'member-unknown',
          `measure.${other}`,
          { en: `${other} without done`, zh: `有 ${other} 而无 done` },
          { en: 'done beside it', zh: '同时给出 done' },
        );
    const read = amountsIn(said);
    if (!read)
      return refuse(
        'quantity-invalid',
        'measure.said',
        seenAs(said),
        wordsOf(
          (text) =>
            text(amountExpected) + text({ en: '; or so much of so much', zh: '；或“总量中完成多少”' }),
        ),
      );
    const { done, of } = read;
    const unit = this.unitOf(done, of);
    const isExact = done.vagueness === undefined && (of === undefined || of.unit === unit);
    return measureOf({ ...done, unit }, of && { ...of, unit: of.unit ?? unit }, isExact ? undefined : said);
  }

  /** The unit beside the amount, after it, or that of the total; `万` after the amount belongs to the unit beside it. */
  private unitOf(done: AmountSaid, of: AmountSaid | undefined): string {
    const { unit } = this;
    if (unit !== undefined && done.unit !== undefined) {
      if (isPrefix(done.unit)) return done.unit + unit;
      if (unit !== done.unit)
        refuse('quantity-invalid', 'measure.unit', seenAs(unit), {
          en: `no unit beside "${done.unit}"`,
          zh: `“${done.unit}”之外不再另写单位`,
        });
    }
    const found = unit ?? done.unit ?? of?.unit;
    if (found === undefined)
      return refuse('member-missing', 'measure.unit', nothing, {
        en: 'a unit such as km, 公里, m³ or 根',
        zh: '单位，如 km、公里、m³、根',
      });
    if (!/\p{L}/u.test(found))
      refuse('quantity-invalid', 'measure.unit', seenAs(found), {
        en: 'a unit such as km, or the kind "percent"',
        zh: '单位如 km，或改用百分比（percent）',
      });
    return found;
  }
}

function amountOf(value: DecimalSaid): AmountSaid {
  const read = typeof value === 'string' ? amountIn(value) : undefined;
  return read ?? { amount: decimalFrom(value) as Decimal };
}

/** The measure of an amount and a total, both in the unit of the amount if that is exact, else in that of the total. */
function measureOf(
  done: AmountSaid & { unit: string },
  of: (AmountSaid & { unit: string }) | undefined,
  said: string | undefined,
): Measure {
  const [low, high] = boundsOf(done);
  if (high && (compareQuantities({ amount: high }, { amount: low }) ?? 0) < 0)
    refuse(
      'value-out-of-range',
      'measure.upTo',
      { en: 'less than done', zh: '少于 done' },
      { en: 'as much as done or more', zh: '不少于 done' },
    );
  const measure = (
    unit: string,
    from: Decimal,
    to: Decimal | undefined,
    total: Decimal | undefined,
  ): Quantity => omitUndefined({ kind: 'quantity', done: from, upTo: to, of: total, unit, said });
  if (!of) return measure(done.unit, low, high, undefined);
  if (of.amount.digits === 0)
    refuse('value-out-of-range', 'measure.of', '0', { en: 'a total above 0', zh: '大于 0 的总量' });
  const total = converted(of, done.unit);
  if (total) return measure(done.unit, low, high, total);
  const [from, to] = [low, high].map((one) => one && converted({ amount: one, unit: done.unit }, of.unit));
  if (from && (!high || to)) return measure(of.unit, from, to, of.amount);
  return refuse(
    'quantity-invalid',
    'measure.of',
    wordsOf((text) => text(seenAs(of.unit)) + text({ en: ' beside ', zh: ' 与 ' }) + text(seenAs(done.unit))),
    {
      en: 'a total in a unit that converts to the unit of what is done',
      zh: '总量的单位能换算为完成量的单位',
    },
  );
}

/** A tenth around, above or below an amount that is not exact; docs/decisions/0053. */
function boundsOf({ amount, upTo, vagueness }: AmountSaid): [Decimal, Decimal | undefined] {
  const [low, high] = [amount, upTo ?? amount];
  switch (vagueness) {
    case 'about':
      return [scaled(low, 9), scaled(high, 11)];
    case 'over':
      return [low, scaled(high, 11)];
    case 'nearly':
      return [scaled(low, 9), high];
    default:
      return [amount, upTo];
  }
}
