import { expect, test } from '@jest/globals';
import type { WorkItem } from '../../../domain/project/events.js';
import { type Entry, history } from '../../support/entries.js';
import { models } from './models.js';
import type { NaiveProgress } from './naive/naive.js';
import { d, factsOf, factsSaid } from './said.js';

/** An entry, and what is shown after it on its day: low/point/high by node, rounded to a tenth of a point. */
export type Line = readonly [Entry, Readonly<Record<string, string>>?];

/** Contradictions at the end as `kind node day`, with `settled` if so. */
type Told = readonly string[];

/** Entries in the order of their days; the same holds one level deeper and typed in another order. */
export function story(title: string, lines: readonly Line[], told: Told = []): void {
  for (const [name, model] of Object.entries(models)) {
    test(`${title} (${name})`, () => {
      shows(lines, told, (entries, day) => model(factsSaid(entries), day));
    });
    test(`${title}, one level deeper (${name})`, () => {
      shows(deeper(lines), told.map(deeperTold), (entries, day) => model(factsSaid(entries), day));
    });
    test(`${title}, typed in the reverse order of days (${name})`, () => {
      const all = lines.map(([entry]) => entry);
      const late = factsSaid(byDayReversed(all));
      lastOfEachDay(lines, (shown, day) => {
        expect(only(figures(model(late, day)), shown)).toEqual(shown);
      });
      expect(toldBy(model(late, d(31)))).toEqual([...told].sort());
    });
    test(`${title}, with entries that were withdrawn (${name})`, () => {
      const all = lines.map(([entry]) => entry);
      const withSlips = slips(all);
      lastOfEachDay(lines, (shown, day) => {
        expect(only(figures(model(factsOf(history(...withSlips)), day)), shown)).toEqual(shown);
      });
    });
  }
}

function shows(
  lines: readonly Line[],
  told: Told,
  model: (entries: readonly Entry[], day: string) => NaiveProgress,
): void {
  const entries: Entry[] = [];
  for (const [entry, shown] of lines) {
    entries.push(entry);
    const after = figures(model(entries, entry.entry.asOf));
    if (shown) expect([entries.length, only(after, shown)]).toEqual([entries.length, shown]);
  }
  expect(toldBy(model(entries, d(31)))).toEqual([...told].sort());
}

/** What the last entry of each day has to show. */
function lastOfEachDay(
  lines: readonly Line[],
  check: (shown: Readonly<Record<string, string>>, day: string) => void,
): void {
  const last = new Map(lines.map(([{ entry }, shown]) => [entry.asOf, shown]));
  for (const [day, shown] of last) if (shown) check(shown, day);
}

function figures({ nodes }: NaiveProgress): Record<string, string> {
  return Object.fromEntries(
    Object.entries(nodes).map(([node, { low, point, high }]) => [node, figure([low, point, high])]),
  );
}

/** One number where all three are the same. */
function figure(numbers: readonly number[]): string {
  const texts = numbers.map((number) => String(Math.round(number / 10) / 10));
  return new Set(texts).size === 1 ? (texts[0] ?? '') : texts.join('/');
}

function only(after: Record<string, string>, shown: object): Record<string, string | undefined> {
  return Object.fromEntries(Object.keys(shown).map((node) => [node, after[node]]));
}

function toldBy({ contradictions }: NaiveProgress): string[] {
  return contradictions
    .map(
      ({ kind, node, day, settledBy }) =>
        `${kind} ${node} ${Number(day.slice(8))}${settledBy === undefined ? '' : ' settled'}`,
    )
    .sort();
}

/** The whole of the story as the group `group` of a project that has nothing else. */
function deeper(lines: readonly Line[]): Line[] {
  const hasPlan = lines.some(([{ type }]) => type === 'PlanAdopted');
  const first = lines[0]?.[0].entry.asOf ?? d(1);
  let isPlanned = !hasPlan;
  const under = lines.map(([entry, shown = {}]): Line => {
    isPlanned ||= entry.type === 'PlanAdopted';
    const texts = Object.entries(shown).map(([node, text]) => [node === '/' ? group : node, text]);
    return [deeperEntry(entry), isPlanned ? Object.fromEntries(texts) : undefined];
  });
  return hasPlan ? under : [[planOf([groupItem], first)], ...under];
}

const group = 'group';
const groupItem: WorkItem = { id: group, name: { en: group }, weight: 1, measure: 'percent' };

function planOf(items: WorkItem[], asOf: string): Entry {
  return {
    type: 'PlanAdopted',
    data: { version: 1, basis: 'stated', items },
    entry: { asOf, precision: 'day', source: { kind: 'inspection' } },
  };
}

function deeperEntry(entry: Entry): Entry {
  if (entry.type === 'PlanAdopted') {
    const items = entry.data.items.map((item) => ({ ...item, parent: item.parent ?? group }));
    return { ...entry, data: { ...entry.data, items: [groupItem, ...items] } };
  }
  if (entry.type === 'ProgressMeasured' && entry.data.item === undefined)
    return { ...entry, data: { ...entry.data, item: group } };
  return entry;
}

const deeperTold = (told: string): string => told.replace(' / ', ` ${group} `);

function byDayReversed(entries: readonly Entry[]): Entry[] {
  const days = [...new Set(entries.map(({ entry }) => entry.asOf))].sort().reverse();
  return days.flatMap((day) => entries.filter(({ entry }) => entry.asOf === day));
}

/** After each entry the same subject is said otherwise for its day, and that is withdrawn. */
function slips(entries: readonly Entry[]): Entry[] {
  return entries.flatMap((entry, index): Entry[] => {
    if (entry.type !== 'ProgressMeasured') return [entry];
    const id = `slip-${index}`;
    const slip: Entry = {
      ...entry,
      id,
      data: { ...entry.data, measure: { kind: 'percent', basisPoints: 1234 } },
    };
    const withdrawal: Entry = {
      type: 'EntryWithdrawn',
      data: { entry: id, reason: 'misread' },
      entry: entry.entry,
    };
    return [entry, slip, withdrawal];
  });
}
