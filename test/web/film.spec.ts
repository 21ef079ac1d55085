import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { defaultRules } from '../../domain/governance/rules.js';
import { portfolio } from '../../projections/portfolio/portfolio.js';
import { moversOf } from '../../web/office/auditor/movers.js';
import { fetchAdoptions } from '../../web/shared/adoptions.js';
import { type AskPage, fetchEntries } from '../../web/shared/entries.js';
import { DistrictReplay } from '../../web/shared/replay/district-replay.js';
import { Film } from '../../web/shared/replay/film.js';
import { Replay } from '../../web/shared/replay/replay.js';
import { districtTexts } from '../examples/district.js';
import { type Service, startService } from '../http/service.js';

const today = '2018-07-10';

let service: Service;
let district: DistrictReplay;
let project: Replay;

const ask = async (path: string, parameters: object) => {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined);
  return (await service.get(`${path}?${new URLSearchParams(given as [string, string][])}`)).body;
};

beforeAll(async () => {
  service = await startService();
  await service.sendLines(districtTexts.slice(0, 60));
  const { version, ...rules } = defaultRules;
  const stricter = rules.rules.map((rule) =>
    rule.rule === 'unreported' ? { rule: rule.rule, red: { days: 5 } } : rule,
  );
  await service.send('PUT', '/rules', { ...rules, rules: stricter }, { 'if-match': `"${version}"` });
  await service.sendLines(districtTexts.slice(60));
  await service.get('/health/live');
  district = new DistrictReplay();
  district.take(await service.composed.topout.log({ after: 0, limit: 500, waits: false }));
  project = new Replay(
    await fetchEntries('huaao-2', ask as unknown as AskPage),
    await fetchAdoptions(ask as unknown as Parameters<typeof fetchAdoptions>[0]),
  );
});
afterAll(() => service.close());

test("each frame has the words of its entry and the service's answers right before and right after it", async () => {
  const frames = new Film(district).frames(0, district.entries.length, today, true);
  expect(frames).toHaveLength(district.entries.length);
  for (const frame of frames.filter((_, index) => index % 5 === 0)) {
    const asked = { asOf: today, knownAt: { position: frame.position } };
    const { items } = await service.composed.topout.projects(asked, {}, { limit: 500 });
    expect(frame.after).toEqual(items.find((row) => row.project === frame.project) ?? null);
    const { completion, lights, projects } = portfolio(items).total;
    expect(frame.totals).toMatchObject({ completion, lights, projects });
    const { items: lines } = await service.composed.topout.journal(
      frame.project,
      { asOf: '2199-12-31' },
      {
        limit: 500,
        newestFirst: false,
      },
    );
    const line = lines.find((one) => 'id' in one && one.id === frame.id);
    expect(frame.words).toEqual(line?.words);
    expect([frame.precision, frame.isInferred]).toEqual([
      line?.precision,
      line && 'isInferred' in line ? line.isInferred : undefined,
    ]);
  }
  expect(frames.some((frame) => frame.isInferred && frame.precision === 'period-end')).toBe(true);
});

test('a part of a replay equals that part of the whole', () => {
  const film = new Film(district);
  expect(film.frames(20, 40, today, true)).toEqual(film.frames(0, 60, today, true).slice(20, 40));
});

test('a project is evaluated under the rules of each moment, whichever way it is folded', async () => {
  expect(project.adoptions).toHaveLength(1);
  const walked = new DistrictReplay();
  walked.takeProject(project.entries, project.adoptions);
  const id = project.at(today)?.project ?? '';
  for (const { position } of project.entries)
    for (const knownAt of [position, position - 1]) {
      const row = walked.rowAt(id, today, knownAt);
      expect(row?.light ?? null).toEqual(project.at(today, knownAt)?.alerts.light ?? null);
      expect(row).toEqual(district.rowAt(id, today, knownAt));
    }
});

test('the entries that moved a figure are those at whose step it changed', () => {
  const id = 'huaao-2';
  const light = (row: { light: string | null } | null) => String(row?.light);
  const ends = [
    { asOf: today, knownAt: 0 },
    { asOf: today, knownAt: district.upTo },
  ] as const;
  const moved = moversOf(district, id, ends, 'knownAt', light);
  const frames = new Film(district).frames(0, district.entries.length, today, false);
  const changed = frames.filter(
    ({ project: of, before, after }) => of === id && light(before) !== light(after),
  );
  expect(moved).toEqual(changed.map(({ id: entry }) => entry));
  expect(moved.length).toBeGreaterThan(0);
  const days = [{ ...ends[1], asOf: '2018-06-29' }, ends[1]] as const;
  const report = (row: { lastReportOn: string | null } | null) => String(row?.lastReportOn);
  const onDays = moversOf(district, id, days, 'asOf', report);
  expect(onDays.length).toBeGreaterThan(0);
  expect(
    onDays.every((entry) =>
      district.entries.some((one) => one.id === entry && one.entry.asOf === '2018-06-30'),
    ),
  ).toBe(true);
});
