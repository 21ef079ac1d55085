import { expect, test } from '@jest/globals';
import { defaultRules } from '../../domain/governance/rules.js';
import { type Due, dueAlerts } from '../../projections/alerts/due.js';
import { foldProject } from '../../projections/project/project.js';
import { district, loadDistrict } from './district.js';

const businessDay = district.businessDay;
const { histories } = await loadDistrict();
const ids = [...histories.keys()];

function judged(project: string, on = businessDay): Due {
  const events = histories.get(project);
  if (!events) throw new Error(`The example has no ${project}.`);
  return dueAlerts(foldProject(events), defaultRules, on);
}

function dueOf(project: string, on = businessDay) {
  return judged(project, on).watched.filter((watched) => watched.severity !== null);
}

test("on the example's business day these alerts are due, and no others", () => {
  const due = Object.fromEntries(
    ids.map((id) => [id, dueOf(id).map(({ rule, cause, severity }) => [rule, cause, severity])]),
  );
  expect(businessDay).toBe('2018-07-10');
  expect(due).toEqual({
    'huaao-2': [['declared-stall', 'financing', 'red']],
    tengjun: [
      ['declared-stall', 'licence', 'yellow'],
      ['forecast-slip', 'schedule', 'red'],
    ],
    jiujiuxing: [],
    xunfa: [],
    zhuoyi: [],
    'baiyou-2': [['declared-stall', 'labour', 'yellow']],
    zhongheng: [],
    yuhong: [],
  });
});

test('each has its reason, and what would clear it', () => {
  const said = ['huaao-2', 'tengjun', 'baiyou-2'].flatMap((id) =>
    dueOf(id).map(({ reason, clears }) => [reason.en, reason.zh, clears.en]),
  );
  expect(said).toEqual([
    [
      'Declared stalled (works) for 40 days, since 2018-06-01 (start of a period, inferred): financing.',
      '停工 40 天，自 2018年6月1日（期初，推断）起：融资。',
      'An entry that the stall "financing" is cleared (works resumed).',
    ],
    [
      'Declared stalled (production) for 191 days, since 2018-01-01 (start of a period, inferred): licence.',
      '停产 191 天，自 2018年1月1日（期初，推断）起：资质许可。',
      'An entry that the stall "licence" is cleared (nothing holds up production any more).',
    ],
    [
      'Production (whole vehicle) is expected in March 2019, first promised in the second half of 2018: 90 to 243 days later, like for like; the rules warn from 30 days, red from 90. Reason: no national production licence yet.',
      '项目（整车）预计 2019年3月投产，最初承诺 2018年下半年：同口径推迟 90 至 243 天；规则自 30 天起预警，自 90 天起为红灯。原因：未取得国家生产资质。',
      'The stage "in production", a forecast less than 30 days late, or a new plan.',
    ],
    [
      'Declared stalled (staffing) for 191 days, since 2018-01-01 (start of a period, inferred): labour.',
      '人员不到位 191 天，自 2018年1月1日（期初，推断）起：用工。',
      'An entry that the stall "skilled-labour" is cleared (the staff has been found).',
    ],
  ]);
});

test('unreported money is shown as not evaluated, and raises nothing', () => {
  const money = Object.fromEntries(
    ids.map((id) => [id, judged(id).notJudged.find(({ rule }) => rule === 'money-gap')?.why.en]),
  );
  const noPlan = 'the plan names no investment';
  const noReport = 'nobody reported money since the start';
  expect(money).toEqual({
    'huaao-2': noPlan,
    tengjun: noPlan,
    jiujiuxing: undefined,
    xunfa: noPlan,
    zhuoyi: noReport,
    'baiyou-2': undefined,
    zhongheng: noPlan,
    yuhong: noReport,
  });
});

test('without further reports every project except the one in production is unreported 45 days later', () => {
  const silent = (on: string) =>
    ids.filter((id) => dueOf(id, on).some(({ rule }) => rule === 'unreported')).toSorted();
  expect(silent('2018-08-13')).toEqual([]);
  expect(silent('2018-08-14')).toEqual(ids.filter((id) => id !== 'jiujiuxing').toSorted());
  expect(ids.map((id) => judged(id).nextOn)).toEqual(
    ids.map((id) => (id === 'jiujiuxing' ? null : '2018-08-14')),
  );
});

test('Tengjun misses the forecast of its production after March, and not before', () => {
  const late = (on: string) => dueOf('tengjun', on).find(({ rule }) => rule === 'forecast-missed')?.severity;
  expect([late('2019-03-31'), late('2019-04-01'), late('2019-04-30')]).toEqual([undefined, 'yellow', 'red']);
});
