import { expect, test } from '@jest/globals';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { v5 } from 'uuid';
import { idOfContent } from '../../src/http/routes/line-id.js';

const name = fc.stringMatching(/^[a-zA-Z]{1,12}$/);
const line = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    fc.string({ unit: 'grapheme' }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('any'), { maxLength: 3 }),
    tie('object'),
  ),
  object: fc.dictionary(name, tie('any'), { maxKeys: 6, noNullPrototype: true }),
})).object as fc.Arbitrary<Record<string, unknown>>;

test('the id of a line is the UUID of version 5 of its canonical form', () => {
  fc.assert(
    fc.property(line, (said) => {
      expect(idOfContent(said)).toBe(
        v5(canonicalize(said) as string, '6f1d2f0e-8a43-5c1b-9d57-3b0c2f6f5a10'),
      );
    }),
    { numRuns: 500 },
  );
});

test('a line keeps its id forever', () => {
  const said = {
    project: 'huaao-2',
    type: 'StageEntered',
    asOf: '2018-06-30',
    stage: 'started',
    note: '已开工',
  };
  expect(idOfContent(said)).toBe(idOfContent(Object.fromEntries(Object.entries(said).reverse())));
  expect(idOfContent(said)).toBe('ec67e609-8004-5412-b3d4-2e754f914339');
});
