import { expect, test } from '@jest/globals';
import { sources } from '../../src/http/dto/facts/entry.js';
import { RequestRefused } from '../../src/http/problems/faults.js';
import { kinds, Member, Optional, shapeClass } from '../../src/http/validation/member.js';
import { shaped } from '../../src/http/validation/reading.js';
import { slug, wholeNumber } from '../../src/http/validation/rules.js';

class Dated {
  @Member(slug(3), 'The project.')
  project!: string;
}

class CraneLifted extends Dated {
  @Member(slug(), 'The item.')
  item!: string;

  @Optional(wholeNumber(1, 40), 'How many tonnes.')
  tonnes?: number;

  @Optional(kinds(sources), 'Where it comes from.')
  source?: object;
}

const fromData = shapeClass('CraneLifted', Dated, {
  item: { rule: slug(), about: 'The item.' },
  tonnes: { rule: wholeNumber(1, 40), about: 'How many tonnes.', isOptional: true },
  source: { rule: kinds(sources), about: 'Where it comes from.', isOptional: true },
});

function answer(type: new () => object, body: unknown): unknown {
  try {
    return { ...shaped(type, body) };
  } catch (error) {
    if (error instanceof RequestRefused) return error.faults;
    throw error;
  }
}

test.each([
  { project: 'roof-1', item: 'crane', tonnes: 12 },
  { project: 'roof-1', item: 'crane', source: { kind: 'report', document: 'weekly' } },
  { project: 'roof-1', item: 'crane', source: { kind: 'rumour' } },
  { project: 'r', item: 'Crane', tonnes: 41, colour: 'red' },
  { tonnes: null },
])('a shape from data reads %j like a handwritten class', (body) => {
  expect(answer(fromData, body)).toEqual(answer(CraneLifted, body));
});

test('a shape from data has its name and extends its base', () => {
  const read = shaped(fromData, { project: 'roof-1', item: 'crane' });
  expect([fromData.name, read instanceof Dated]).toEqual(['CraneLifted', true]);
});
