import { expect, test } from '@jest/globals';
import type { AlertShown } from '../../web/office/alerts/alert-answers.js';
import { answerDay, daysLeft, firstDeadline, isAbout } from '../../web/office/alerts/list/groups.js';

const alert = (project: string, severity: string, dueOn?: string): AlertShown =>
  ({
    project,
    severity,
    status: 'open',
    of: { name: `Project ${project}` },
    reason: 'Nobody reported for 50 days.',
    ...(dueOn ? { deadline: { dueOn } } : {}),
  }) as never;
const [roof, road, hall] = [
  alert('a', 'yellow', '2018-07-24'),
  alert('b', 'red'),
  alert('a', 'red', '2018-07-05'),
];

test('days left are negative when overdue, and none without a deadline', () => {
  expect([roof, road, hall].map((one) => daysLeft(one, '2018-07-10'))).toEqual([14, undefined, -5]);
});

test('several alerts are answered by the first of their deadlines, today at the earliest', () => {
  expect(firstDeadline([roof], '2018-07-10')).toBe('2018-07-24');
  expect(firstDeadline([roof, hall], '2018-07-10')).toBe('2018-07-10');
});

test('an alert is answered by its deadline, today at the earliest', () => {
  expect([roof, road, hall].map((one) => answerDay(one, '2018-07-10'))).toEqual([
    '2018-07-24',
    '2018-07-10',
    '2018-07-10',
  ]);
});

test('a search finds the project, the reason and the rule, without regard to capitals', () => {
  expect(['project A', 'NOBODY', 'unrep', 'roof'].map((text) => isAbout(roof, text, 'unreported'))).toEqual([
    true,
    true,
    true,
    false,
  ]);
});
