import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Effort } from './figures.js';
import { type Grown, grownTo, tableOf } from './growth.js';
import { machine } from './machine.js';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const markers = {
  start: '<!-- Written by `npm run bench -- scale` from here on. -->',
  end: '<!-- Written by hand from here on. -->',
};

/** What is measured at both sizes, and what does not depend on the size; the larger size runs one time. */
const atBothSizes = ['start', 'rebuild', 'portfolio'];
const atOneSize = ['limits', 'append', 'http', 'memory'];
const sizes = [100_000, 1_000_000] as const;
const smallSizes = [1_000, 10_000] as const;
/** The installations that are computed. */
const computed = { events: [1_000_000, 10_000_000, 100_000_000], cores: [2, 8, 32] };

/** The figures of docs/scale.md, measured; those of larger machines are computed from them. */
export async function* scale({ isSmall, runs }: Effort): AsyncIterable<Grown> {
  const [less, more] = isSmall ? smallSizes : sizes;
  const found: Grown[] = [];
  const measurements = [
    ...atOneSize.map((name) => ({ name, events: less, times: runs })),
    ...atBothSizes.map((name) => ({ name, events: less, times: runs })),
    ...atBothSizes.map((name) => ({ name, events: more, times: 1 })),
  ];
  for (const { name, events, times } of measurements)
    for await (const figure of grownTo(name, events, { isSmall, runs: times })) {
      found.push(figure);
      yield figure;
    }
  const text = sectionOf(found, {
    on: new Date().toISOString().slice(0, 10),
    machine: machine(root),
    cores: availableParallelism(),
    runs,
  });
  if (isSmall) process.stderr.write(`${text}\n`);
  else {
    const page = `${root}/docs/scale.md`;
    writeFileSync(page, withSection(readFileSync(page, 'utf8'), text));
  }
}

/** Where, when and how often the figures were measured. */
export interface Measured {
  on: string;
  machine: readonly string[];
  cores: number;
  runs: number;
}

/** What docs/scale.md says between its markers. */
export function sectionOf(found: readonly Grown[], { on, machine, cores, runs }: Measured): string {
  return [
    `Measured on ${on}, medians of ${runs} at the smaller size, one run at the larger, on`,
    '',
    ...machine.map((line) => `- ${line}`),
    '',
    'In brackets: the ratio to what the figure is compared with. *N* is the number of events.',
    '',
    tableOf(found),
    '',
    'From these figures **computed, not measured**: the disk and the memory grow by the event; the views of alerts and deliveries are rebuilt',
    `by one core, the portfolio rows by all, each as fast as each of the ${cores} measured ones.`,
    '',
    computedTable(found, cores),
  ].join('\n');
}

function computedTable(found: readonly Grown[], cores: number): string {
  const disk = valuesOf(found, 'start', /, an event, /);
  const resident = valuesOf(found, 'start', /^resident when ready/);
  const views = valuesOf(found, 'rebuild', /alerts and deliveries, .* short/);
  const rows = valuesOf(found, 'rebuild', /rows of projects, .* short/);
  const bytes = disk
    .filter(({ events }) => events === disk.at(-1)?.events)
    .reduce((sum, { value }) => sum + value, 0);
  const [small, large] = [resident[0], resident.at(-1)];
  const rates = [views.at(-1)?.value, rows.at(-1)?.value];
  const growth = small && large ? (large.value - small.value) / (large.events - small.events) : Number.NaN;
  const head = [
    'Events',
    'Disk',
    'Memory when ready',
    ...computed.cores.map((many) => `All views rebuilt, ${many} cores`),
  ];
  const body = computed.events.map((events) => [
    events.toLocaleString('en'),
    `${rounded((bytes * events) / 1e9)} GB`,
    `${rounded((large?.value ?? Number.NaN) + growth * (events - (large?.events ?? 0)))} MB`,
    ...computed.cores.map((many) => {
      const [viewRate = Number.NaN, rowRate = Number.NaN] = rates;
      return `${rounded((events / viewRate + (events * cores) / (rowRate * many)) / 60)} min`;
    }),
  ]);
  return [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** The measured values of a figure, from the smaller size to the larger. */
function valuesOf(found: readonly Grown[], bench: string, name: RegExp): { events: number; value: number }[] {
  return found
    .flatMap((one) =>
      one.bench === bench && 'value' in one && name.test(one.figure)
        ? [{ events: one.events, value: one.value }]
        : [],
    )
    .sort((a, b) => a.events - b.events);
}

function rounded(value: number): string {
  return Number(value.toPrecision(2)).toLocaleString('en');
}

/**
 * A page with the text between its markers replaced.
 *
 * @throws Error the page has not both markers
 */
export function withSection(page: string, text: string): string {
  const [before, rest] = page.split(markers.start);
  const [, after] = rest?.split(markers.end) ?? [];
  if (before === undefined || after === undefined)
    throw new Error(`docs/scale.md needs the lines "${markers.start}" and "${markers.end}".`);
  return `${before}${markers.start}\n\n${text}\n\n${markers.end}${after}`;
}
