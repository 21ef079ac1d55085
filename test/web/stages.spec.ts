import { expect, test } from '@jest/globals';
import type { RecordedEvent } from '../../domain/project/events.js';
import { stageSteps } from '../../web/office/project/stages/stage-steps.js';

let position = 0;
const stage = (stage: string, asOf: string): RecordedEvent => {
  position += 1;
  return {
    id: `entry-${position}`,
    position,
    type: 'StageEntered',
    data: { stage },
    entry: { asOf },
  } as never;
};
const withdrawn = (entry: string): RecordedEvent =>
  ({
    id: `withdrawal of ${entry}`,
    type: 'EntryWithdrawn',
    data: { entry },
    entry: { asOf: '2018-07-01' },
  }) as never;

test('a stage has the first day on which it was entered, and no day before that', () => {
  const entries = [
    stage('started', '2018-03-05'),
    stage('started', '2018-03-01'),
    stage('built', '2018-07-09'),
  ];
  const days = stageSteps(entries, '2018-07-08').map(({ stage: name, enteredOn }) => [name, enteredOn]);
  expect(days).toEqual([
    ['contracted', undefined],
    ['started', '2018-03-01'],
    ['built', undefined],
    ['trial-production', undefined],
    ['in-production', undefined],
    ['accepted', undefined],
  ]);
});

test('a withdrawn stage was not entered', () => {
  const started = stage('started', '2018-03-01');
  const steps = stageSteps([started, withdrawn(started.id)], '2018-07-10');
  expect(steps.some(({ enteredOn }) => enteredOn !== undefined)).toBe(false);
});

test('a road is opened to traffic, and is not expected to produce', () => {
  const names = stageSteps([stage('opened-to-traffic', '2018-07-01')], '2018-07-10').map(
    (step) => step.stage,
  );
  expect(names).toEqual(['contracted', 'started', 'built', 'opened-to-traffic', 'accepted']);
});
