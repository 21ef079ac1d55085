import { expect, test } from '@jest/globals';
import { Regressions } from '../../projections/facts/regressions.js';
import { finished } from '../../projections/facts/steps.js';
import { diceOf } from '../support/dice.js';

const june1 = '2018-06-01';
const june2 = '2018-06-02';
const june3 = '2018-06-03';

/** A report about a day, and its figure. */
type Report = { asOf: string; position: number; figure: number };

const sayIn = (regressions: Regressions<Report>, fact: Report) =>
  regressions.say({ fact, floor: fact.figure, ceiling: fact.figure });

function following(...reports: [asOf: string, figure: number][]): Regressions<Report> {
  const regressions = new Regressions<Report>();
  for (const [position, [asOf, figure]] of reports.entries()) sayIn(regressions, { asOf, position, figure });
  return regressions;
}

const figuresOf = (regressions: Regressions<Report>) =>
  finished(regressions.found()).map(({ earlier, later, settledBy }) => [
    earlier.figure,
    later.figure,
    settledBy?.figure,
  ]);

test('a lower figure is open, and a later rise does not settle it', () => {
  const regressions = following([june1, 70], [june2, 55], [june3, 60]);
  expect(regressions.open).toBe(1);
  expect(figuresOf(regressions)).toEqual([[70, 55, undefined]]);
});

test('another report about the lower day settles it and stays on record', () => {
  const regressions = following([june1, 70], [june2, 55], [june2, 75], [june3, 80]);
  expect(regressions.open).toBe(0);
  expect(figuresOf(regressions)).toEqual([[70, 55, 75]]);
});

test('a lower figure that is excused is no regression, and later ones are compared with it', () => {
  const regressions = new Regressions<Report>((_, later) => later.figure === 55);
  for (const [position, [asOf, figure]] of (
    [
      [june1, 70],
      [june2, 55],
      [june3, 50],
    ] as const
  ).entries())
    sayIn(regressions, { asOf, position, figure });
  expect(figuresOf(regressions)).toEqual([[55, 50, undefined]]);
  expect(regressions.open).toBe(1);
});

test('the count of open regressions is that of the found ones after every report, also in a copy', () => {
  let settled = 0;
  for (let seed = 1; seed <= 200; seed += 1) {
    const dice = diceOf(seed);
    let regressions = new Regressions<Report>();
    let open = 0;
    for (let position = 0; position < 40; position += 1) {
      const asOf = `2018-06-${String(1 + Math.floor(position / 3)).padStart(2, '0')}`;
      if (dice.chance(20)) {
        const before = regressions;
        regressions = before.copy();
        sayIn(before.copy(), { asOf, position, figure: 0 });
      }
      open += sayIn(regressions, { asOf, position, figure: dice.int(0, 5) });
      const found = finished(regressions.found());
      settled += found.filter(({ settledBy }) => settledBy).length;
      expect([seed, position, regressions.open, open]).toEqual([
        seed,
        position,
        found.filter(({ settledBy }) => !settledBy).length,
        open,
      ]);
    }
  }
  expect(settled).toBeGreaterThan(100);
});
