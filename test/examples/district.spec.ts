import { describe, expect, test } from '@jest/globals';
import { portfolio } from '../../projections/portfolio/portfolio.js';
import { foldProject } from '../../projections/project/project.js';
import { type ProjectView, projectAt, rowOf } from '../support/folds.js';
import { loadDistrict } from './district.js';

const reportedOn = '2018-06-30';
/** One 万元 in fen. */
const tenThousandYuan = 1_000_000;
const { histories } = await loadDistrict();

function districtOn(asOf: string): ReadonlyMap<string, ProjectView> {
  return new Map([...histories].map(([id, events]) => [id, projectAt(foldProject(events), asOf)]));
}

const views = districtOn(reportedOn);

function of(project: string): ProjectView {
  const view = views.get(project);
  if (!view) throw new Error(`The example has no ${project}.`);
  return view;
}

function ofEach<T>(figure: (view: ProjectView) => T): Record<string, T> {
  return Object.fromEntries([...views].map(([id, view]) => [id, figure(view)]));
}

describe('completion of the district at the end of June 2018', () => {
  test('the stated facts of each project add up to the floor of the report', () => {
    const published = {
      'huaao-2': 36.2,
      tengjun: 32.4,
      jiujiuxing: 100,
      xunfa: 31.5,
      zhuoyi: 22.6,
      'baiyou-2': 24.7,
      zhongheng: 50.1,
      yuhong: 64.5,
    };
    const apart = Object.entries(published).map(([id, floor]) =>
      Math.abs(of(id).completion.floorBasisPoints - floor * 100),
    );
    expect(Math.max(...apart)).toBeLessThan(10);
  });

  test('each project shows the floor, percent and ceiling computed in docs/progress-model.md', () => {
    const figures = ofEach(({ completion }) => [
      completion.floorBasisPoints,
      completion.percentBasisPoints,
      completion.ceilingBasisPoints,
    ]);
    expect(figures).toEqual({
      'huaao-2': [3617, 4992, 8617],
      tengjun: [3236, 3786, 7270],
      jiujiuxing: [10000, 10000, 10000],
      xunfa: [3150, 3600, 8250],
      zhuoyi: [2263, 2432, 4750],
      'baiyou-2': [2475, 3602, 7788],
      zhongheng: [5012, 7275, 8945],
      yuhong: [6455, 8625, 9245],
    });
  });

  test('the day before the report only the plan of each project is known', () => {
    const dayBefore = [...districtOn('2018-06-29').values()].map(({ completion }) => [
      completion.plan?.version,
      completion.floorBasisPoints,
      completion.percentBasisPoints,
      completion.ceilingBasisPoints,
    ]);
    expect(dayBefore).toEqual(dayBefore.map(() => [1, 0, 0, 10000]));
  });

  test('the frames of the two lower dormitories are shown and not counted', () => {
    const frames = of('tengjun').completion.items.find((item) => item.item === 'dormitory-frames');
    expect(frames).toMatchObject({
      weight: 0,
      status: 'stated',
      floorBasisPoints: 100,
      percentBasisPoints: 100,
      ceilingBasisPoints: 9900,
      said: { measure: { kind: 'storeys', reached: 2 } },
    });
  });

  test('trial production in parts of both plants enters the stage and counts as partly', () => {
    const { stage, completion } = of('yuhong');
    expect(stage?.stage).toBe('trial-production');
    expect(completion.items.find((item) => item.item === 'trial')).toMatchObject({
      floorBasisPoints: 100,
      percentBasisPoints: 3000,
      ceilingBasisPoints: 5000,
    });
  });
});

describe('money of the district', () => {
  const total = portfolio([...views.values()].map((view) => rowOf(view, null))).total;

  test('six of eight projects reported 135,626 万元 in total', () => {
    expect(total.headline).toEqual({
      basis: 'unknown',
      currency: 'CNY',
      sinceStartMinor: 135_626 * tenThousandYuan,
      reported: 6,
      of: 8,
      entries: [...histories.keys()]
        .toSorted()
        .flatMap((project) => histories.get(project) ?? [])
        .filter(({ type }) => type === 'InvestmentReported')
        .map(({ id }) => id),
    });
  });

  test('a project that reported no money has none, which is not zero', () => {
    expect(total.unreportedMoney).toEqual(['yuhong', 'zhuoyi']);
    expect(
      ofEach((view) => view.investment.sinceStartMinor && view.investment.sinceStartMinor / tenThousandYuan),
    ).toEqual({
      'huaao-2': 6900,
      tengjun: 96838,
      jiujiuxing: 24388,
      xunfa: 5000,
      zhuoyi: null,
      'baiyou-2': 800,
      zhongheng: 1700,
      yuhong: null,
    });
  });

  test('80 % of the plan is kept as stated, and the planned total follows from it', () => {
    const { shareOfPlanBasisPoints, shareIs, plannedMinor, plannedImpliedMinor } = of('baiyou-2').investment;
    expect({ shareOfPlanBasisPoints, shareIs, plannedMinor, plannedImpliedMinor }).toEqual({
      shareOfPlanBasisPoints: 8000,
      shareIs: 'stated',
      plannedMinor: null,
      plannedImpliedMinor: 1000 * tenThousandYuan,
    });
  });
});

describe('what holds the district up', () => {
  test('one project is stalled by financing, one by its licence, one by labour', () => {
    const open = (view: ProjectView) =>
      view.stalls.episodes.map(({ cause, blocks, from, to, status }) => ({
        cause,
        blocks,
        from,
        to,
        status,
      }));
    expect(ofEach(open)).toEqual({
      ...ofEach(() => []),
      'huaao-2': [
        // The report says that June saw no progress, not until when the works are stalled.
        { cause: 'financing', blocks: ['works'], from: '2018-06-01', status: 'open' },
      ],
      tengjun: [{ cause: 'licence', blocks: ['production'], from: '2018-01-01', status: 'open' }],
      'baiyou-2': [{ cause: 'labour', blocks: ['staffing'], from: '2018-01-01', status: 'open' }],
    });
  });

  test('Tengjun slips by 90 to 243 days, comparing like ends', () => {
    const [first, second] = of('tengjun').schedule.forecasts;
    expect(first).toMatchObject({ target: 'production', earliest: '2018-07-01', latest: '2018-12-31' });
    expect(second).toMatchObject({
      target: 'production',
      scope: { en: 'whole vehicle', zh: '整车' },
      earliest: '2019-03-01',
      latest: '2019-03-31',
      slip: {
        earliestDays: 243,
        latestDays: 90,
        boundsDays: { least: 60, most: 273 },
        previousEntry: first?.entry,
        isScopeChanged: true,
      },
    });
  });

  test('levels at the end of June do not contradict "no progress in June": they are the first ones reported', () => {
    expect(Object.values(ofEach((view) => view.contradictions.open)).flat()).toEqual([]);
  });
});

test('the capacity of Yuhong is planned output, 190,000 m³ a year', () => {
  expect(of('yuhong').details.capacity).toEqual({ amount: 190_000, unit: 'm³', per: 'year' });
});
