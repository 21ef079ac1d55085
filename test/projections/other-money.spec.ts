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

const named = (id: string) => ({ en: id, zh: id });

test('one figure since the start stands alone', () => {
  const view = viewOf(invested(wan(1), '2018-05-31'), invested(wan(2), june30));
  expect(otherMoney(view.figures)).toEqual([]);
  expect(otherMoneyWords(view.figures, plainly, named)).toBeNull();
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
  expect(otherMoney(view.figures).map(({ entry }) => entry)).toEqual(['year', 'june', 'dollars', 'accounts']);
  expect(otherMoneyWords(view.figures, plainly, named)).toEqual({
    en: 'CNY 30000 invested in 2018 so far (by physical progress); CNY 20000 invested in June 2018 (by physical progress); USD 7 invested since the start (basis not stated); CNY 50000 invested since the start (by the accounts)',
    zh: '2018年累计完成投资（形象进度法） CNY 30000；2018年6月完成投资（形象进度法） CNY 20000；累计完成投资（口径未说明） USD 7；累计完成投资（财务支出法） CNY 50000',
  });
});

test('a year without a figure since the start is named although there is no headline', () => {
  const view = viewOf(invested(wan(3), june30, { span: 'year' }, { id: 'year' }));
  expect(otherMoney(view.figures)).toMatchObject([{ span: 'year', period: '2018', entry: 'year' }]);
});
