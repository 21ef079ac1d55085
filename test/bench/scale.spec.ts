import { expect, test } from '@jest/globals';
import type { Grown } from '../../bench/growth.js';
import { sectionOf, withSection } from '../../bench/scale.js';

const at = (events: number, bench: string, figure: string, value: number, unit: string): Grown => ({
  ...{ bench, figure: `${figure}`, value, unit, runs: 1, min: value, max: value, events },
});
const sized = (events: number, residentMB: number): Grown[] => [
  at(events, 'start', `resident when ready, ${events} events of ${events / 10} projects`, residentMB, 'MB'),
  at(events, 'start', `events.db, an event, ${events} events of ${events / 10} projects`, 600, 'bytes'),
  at(events, 'start', `views.db, an event, ${events} events of ${events / 10} projects`, 400, 'bytes'),
  at(
    events,
    'rebuild',
    `of these, alerts and deliveries, ${events} events in short streams`,
    100_000,
    'events/s',
  ),
  at(events, 'rebuild', `of these, rows of projects, ${events} events in short streams`, 20_000, 'events/s'),
];
const section = sectionOf([...sized(100_000, 160), ...sized(1_000_000, 250)], {
  on: '2026-12-04',
  machine: ['2 cores, 24 GiB of memory'],
  cores: 2,
  runs: 3,
});

test('the sizes share a row, whatever the number of their projects', () => {
  expect(section).toContain('| `start`: resident when ready, N events, MB | 160 | 250 |');
});

test('disk and memory grow by the event, and only the rows are rebuilt by more cores', () => {
  const rows = section.split('\n').slice(-3);
  expect(rows).toEqual([
    // 10 s for the views, and 50, 12.5 and 3.1 s for the rows; 100 bytes of memory an event.
    '| 1,000,000 | 1 GB | 250 MB | 1 min | 0.38 min | 0.22 min |',
    '| 10,000,000 | 10 GB | 1,200 MB | 10 min | 3.8 min | 2.2 min |',
    '| 100,000,000 | 100 GB | 10,000 MB | 100 min | 38 min | 22 min |',
  ]);
});

test('what people wrote around the section stays', () => {
  const [start, end] = [
    '<!-- Written by `npm run bench -- scale` from here on. -->',
    '<!-- Written by hand from here on. -->',
  ];
  const page = `# Scale\n\n${start}\n\nold\n\n${end}\n\nBy hand.\n`;
  expect(withSection(page, 'new')).toBe(page.replace('old', 'new'));
  expect(() => withSection('# Scale\n', 'new')).toThrow('docs/scale.md needs the lines');
});
