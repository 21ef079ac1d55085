import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addDays, yearOf } from '../../domain/values/days/calendar.js';
import { type Fact, ofType, upTo } from '../../projections/facts/facts.js';
import { investment } from '../../projections/money/investment.js';
import { Money } from '../../projections/money/money.js';
import { computedShare, impliedWhole } from '../../projections/money/share.js';
import { type Entry, history, invested, item, planned } from '../support/entries.js';
import { fold } from '../support/folds.js';

type Report = Fact<'InvestmentReported'>;

const cny = (amountMinor: number) => ({ amountMinor, currency: 'CNY' });

/** Reports of two bases, two currencies and every span around the turn of a year, and plans among them. */
const entries = fc.array(
  fc.record({
    day: fc.integer({ min: 0, max: 120 }),
    amountMinor: fc.integer({ min: 0, max: 9 }),
    currency: fc.constantFrom('CNY', 'CNY', 'USD'),
    basis: fc.constantFrom('physical' as const, 'accounting' as const),
    what: fc.constantFrom(
      'since-start' as const,
      'since-start' as const,
      'year' as const,
      'month' as const,
      'plan',
    ),
    share: fc.option(fc.constantFrom(0, 3_000, 5_000, 10_000)),
  }),
  { maxLength: 40, size: 'max' },
);

function factsOf(drawn: typeof entries extends fc.Arbitrary<infer All> ? All : never) {
  let version = 0;
  const said = drawn.map(({ day, amountMinor, currency, basis, what, share }): Entry => {
    const [asOf, amount] = [addDays('2018-11-01', day), { amountMinor, currency }];
    if (what === 'plan') {
      version += 1;
      return planned([item('works', 1)], asOf, {
        version,
        ...(share === null ? {} : { plannedInvestment: amount }),
      });
    }
    const stated = share === null || what !== 'since-start' ? {} : { shareOfPlanBasisPoints: share };
    return invested(amount, asOf, { basis, span: what, ...stated });
  });
  return fold(investment, history(...said)).facts;
}

const amountOf = (report: Report | undefined) => report?.data.amount?.amountMinor ?? null;
const currencyOf = (report: Report) => report.data.amount?.currency;

const isLike = (one: Report) => (other: Report) =>
  one.data.basis === other.data.basis &&
  currencyOf(one) === currencyOf(other) &&
  one.data.span === other.data.span;

test('a share and the whole that it implies are exact for any amount', () => {
  const amounts = fc.oneof(fc.maxSafeNat(), fc.integer({ min: 0, max: 20_000 }));
  fc.assert(
    fc.property(amounts, amounts, (amount, whole) => {
      const exactly = (divisor: number) => {
        if (divisor === 0) return undefined;
        const rounded = Number((BigInt(amount) * 20_000n + BigInt(divisor)) / (2n * BigInt(divisor)));
        return Number.isSafeInteger(rounded) ? rounded : undefined;
      };
      expect(computedShare(cny(amount), cny(whole))).toBe(exactly(whole));
      const share = (whole % 20_000) + 1;
      expect(impliedWhole(cny(amount), share)).toBe(exactly(share));
    }),
    { numRuns: 2_000, seed: 20180630 },
  );
});

test('a figure rises if it is above the one before of its basis, currency and span; the first level does not', () => {
  fc.assert(
    fc.property(entries, (drawn) => {
      const reports = ofType(factsOf(drawn), 'InvestmentReported');
      const money = new Money();
      for (const [index, report] of reports.entries()) {
        const before = reports
          .slice(0, index)
          .filter(isLike(report))
          .findLast(({ asOf }) => report.data.span !== 'year' || yearOf(asOf) === yearOf(report.asOf));
        const isFlow = report.data.span === 'month';
        const least = isFlow ? 0 : (amountOf(before) ?? 0);
        const isCompared = isFlow || before !== undefined;
        expect(money.say(report)).toBe(isCompared && (amountOf(report) ?? 0) > least);
      }
    }),
    { numRuns: 300, seed: 20180630 },
  );
});

test('a stated share is compared with the plan in force at the end of its day', () => {
  let count = 0;
  fc.assert(
    fc.property(entries, (drawn) => {
      const facts = factsOf(drawn);
      const money = new Money();
      for (const fact of facts) money.take(fact);
      const differing = ofType(facts, 'InvestmentReported').flatMap((report) => {
        const { amount, shareOfPlanBasisPoints: stated } = report.data;
        const plan = ofType(facts, 'PlanAdopted').findLast(({ asOf }) => asOf <= report.asOf);
        const whole = plan?.data.plannedInvestment;
        if (
          !amount ||
          !whole ||
          stated === undefined ||
          whole?.currency !== amount?.currency ||
          whole.amountMinor === 0
        )
          return [];
        const share = Math.round((amount.amountMinor * 10_000) / whole.amountMinor);
        return Math.abs(share - stated) > 100 ? [[report.id, plan?.id, share]] : [];
      });
      count += differing.length;
      expect(
        money
          .differingShares()
          .map(({ report, plan, computedBasisPoints }) => [report.id, plan.id, computedBasisPoints]),
      ).toEqual(differing);
    }),
    { numRuns: 300, seed: 20180630 },
  );
  expect(count).toBeGreaterThan(200);
});

test('on every day each basis and currency has the latest figures of its spans', () => {
  fc.assert(
    fc.property(entries, (drawn) => {
      const facts = factsOf(drawn);
      for (const { asOf: day } of facts) {
        const reports = ofType(upTo(facts, day), 'InvestmentReported');
        const view = investment.view({ facts }, day);
        const planned = ofType(upTo(facts, day), 'PlanAdopted').at(-1)?.data.plannedInvestment?.currency;
        const first = (some: readonly Report[]) =>
          [...some].sort(
            (a, b) =>
              Number(currencyOf(b) === planned) - Number(currencyOf(a) === planned) ||
              ['physical', 'accounting'].indexOf(a.data.basis) -
                ['physical', 'accounting'].indexOf(b.data.basis) ||
              String(currencyOf(a)).localeCompare(String(currencyOf(b))),
          )[0];
        const lead =
          first(reports.filter(({ data }) => data.span === 'since-start')) ??
          first(reports.filter(({ asOf }) => yearOf(asOf) === yearOf(day)));
        expect([view.basis, view.currency]).toEqual([
          lead?.data.basis ?? null,
          lead ? (currencyOf(lead) ?? null) : null,
        ]);
        for (const row of view.byBasis) {
          const own = reports.filter(
            ({ data }) => data.basis === row.basis && data.amount?.currency === row.currency,
          );
          const ofYear = own.filter(({ asOf }) => yearOf(asOf) === yearOf(day));
          const months = ofYear.filter(({ data }) => data.span === 'month');
          expect(row).toMatchObject({
            sinceStartMinor: amountOf(own.findLast(({ data }) => data.span === 'since-start')),
            thisYearMinor: amountOf(ofYear.findLast(({ data }) => data.span === 'year')),
            asOf: own.at(-1)?.asOf,
            months: [...new Set(months.map(({ asOf }) => asOf.slice(0, 7)))].map((month) => ({
              month,
              amountMinor: amountOf(months.findLast(({ asOf }) => asOf.startsWith(month))),
            })),
          });
        }
        expect(view.byBasis.length).toBe(
          new Set(reports.map(({ data }) => `${data.basis} ${data.amount?.currency}`)).size,
        );
      }
    }),
    { numRuns: 150, seed: 20180630 },
  );
});
