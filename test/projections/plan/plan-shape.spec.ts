import { expect, test } from '@jest/globals';
import type { WorkItem } from '../../../domain/project/events.js';
import { addDays } from '../../../domain/values/days/calendar.js';
import { shapeOf } from '../../../projections/plan/plan-shape.js';
import { PlannedWork } from '../../../projections/plan/planned-work.js';

/** A plan from a template: a foundation, then a hall of two parts. */
function fromTemplate(name: string, firstDay: string, hall: Partial<WorkItem> = {}): WorkItem[] {
  const item = (id: string, weight: number, more: Partial<WorkItem> = {}): WorkItem => ({
    ...{ id, weight, measure: 'percent', name: { en: `${name} ${id}` } },
    ...{ plannedStart: firstDay, plannedFinish: addDays(firstDay, 10 * weight) },
    ...more,
  });
  return [
    item('foundation', 3),
    item('hall', 7, { after: ['foundation'], ...hall }),
    item('frame', 2, { parent: 'hall' }),
    item('roof', 1, { parent: 'hall', after: ['frame'] }),
  ];
}

test('plans from one template share what they have in common, and keep their own names and days', () => {
  const [east, west] = [fromTemplate('east', '2018-03-01'), fromTemplate('west', '2019-05-01')];
  expect(shapeOf(east)).toBe(shapeOf(west));
  const [ofEast, ofWest] = [new PlannedWork(east), new PlannedWork(west)];
  expect([ofEast.finishOf('hall'), ofWest.finishOf('hall')]).toEqual(['2018-05-10', '2019-07-10']);
  expect(ofWest.leaves.map(({ item }) => item.name.en)).toEqual([
    'west foundation',
    'west frame',
    'west roof',
  ]);
});

test('a plan with another weight, predecessor, measure or stage shares nothing', () => {
  const others: Partial<WorkItem>[] = [
    { weight: 8 },
    { after: [] },
    { measure: 'done' },
    { stage: 'in-production' },
    { isCancelled: true },
    { states: 'foundation' },
  ];
  const shapes = [{}, ...others].map((hall) => shapeOf(fromTemplate('north', '2018-03-01', hall)));
  expect(new Set(shapes).size).toBe(shapes.length);
});

test('a template is found again after very many other plans', () => {
  const { weighted } = shapeOf(fromTemplate('south', '2018-03-01'));
  for (let weight = 1; weight <= 200; weight += 1) shapeOf(fromTemplate('other', '2018-03-01', { weight }));
  expect(shapeOf(fromTemplate('south', '2018-03-01')).weighted).toEqual(weighted);
});
