import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readConfig } from '../../src/composition/settings/config.js';
import { start } from '../../src/start/start.js';
import { typed } from '../cli/typed.js';

/** The members of a project that these tests read. */
interface Shown {
  completion: {
    floorBasisPoints: number;
    percentBasisPoints: number;
    ceilingBasisPoints: number;
    items: {
      item: string;
      floorBasisPoints: number;
      percentBasisPoints: number;
      ceilingBasisPoints: number;
    }[];
    grown?: object[];
  };
  schedule: {
    slips: { target: string; slipDays: number }[];
    baselines?: {
      name: string;
      slips: { target: string; plannedSlipDays: number; forecastSlipDays: number }[];
    }[];
  };
  stalls: { episodes: { stall: string; status: string }[] };
}

const folder = mkdtempSync(join(tmpdir(), 'topout-county-'));
let url: string;
let stop: () => Promise<void>;
beforeAll(async () => {
  const config = readConfig({ TOPOUT_DATA: join(folder, 'data'), TOPOUT_EXAMPLE: 'county-2019', PORT: '0' });
  const service = await start(config, (error) => {
    throw error;
  });
  url = service.url;
  stop = () => service.close();
}, 60_000);
afterAll(async () => {
  await stop();
  rmSync(folder, { recursive: true, force: true });
});

const shown = async (project: string, query = ''): Promise<Shown> =>
  (await fetch(`${url}/projects/${project}${query}`)).json() as Promise<Shown>;
const bounds = (of: { floorBasisPoints: number; percentBasisPoints: number; ceilingBasisPoints: number }) => [
  of.floorBasisPoints,
  of.percentBasisPoints,
  of.ceilingBasisPoints,
];
const of = ({ completion }: Shown, item: string) => {
  const found = completion.items.find((one) => one.item === item);
  return found && bounds(found);
};

test('the road is at 65.5 %: earthworks 28.5 of 30 万方, tunnel 1.62 of 2.4 km, paving 6.3 of 12.6 km', async () => {
  const road = await shown('ring-road');
  expect(of(road, 'earthworks')).toEqual([9500, 9500, 9500]);
  expect(of(road, 'tunnel')).toEqual([6750, 6750, 6750]);
  expect(of(road, 'paving')).toEqual([5000, 5000, 5000]);
  // 30 x 0.95 + 40 x 0.675 + 20 x 0.5 = 65.5; the opening may add its 10.
  expect(bounds(road.completion)).toEqual([6550, 6550, 7550]);
});

test('before it was measured again, the tunnel was at 1,680 of 2,400 metres', async () => {
  expect(of(await shown('ring-road', '?asOf=2019-06-30'), 'tunnel')).toEqual([7000, 7000, 7000]);
  expect(of(await shown('ring-road', '?asOf=2018-12-31'), 'tunnel')).toEqual([5000, 5000, 5000]);
});

test('the opening slips 60 days from the plan in force and 152 from the approved design', async () => {
  const { slips, baselines } = (await shown('ring-road')).schedule;
  // From 2020-01-31 and from 2019-10-31 to 2020-03-31; February 2020 has 29 days.
  // The tunnel keeps its plan: before November is by 2019-10-31; and so does the paving.
  expect(slips).toMatchObject([
    { target: 'opening', slipDays: 60 },
    { target: 'tunnel', slipDays: 0 },
    { target: 'paving', slipDays: 0 },
  ]);
  expect(baselines).toMatchObject([
    {
      name: 'approved design',
      slips: [
        { target: 'completion', plannedSlipDays: 92 },
        { target: 'tunnel', plannedSlipDays: 123 },
        { target: 'paving', plannedSlipDays: 92 },
        { target: 'opening', plannedSlipDays: 92, forecastSlipDays: 152 },
      ],
    },
  ]);
});

test('the stall of the tunnel is of the past; those of the paving and the equipment are open', async () => {
  expect((await shown('ring-road')).stalls.episodes).toMatchObject([
    { stall: 'water-inrush', item: 'tunnel', status: 'past' },
    { stall: 'asphalt', item: 'paving', status: 'open', expectedEnd: '2019-07-20' },
  ]);
  expect((await shown('county-hospital')).stalls.episodes).toMatchObject([
    { stall: 'customs', status: 'open' },
  ]);
});

test('the hospital is at 28 %, perhaps 41: nine of 18 storeys, fit-out 10 to 20 %, 40 of 160 devices', async () => {
  const hospital = await shown('county-hospital');
  // Storeys: two below ground and seven of 16 above.
  expect(of(hospital, 'structure')).toEqual([5000, 5000, 5000]);
  expect(of(hospital, 'fit-out')).toEqual([1000, 1500, 2000]);
  expect(of(hospital, 'equipment')).toEqual([2500, 2500, 2500]);
  // 40 x 0.5 + 30 x 0.1 + 20 x 0.25 = 28; with 0.15 it is 29.5; with 0.2, and in use, 41.
  expect(bounds(hospital.completion)).toEqual([2800, 2950, 4100]);
});

test('the money of the hospital is kept by kind, basis, source and span', async () => {
  const { investment } = (await shown('county-hospital')) as unknown as {
    investment: {
      sinceStartMinor: number;
      annualPlan: { shares: { basis: string; shareBasisPoints: number }[] };
      figures: {
        kind: string;
        source: string | null;
        reference: string | null;
        span: string;
        amountMinor: number;
      }[];
    };
  };
  const inWan = (minor: number) => minor / 1_000_000;
  expect(
    investment.figures.map(({ kind, source, reference, span, amountMinor }) =>
      [kind, source ?? reference ?? '', span, inWan(amountMinor)].join(' '),
    ),
  ).toEqual(
    expect.arrayContaining([
      'invested  since-start 13440',
      'invested  year 6000',
      'invested  quarter 3500',
      'invested  month 1300',
      'funds bond since-start 12000',
      'funds loan since-start 8000',
      'funds budget since-start 3000',
      'paid  since-start 9800',
      'contract HT-2018-07 since-start 45000',
      'change-order BG-03 since-start 600',
    ]),
  );
  // None hides another: the headline is what was invested since the start.
  expect(inWan(investment.sinceStartMinor)).toBe(13_440);
  // 6,000 of the 20,000 planned for the year are 30 %.
  expect(JSON.stringify(investment.annualPlan)).toContain('"shareBasisPoints":3000');
});

test('the county is one group, and is found by its name in either language', async () => {
  for (const name of ['Lin County', '临县']) {
    const found = await fetch(`${url}/projects?district=${encodeURIComponent(name)}`);
    expect(((await found.json()) as { items: object[] }).items).toHaveLength(3);
  }
  const totals = await fetch(`${url}/portfolio?groupBy=district`, { headers: { 'accept-language': 'zh' } });
  const { groups } = (await totals.json()) as { groups: { key: string; projects: number }[] };
  expect(groups).toMatchObject([{ key: '临县', projects: 3 }]);
});

test('the old town is at 30 %, and 60 households came to the scope', async () => {
  const town = await shown('old-town');
  // Three of twelve blocks weigh two thirds of the housing: 25 % x 2 / 3.
  expect(of(town, 'housing')).toEqual([1667, 1667, 1667]);
  expect(of(town, 'households')).toEqual([6250, 6250, 6250]);
  expect(of(town, 'demolition')).toEqual([7500, 7500, 7500]);
  // 60 x 0.25 x 2 / 3 + 20 x 0.625 + 10 x 0.75 = 30; the handover may add its 10.
  expect(bounds(town.completion)).toEqual([3000, 3000, 4000]);
  expect(town.completion.grown).toMatchObject([{ item: 'households' }]);
});

test('the journal shows what was copied, what was seen, and where', async () => {
  const { out } = await typed('journal', 'old-town', '--contains', '3号地块', '--url', url);
  expect(out).toMatch(/Blocks topped out: 2 of 12\. +3号地块 · inspection/);
  const { out: all } = await typed('journal', 'ring-road', '--url', url);
  expect(all).toMatch(/Tunnel: 1,680 米 .*K3\+200 至 K5\+600 · from the report “county-monthly-2019-06”, 1/);
  const { out: hospital } = await typed('journal', 'county-hospital', '--url', url);
  expect(hospital).toMatch(/Fit-out: 50 %\. \[withdrawn: 50 % is the order placed, not the work\]/);
});
