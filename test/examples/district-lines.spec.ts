import { expect, test } from '@jest/globals';
import { wordSaid } from '../../domain/values/lexicon/matching.js';
import { district, districtLines as lines, loadDistrict } from './district.js';

const loaded = await loadDistrict();
const recorded = [...loaded.histories.values()].flat();

function isWord(measure: unknown): measure is { kind: 'word'; word: string; said: string } {
  return typeof measure === 'object' && measure !== null && 'said' in measure;
}

test('every line is recorded, in the order of the files', () => {
  expect(loaded.recordedCount).toBe(lines.length);
  const inOrder = [...recorded].sort((a, b) => a.position - b.position);
  expect(inOrder.map(({ type, stream }) => [stream, type])).toEqual(
    lines.map(({ project, type }) => [`project-${project}`, type]),
  );
});

test('the same lines sent again record nothing', () => {
  expect(loaded.outcomesAgain).toEqual(lines.map(() => 'replayed'));
  expect(loaded.headAfter).toBe(loaded.headBefore);
});

test('the eight projects come with everything the report says of them', () => {
  const counts: Record<string, number> = {};
  for (const { type } of lines) counts[type] = (counts[type] ?? 0) + 1;
  expect(counts).toEqual({
    ProjectRegistered: 8,
    PlanAdopted: 8,
    MilestoneReached: 26,
    ProgressMeasured: 22,
    InvestmentReported: 6,
    StallDeclared: 3,
    ForecastGiven: 2,
    StageEntered: 3,
  });
});

test('percentages, counts, storeys and words are as reported', () => {
  const said = lines
    .filter((line) => line.type === 'ProgressMeasured')
    .map(({ project, item, step, measure }) => [project, step ? `${item}, ${step}` : item, measure]);
  const percent = (figure: number) => ({ kind: 'percent', percent: figure });
  const underWay = { kind: 'word', word: 'under-way', said: '正在进行' };
  const partly = { kind: 'word', word: 'partly', said: '部分' };
  const finishing = { kind: 'word', word: 'nearly-done', said: '收尾' };
  expect(said).toEqual([
    ['huaao-2', 'rain-pipe', percent(85)],
    ['huaao-2', 'sewer', percent(45)],
    ['huaao-2', 'greening', percent(55)],
    ['huaao-2', 'production', percent(0)],
    ['tengjun', 'structure-office', { kind: 'storeys', reached: 2 }],
    ['tengjun', 'structure-dormitories', { kind: 'count', done: 3, of: 5, unit: '幢' }],
    ['tengjun', 'dormitory-frames', { kind: 'storeys', reached: 2 }],
    ['tengjun', 'equipment, delivered', partly],
    ['xunfa', 'structure-plant', percent(90)],
    ['xunfa', 'structure-tanks', percent(90)],
    ['zhuoyi', 'site', percent(95)],
    ['zhuoyi', 'foundations', { kind: 'count', done: 5 }],
    ['zhuoyi', 'main-1', underWay],
    ['baiyou-2', 'structure-complex', { kind: 'storeys', reached: 3 }],
    ['baiyou-2', 'fit-out-showroom', underWay],
    ['baiyou-2', 'equipment, installed', partly],
    ['zhongheng', 'fit-out-plant', finishing],
    ['zhongheng', 'fit-out-office', finishing],
    ['zhongheng', 'equipment, installed', { kind: 'word', word: 'mostly', said: '大部分' }],
    ['yuhong', 'roads', { kind: 'word', word: 'nearly-done', said: '基本完成' }],
    ['yuhong', 'trial-plant-1', partly],
    ['yuhong', 'trial-plant-2', partly],
  ]);
});

test('every word is read by its lexicon', () => {
  const words = lines.flatMap(({ measure }) => (isWord(measure) ? [measure] : []));
  expect(words.map(({ said }) => wordSaid(said))).toEqual(words.map(({ word }) => word));
});

test('every fact names its paragraph of the report and copies no sentence of it', () => {
  const facts = lines.filter((line) => line.type !== 'PlanAdopted');
  const paragraph = expect.stringMatching(/^(一\(二\)[1-8]|三\([一二三]\))$/);
  expect(facts.map((line) => line.source)).toEqual(
    facts.map(() => ({ kind: 'report', document: 'district-half-year-2018', paragraph })),
  );
});

test('every project, item and step has a name in English and in Chinese', () => {
  const named = { en: expect.stringMatching(/\w/), zh: expect.stringMatching(/\p{Script=Han}/u) };
  const names = recorded.flatMap((event) => {
    if (event.type === 'ProjectRegistered') return [event.data.name];
    if (event.type !== 'PlanAdopted') return [];
    return event.data.items.flatMap((item) => [item.name, ...(item.steps ?? []).map((step) => step.name)]);
  });
  expect(names).toEqual(names.map(() => named));
});

test("each plan states that its weights are the example's choice", () => {
  const bases = recorded.flatMap((event) => (event.type === 'PlanAdopted' ? [event.data.basis] : []));
  expect(bases).toEqual(Array(8).fill('example'));
});

test('the example sets its own business day, after the day it reports on', () => {
  expect(district).toEqual({
    title: { en: expect.any(String), zh: expect.any(String) },
    businessDay: '2018-07-10',
    files: ['01-projects.ndjson', '02-plans.ndjson', '03-entries.ndjson'],
  });
  expect(loaded.today).toEqual({ on: '2018-07-10', isSet: true, timeZone: 'Asia/Shanghai' });
});
