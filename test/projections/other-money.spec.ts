import { expect, test } from '@jest/globals';
import { investment } from '../../projections/money/investment.js';
import { otherMoney, otherMoneyWords } from '../../projections/money/other-money.js';
import { type Entry, history, invested, wan } from '../support/entries.js';
import { fold } from '../support/folds.js';

const june30 = '2018-06-30';
const viewOf = (...entries: Entry[]) => investment.view(fold(investment, history(...entries)), june30);
const plainly = (amountMinor: number, currency: string) => ({
  en: `${currency} ${amountMinor / 100}`,
  zh: `${currency} ${amountMinor / 100}`,
});

test('one figure since the start stands alone', () => {
  const view = viewOf(invested(wan(1), '2018-05-31'), invested(wan(2), june30));
  expect(otherMoney(view)).toEqual([]);
  expect(otherMoneyWords(view, plainly)).toBeNull();
});

test('every figure of another basis, currency or span is named beside the headline, with its entry', () => {
  const view = viewOf(
    invested({ amountMinor: 700, currency: 'USD' }, '2018-04-30', {}, { id: 'dollars' }),
    invested(wan(5), '2018-05-31', { basis: 'accounting' }, { id: 'accounts' }),
    invested(wan(3), '2018-05-31', { span: 'year', basis: 'physical' }, { id: 'year' }),
    invested(wan(1), '2018-05-31', { span: 'month', basis: 'physical' }, { id: 'may' }),
    invested(wan(2), june30, { span: 'month', basis: 'physical' }, { id: 'june' }),
    invested(wan(6), june30, { basis: 'physical' }, { id: 'headline' }),
  );
  expect(view.entry).toBe('headline');
  expect(otherMoney(view).map(({ entry }) => entry)).toEqual(['dollars', 'accounts', 'year', 'june']);
  expect(otherMoneyWords(view, plainly)).toEqual({
    en: 'USD 7 since the start (basis not stated); CNY 50000 since the start (by the accounts); CNY 30000 in 2018 so far (by physical progress); CNY 20000 in 2018-06 (by physical progress)',
    zh: '自开工累计 USD 7（口径未说明）；自开工累计 CNY 50000（财务支出法）；2018 年累计 CNY 30000（形象进度法）；2018-06 当月 CNY 20000（形象进度法）',
  });
});

test('a year without a figure since the start is named although there is no headline', () => {
  const view = viewOf(invested(wan(3), june30, { span: 'year' }, { id: 'year' }));
  expect(otherMoney(view)).toMatchObject([{ span: 'year', of: '2018', entry: 'year' }]);
});
