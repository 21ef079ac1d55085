import { expect, test } from '@jest/globals';
import { facts as logged } from '../../../domain/project/facts/facts.js';
import { headingForms } from '../../../domain/table/heading-forms.js';
import { isKnown } from '../../../domain/table/mapping.js';
import { possibleMeanings } from '../../../domain/table/possible-meanings.js';
import { tableFacts } from '../../../domain/table/table-facts.js';

const facts = tableFacts(logged);
const possible = possibleMeanings(facts);

test('a column can mean each span of money, the progress of the project, its stage, a stall and a forecast', () => {
  const said = possible.map(({ meaning: { type, gives, with: fixed = {} } }) =>
    [type, ...gives, ...Object.values(fixed)].join(' '),
  );
  expect(said).toEqual(
    expect.arrayContaining([
      'InvestmentReported amount month',
      'InvestmentReported amount since-start',
      'ProgressMeasured measure',
      'StageEntered stage',
      'StallDeclared cause',
      'ForecastGiven when completion',
    ]),
  );
});

test('every meaning that is offered is one that a table can be read by, with words of its own', () => {
  expect(possible.filter(({ meaning }) => !isKnown(meaning, facts))).toEqual([]);
  for (const language of ['en', 'zh'] as const)
    expect(possible.map(({ words }) => words[language])).toEqual([
      ...new Set(possible.map(({ words }) => words[language])),
    ]);
});

test('usual headings name members that facts have', () => {
  const usual = headingForms.flatMap(({ meaning }) => (meaning.use === 'fact' ? [meaning] : []));
  // Money of other kinds than invested, and shares of the year, are known where a fact has them.
  const waiting = usual.filter((meaning) => !isKnown(meaning, facts)).map(({ type }) => type);
  expect(waiting.filter((type) => type !== 'MoneyReported' && type !== 'InvestmentReported')).toEqual([]);
});
