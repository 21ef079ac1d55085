import { expect, test } from '@jest/globals';
import { PlannedWork } from '../../projections/plan/planned-work.js';
import { randomHistory } from '../support/histories.js';

test('the day on which a percentage is planned is the first one by whose end it is', () => {
  let asked = 0;
  for (let seed = 1; seed <= 40; seed++)
    for (const { type, data } of randomHistory(seed, { entries: 12 }).events) {
      if (type !== 'PlanAdopted') continue;
      const work = new PlannedWork(data.items);
      for (let basisPoints = 1; basisPoints <= 10_500; basisPoints += 1_499) {
        let first: number | undefined;
        if (work.dated.length > 0)
          for (let day = work.until; (work.percentOn(day) ?? 0) >= basisPoints; day -= 1) first = day;
        expect([seed, basisPoints, work.reaches(basisPoints)]).toEqual([seed, basisPoints, first]);
        asked += 1;
      }
    }
  expect(asked).toBeGreaterThan(100);
});
