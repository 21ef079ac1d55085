import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { defaultLexicon } from '../../../domain/governance/lexicons.js';
import type { FactSaid } from '../../../web/forms/said/facts.js';
import type { Entry } from '../../../web/log/outbox/entry.js';
import {
  type KnownProject,
  pendingOf,
  Reckoning,
  recordedEffect,
} from '../../../web/log/reckoning/reckoning.js';
import { type AskPage, fetchEntries } from '../../../web/shared/entries.js';
import { districtTexts } from '../../examples/district.js';
import { type Service, startService } from '../../http/service.js';

const today = '2018-07-10';
const source = { kind: 'inspection' } as const;
const roofDone: FactSaid = {
  type: 'MilestoneReached',
  item: 'envelope-paint-shop',
  asOf: today,
  source,
};
const fitOutDone: FactSaid = { ...roofDone, item: 'fit-out' };
const sewerAt = (percent: number): FactSaid => ({
  type: 'ProgressMeasured',
  item: 'sewer',
  measure: { kind: 'percent', percent },
  asOf: today,
  source,
});

let service: Service;
/** The project as the half-year report left it. */
let example: KnownProject;

beforeAll(async () => {
  service = await startService();
  await service.sendLines(districtTexts);
  example = await known();
});
afterAll(() => service.close());

async function known(): Promise<KnownProject> {
  const ask = async (path: string, parameters: object) => {
    const given = Object.entries(parameters).filter(([, value]) => value !== undefined);
    return (await service.get(`${path}?${new URLSearchParams(given as [string, string][])}`)).body;
  };
  return { entries: await fetchEntries('huaao-2', ask as unknown as AskPage), lexicon: defaultLexicon };
}

async function percentNow(): Promise<number> {
  const { body } = await service.get('/projects/huaao-2');
  return (body as unknown as { completion: { percentBasisPoints: number } }).completion.percentBasisPoints;
}

test('what the phone estimates is what the service then counts', async () => {
  for (const fact of [roofDone, sewerAt(60), fitOutDone]) {
    const before = await known();
    const { effect } = new Reckoning(before, [], today).outlookOf([fact]);
    expect(effect.fromBasisPoints).toBe(await percentNow());
    const { body } = await service.send('POST', '/projects/huaao-2/entries', fact);
    expect(effect.toBasisPoints).toBe(await percentNow());
    expect(effect.toBasisPoints).toBeGreaterThan(effect.fromBasisPoints);
    expect(recordedEffect(await known(), String(body.id), today)).toEqual({ ...effect, isEstimate: false });
  }
});

test('entries that wait on the phone count in the figures and in the next estimate', async () => {
  const before = await known();
  const { fromBasisPoints, toBasisPoints } = new Reckoning(before, [], today).outlookOf([sewerAt(90)]).effect;
  const waiting = {
    id: 'w',
    project: 'huaao-2',
    fact: sewerAt(90),
    madeAt: `${today}T08:00:00.000Z`,
    state: { is: 'waiting' },
  } as Entry;
  const pending = pendingOf('huaao-2', [waiting, { ...waiting, id: 'x', project: 'other' }], before);
  expect(pending.map(({ id }) => id)).toEqual(['w']);
  const after = new Reckoning(before, pending, today);
  expect(after.completion.percentBasisPoints).toBe(toBasisPoints);
  expect(toBasisPoints).toBeGreaterThan(fromBasisPoints);
  expect(after.items().items.find(({ item }) => item === 'sewer')?.percentBasisPoints).toBe(9_000);
  const takenBack = { ...waiting, id: 'y', takesBack: { entry: 'w', reason: 'wrong', isReplaced: false } };
  const undone = new Reckoning(before, [...pending, takenBack], today);
  expect(undone.completion.percentBasisPoints).toBe(fromBasisPoints);
});

test('less than before, what follows from it and a stall of the works are known before it is saved', () => {
  const reckoning = new Reckoning(example, [], today);
  const lower = reckoning.outlookOf([sewerAt(20)]);
  expect(lower.lowerThan).toBe(4_500);
  expect(reckoning.outlookOf([{ ...sewerAt(20), change: 'undone' } as FactSaid]).lowerThan).toBeUndefined();
  const { implied, stall, effect } = reckoning.outlookOf([fitOutDone]);
  expect(implied.map(({ names }) => names.zh)).toContain('涂装车间屋面与外墙');
  const sum = implied.reduce((total, { basisPoints }) => total + basisPoints, 0);
  expect(sum).toBeLessThan(effect.toBasisPoints - effect.fromBasisPoints);
  expect(stall).toMatchObject({ cause: 'financing', blocks: expect.arrayContaining(['works']) });
  expect(
    reckoning.outlookOf([{ type: 'NoChangeReported', from: today, to: today, asOf: today }]).stall,
  ).toBeUndefined();
});
