import { expect, test } from '@jest/globals';
import { defaultRules } from '../../../domain/governance/rules.js';
import { addDays, type Day } from '../../../domain/values/days/calendar.js';
import { dueAlerts, type Watched } from '../../../projections/alerts/due.js';
import { foldProject } from '../../../projections/project/project.js';
import { type Dice, diceOf } from '../../support/dice.js';
import {
  type Entry,
  forecast,
  history,
  invested,
  investedShare,
  item,
  measured,
  moneyOf,
  percent,
  planned,
  wan,
} from '../../support/entries.js';

const begin = '2018-01-01';
const plan = planned(
  [item('works', 2, { plannedStart: '2018-02-01', plannedFinish: '2018-09-30' }), item('fit-out', 1)],
  begin,
  {
    plannedInvestment: wan(1_000),
    annualPlans: [{ year: 2018, investment: wan(800), months: [{ month: 3, investment: wan(100) }] }],
  },
  { id: 'plan' },
);
const bases = ['physical', 'statistics', 'unknown', 'accounting'] as const;
const on = '2018-10-10';

interface Case {
  /** What the rules compare: works, and money invested in the project by its first basis. */
  entries: Entry[];
  /** Money of other kinds, less preferred bases, items and currencies. */
  others: Entry[];
}

/** Days on which something is reported anyway, so that another figure is no news of its own. */
function caseOf(seed: number): Case {
  const dice = diceOf(seed);
  const preferred = dice.int(0, 2);
  const days = Array.from({ length: dice.int(1, 5) }, (_, index) =>
    addDays(begin, index * 50 + dice.int(1, 50)),
  );
  const entries: Entry[] = [plan];
  const others: Entry[] = [];
  for (const [index, day] of days.entries()) {
    entries.push(forecast('completion', [day, '2019-06-30'], day, {}, { id: `f${index}` }));
    if (dice.chance(70)) entries.push(measured('works', percent(dice.int(0, 100)), day, { id: `w${index}` }));
    if (index === 0 || dice.chance(60))
      entries.push(moneyIn(dice, bases[preferred] ?? 'unknown', day, `m${index}`));
    others.push(...otherMoney(dice, preferred, day, `o${index}`));
  }
  return { entries, others };
}

function moneyIn(dice: Dice, basis: (typeof bases)[number], day: Day, id: string): Entry {
  if (dice.chance(20))
    return investedShare({ basis, shareOfPlanBasisPoints: dice.int(0, 12_000) }, day, { id });
  const amount = dice.int(0, 1_200);
  const about = { ...wan(amount), lowMinor: amount * 900_000, highMinor: amount * 1_100_000 };
  return invested(dice.chance(30) ? about : wan(amount), day, { basis }, { id });
}

function otherMoney(dice: Dice, preferred: number, day: Day, id: string): Entry[] {
  return Array.from({ length: dice.int(0, 3) }, (_, index) => {
    const [amount, extra] = [wan(dice.int(1, 5_000)), { id: `${id}-${index}` }];
    const less = dice.pick(bases.slice(preferred + 1) as unknown as ['accounting']);
    switch (dice.int(1, 6)) {
      case 1:
        return invested(amount, day, { basis: less }, extra);
      case 2:
        return investedShare({ basis: less, shareOfPlanBasisPoints: dice.int(0, 10_000) }, day, extra);
      case 3:
        return invested(amount, day, { basis: bases[preferred] ?? 'unknown', item: 'works' }, extra);
      case 5: {
        const dollars = { amountMinor: amount.amountMinor, currency: 'USD' };
        return invested(dollars, day, { basis: dice.pick(bases) }, extra);
      }
      case 4:
        return moneyOf('funds', amount, day, { source: dice.pick(['bond', 'loan', 'own']) }, extra);
      default:
        return moneyOf(dice.pick(['paid', 'contract', 'budget', 'change-order']), amount, day, {}, extra);
    }
  });
}

const watchedIn = (entries: readonly Entry[]) =>
  dueAlerts(foldProject(history(...entries)), defaultRules, on).watched;
const seeds = Array.from({ length: 250 }, (_, index) => index + 1);

/** What an alert says, without the entry that was reported last: any report ends "nobody has reported". */
const told = (watched: readonly Watched[]) =>
  watched.filter(({ rule }) => rule !== 'unreported').map(({ anchor: _, evidence: __, ...rest }) => rest);

test('a figure of another kind, of a less preferred basis, of an item or in another currency changes no alert', () => {
  const gaps = new Set<string | null>();
  for (const seed of seeds) {
    const { entries, others } = caseOf(seed);
    const [alone, beside] = [watchedIn(entries), watchedIn([...entries, ...others])];
    expect([seed, told(beside)]).toEqual([seed, told(alone)]);
    for (const { rule, severity } of alone) if (rule === 'money-gap') gaps.add(severity);
  }
  expect([...gaps].toSorted()).toEqual([null, 'red', 'yellow'].toSorted());
});

test('the order in which figures of money were typed chooses no alert', () => {
  for (const seed of seeds) {
    const { entries, others } = caseOf(seed);
    const all = [...entries, ...others];
    const turned = [...all.slice(1).toReversed(), plan];
    const severities = (watched: readonly Watched[]) =>
      watched
        .map(({ rule, subject, severity, reason }) => JSON.stringify([rule, subject, severity, reason]))
        .toSorted();
    expect([seed, severities(watchedIn(turned))]).toEqual([seed, severities(watchedIn(all))]);
  }
});
