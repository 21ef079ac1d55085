import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type ByLanguage, isSameText } from '../../../domain/values/by-language.js';
import { NamesInBoth } from '../../../src/app/portfolio/names-in-both.js';
import { type Place, RowTerms } from '../../../src/app/portfolio/table/terms.js';

const xincheng: ByLanguage = { en: 'Xincheng', zh: '新城区' };

/** The names known from the places of some projects; `add` registers one more. */
function namesOf(...places: Partial<Place>[]) {
  const { places: terms } = new RowTerms();
  const add = (place: Partial<Place>) =>
    terms.numberOf({ district: null, sector: null, owner: null, phase: null, ...place });
  for (const place of places) add(place);
  return { names: new NamesInBoth(terms), add };
}

test('a name in one language gets the one that another project says in both', () => {
  const { names } = namesOf({ district: xincheng }, { district: { zh: '新城区' } });
  expect(names.of('district', { zh: '新城区' })).toEqual(xincheng);
  expect(names.of('district', { en: 'Xincheng' })).toEqual(xincheng);
});

test('a name that no project says in both stays as it is', () => {
  const { names } = namesOf({ district: { zh: '新城区' } }, { district: { en: 'Xincheng' } });
  expect(names.of('district', { zh: '新城区' })).toEqual({ zh: '新城区' });
  expect(names.of('district', { zh: '老城区' })).toEqual({ zh: '老城区' });
});

test('a district tells nothing of a sector of the same name', () => {
  const { names } = namesOf({ district: xincheng, sector: { zh: '交通' } });
  expect(names.of('sector', { zh: '新城区' })).toEqual({ zh: '新城区' });
});

test('the own name takes precedence over what others call the same', () => {
  const { names } = namesOf({ district: xincheng }, { district: { en: 'New Town', zh: '新城区' } });
  expect(names.of('district', { en: 'New Town', zh: '新城区' })).toEqual({ en: 'New Town', zh: '新城区' });
  expect(names.of('district', { en: 'Xincheng' })).toEqual(xincheng);
});

test('a project that is registered later makes a name known', () => {
  const { names, add } = namesOf({ district: { zh: '新城区' } });
  expect(names.of('district', { zh: '新城区' })).toEqual({ zh: '新城区' });
  add({ district: xincheng });
  expect(names.of('district', { zh: '新城区' })).toEqual(xincheng);
});

test('the order of registration changes no name, and every own name is kept', () => {
  const some = fc.constantFrom('A', 'B', 'C', undefined);
  const text = fc
    .tuple(some, some)
    .filter(([en, zh]) => en !== undefined || zh !== undefined)
    .map(([en, zh]) => ({ ...(en ? { en } : {}), ...(zh ? { zh: `${zh}区` } : {}) }) as ByLanguage);
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 8 }), (districts) => {
      const [one, other] = [districts, districts.toReversed()].map(
        (all) => namesOf(...all.map((district) => ({ district }))).names,
      );
      for (const district of districts) {
        const named = one?.of('district', district) ?? {};
        expect(named).toEqual(other?.of('district', district));
        expect(isSameText({ ...named, ...district } as ByLanguage, named as ByLanguage)).toBe(true);
      }
    }),
    { seed: 20181231 },
  );
});
