import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { upcasted } from '../../domain/log/upcasting.js';
import {
  type ByLanguage,
  byLanguage,
  CalledTheSame,
  isCalled,
  typedByLanguage,
  typedText,
  wordsByLanguage,
} from '../../domain/values/by-language.js';

test('a plain text is of the language that it is written in', () => {
  expect(byLanguage('新城区')).toEqual({ zh: '新城区' });
  expect(byLanguage('Xincheng')).toEqual({ en: 'Xincheng' });
  expect(byLanguage('A-1 标段')).toEqual({ zh: 'A-1 标段' });
  expect(byLanguage({ en: 'Xincheng', zh: '新城区' })).toEqual({ en: 'Xincheng', zh: '新城区' });
});

test('a text that one language has is shown in the other one too', () => {
  expect(wordsByLanguage({ zh: '新城区' })).toEqual({ en: '新城区', zh: '新城区' });
  expect(wordsByLanguage({ en: 'Xincheng', zh: '新城区' })).toEqual({ en: 'Xincheng', zh: '新城区' });
});

test('both languages are typed in one field, in either order', () => {
  for (const typed of ['新城区 | Xincheng', 'Xincheng|新城区'])
    expect(typedByLanguage(typed)).toEqual({ en: 'Xincheng', zh: '新城区' });
  for (const typed of ['East | West', '东 | 西', '东 | East | 西', '| East', 'East |'])
    expect(Object.values(typedByLanguage(typed))).toEqual([typed]);
});

test('a text in a form stays what it was', () => {
  for (const text of [{ en: 'Xincheng' }, { zh: '新城区' }, { en: 'Xincheng', zh: '新城区' }])
    expect(typedByLanguage(typedText(text))).toEqual(text);
});

test('what an older version stored as plain texts is read by language', () => {
  const at = '2018-07-10T01:02:00.004Z';
  expect(
    upcasted('ProjectRegistered', 1, { name: { en: 'Road' }, district: '新城区', owner: 'Road Ltd' }, at),
  ).toEqual({
    schema: 2,
    data: { name: { en: 'Road' }, district: { zh: '新城区' }, owner: { en: 'Road Ltd' } },
  });
  expect(upcasted('ForecastGiven', 1, { target: 'opening', reason: '尚无资金' }, at)).toEqual({
    schema: 3,
    data: { target: 'opening', reason: { zh: '尚无资金' } },
  });
  expect(upcasted('AlertRaised', 1, { rule: 'unreported', of: { name: {}, sector: 'roads' } }, at)).toEqual({
    schema: 2,
    data: { rule: 'unreported', of: { name: {}, sector: { en: 'roads' } } },
  });
});

const name = fc.constantFrom('东', '西', '南', '北');
const other = fc.constantFrom('East', 'West', 'South');
const given: fc.Arbitrary<ByLanguage> = fc.oneof(
  name.map((zh) => ({ zh })),
  other.map((en) => ({ en })),
  fc.record({ zh: name, en: other }),
);

test('what is found by a name is all of the group that has the name, in either language', () => {
  fc.assert(
    fc.property(fc.array(given, { minLength: 1, maxLength: 12 }), (texts) => {
      const same = new CalledTheSame(texts);
      for (const text of texts)
        for (const said of Object.values(text)) {
          const found = texts.filter((one) => same.isCalled(one, said));
          expect(found).toEqual(texts.filter((one) => same.of(one) === same.of(text)));
        }
    }),
  );
});

test('the order of the projects changes no group, and the name of a group is one of its names', () => {
  fc.assert(
    fc.property(fc.array(given, { minLength: 1, maxLength: 12 }), (texts) => {
      const [same, reversed] = [new CalledTheSame(texts), new CalledTheSame(texts.toReversed())];
      for (const text of texts) {
        expect(reversed.of(text)).toEqual(same.of(text));
        for (const said of Object.values(same.of(text)))
          expect(texts.some((one) => isCalled(one, said) && same.of(one) === same.of(text))).toBe(true);
      }
    }),
  );
});
