import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { district, districtLines } from './district.js';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** Every id and word in the lines of a project, in any member. */
function namesOf(project: string): Set<string> {
  const names = new Set<string>([project]);
  const take = (value: unknown): void => {
    if (typeof value === 'string') names.add(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(take);
  };
  // An item that only a plan names has no recorded entry.
  for (const line of districtLines) if (line.project === project && line.type !== 'PlanAdopted') take(line);
  return names;
}

describe('the page of the examples', () => {
  const page = read('examples/README.md');
  const [ofDistrict = ''] = page.split('## `county-2019`');
  const rows = [...ofDistrict.matchAll(/^\| ((?:`[a-z0-9-]+`(?:, )?)+) \| (.+) \| (.+) \|$/gm)].map(
    ([, ids = '', passage = '', recorded = '']) => ({
      ids: [...ids.matchAll(/`([^`]+)`/g)].map(([, id = '']) => id),
      passage,
      recorded,
    }),
  );

  test('states the number of registrations, plans and entries', () => {
    const [, registrations, plans, entries] =
      /(\d+) registrations, (\d+) plans and\s+(\d+) entries/.exec(page) ?? [];
    const count = (is: (type: string) => boolean) => districtLines.filter(({ type }) => is(type)).length;
    expect([registrations, plans, entries].map(Number)).toEqual([
      count((type) => type === 'ProjectRegistered'),
      count((type) => type === 'PlanAdopted'),
      count((type) => type !== 'ProjectRegistered' && type !== 'PlanAdopted'),
    ]);
  });

  test('names every file of the district', () => {
    for (const file of district.files) expect(page).toContain(`\`${file}\``);
  });

  test('has a row for each unclear passage, with the entries of each recorded one', () => {
    expect(rows.length).toBeGreaterThan(15);
    expect(rows.filter(({ recorded }) => !recorded.includes('`')).map(({ passage }) => passage)).toEqual([
      'named Xunfa Chemical, and elsewhere after its product',
      'no figure of money',
    ]);
  });

  test.each(rows.map((row) => [row.ids.join(), row.passage, row] as const))(
    '%s, "%s": the entries stated as recorded are recorded',
    (_, __, { ids, recorded }) => {
      const said = ids.map(namesOf);
      const missing = [...recorded.matchAll(/`([^`]+)`/g)]
        .map(([, name = '']) => name)
        .filter((name) => !said.every((names) => names.has(name)));
      expect(missing).toEqual([]);
      // Words for a kind of fact must match a recorded one, too.
      const types = new Set(
        districtLines.filter(({ project }) => ids.includes(project)).map(({ type }) => type),
      );
      if (/\ba stall\b/.test(recorded)) expect(types).toContain('StallDeclared');
      if (/"no change" for/.test(recorded)) expect(types).toContain('NoChangeReported');
    },
  );
});
