import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { AlertEventData } from '../../../domain/alerts/events.js';
import { defaultRules, type Rule } from '../../../domain/governance/rules.js';
import { addDays } from '../../../domain/values/days/calendar.js';
import { uuidOf } from '../../support/dice.js';
import { District } from '../../support/district.js';
import {
  cleared,
  described,
  entered,
  forecast,
  item,
  measured,
  percent,
  planned,
  registered,
  stalled,
  unchanged,
  withdrawn,
} from '../../support/entries.js';

const huaao = 'huaao-2';
const january1 = '2018-01-01';
const july1 = '2018-07-01';
const july10 = '2018-07-10';
const july11 = '2018-07-11';
const july12 = '2018-07-12';
const roofByMay = planned([item('roof', 1, { plannedFinish: '2018-05-01' })], january1);
const roofByYearEnd = item('roof', 1, { plannedStart: january1, plannedFinish: '2018-12-31' });

let district: District;
beforeEach(async () => {
  district = new District(july10);
  await district.watch();
});
afterEach(() => district.close());

const told = (rule = '') => district.told(huaao, rule);

/** Why an alert was last cleared, and by which entries. */
async function ending(): Promise<Pick<AlertEventData['AlertCleared'], 'because' | 'evidence'> | undefined> {
  const end = (await district.events(huaao)).findLast(({ type }) => type === 'AlertCleared');
  if (end?.type !== 'AlertCleared') return undefined;
  const { because, evidence } = end.data;
  return { because, evidence };
}

/** The default rules with one of them changed. */
const rulesWith = (kind: Rule['rule'], change: Partial<Rule>) => ({
  ...defaultRules,
  rules: defaultRules.rules.map((rule) => (rule.rule === kind ? { ...rule, ...change } : rule)),
});

describe('a stall', () => {
  test('reopens when the entry that cleared it is withdrawn, and a month later is a new one', async () => {
    await district.say(huaao, registered({}, july1), stalled({}, july10));
    const [end = ''] = await district.say(huaao, cleared('money', july10));
    await district.on(july12);
    await district.say(huaao, withdrawn(end, july12));
    await district.say(huaao, cleared('money', july12));
    await district.on('2018-08-20');
    await district.say(huaao, stalled({}, '2018-08-20'));
    expect(await told('declared-stall')).toEqual([
      '2018-07-10 declared-stall money raised red',
      '2018-07-10 declared-stall money cleared by fact',
      '2018-07-12 declared-stall money raised red again',
      '2018-07-12 declared-stall money cleared by fact',
      '2018-08-20 declared-stall money raised red',
    ]);
  });

  test('cleared for tomorrow by mistake is open again today', async () => {
    await district.say(huaao, registered({}, july1), stalled({}, july10));
    const [end = ''] = await district.say(huaao, cleared('money', july11));
    await district.say(huaao, withdrawn(end, july10));
    expect(await told('declared-stall')).toEqual([
      '2018-07-10 declared-stall money raised red',
      '2018-07-11 declared-stall money cleared by fact',
      '2018-07-10 declared-stall money raised red again',
    ]);
  });

  test('declared late explains the silence before it, and its end clears that silence too', async () => {
    await district.say(
      huaao,
      registered({}, january1),
      roofByMay,
      measured('roof', percent(40), '2018-04-01'),
      unchanged('2018-06-01', july1),
    );
    await district.say(huaao, stalled({ from: '2018-04-02' }, '2018-04-03'));
    const [end] = await district.say(huaao, cleared('money', july10));
    expect(await told('silent-stall')).toEqual([
      '2018-07-10 silent-stall raised red',
      '2018-07-10 silent-stall muted',
      '2018-07-10 silent-stall cleared by fact',
    ]);
    expect(await told('item-overdue')).toEqual([
      '2018-07-10 item-overdue roof raised red',
      '2018-07-10 item-overdue roof muted',
      '2018-07-10 item-overdue roof heard',
    ]);
    expect(await ending()).toEqual({ because: 'fact', evidence: [end] });
  });

  test('corrected to production only stays open at a lower severity, and explains nothing any more', async () => {
    const wrong = uuidOf('wrong');
    await district.say(
      huaao,
      registered({}, january1),
      roofByMay,
      measured('roof', percent(10), july1),
      stalled({}, '2018-07-02', { id: wrong }),
    );
    const production = stalled({ blocks: ['production'] }, '2018-07-02', { corrects: wrong });
    await district.say(huaao, withdrawn(wrong, july10), production);
    expect(await told()).toEqual([
      '2018-07-10 declared-stall money raised red',
      '2018-07-10 behind-plan raised red muted',
      '2018-07-10 item-overdue roof raised red muted',
      '2018-07-10 declared-stall money revised yellow',
      '2018-07-10 behind-plan heard',
      '2018-07-10 item-overdue roof heard',
    ]);
  });

  test('that ended stays ended when its cause is corrected, whatever day the correction is about', async () => {
    const wrong = uuidOf('wrong');
    await district.say(huaao, registered({}, january1), stalled({}, july1, { id: wrong }));
    await district.say(huaao, cleared('money', '2018-07-05'));
    const licence = stalled({ cause: 'licence', from: july1 }, july1, {
      corrects: wrong,
      id: uuidOf('right'),
    });
    await district.say(huaao, withdrawn(wrong, july10), licence);
    const moved = stalled({ cause: 'labour', from: july1 }, july10, { corrects: uuidOf('right') });
    await district.say(huaao, withdrawn(uuidOf('right'), july10), moved);
    await district.on(july12);
    expect(await told()).toEqual([
      '2018-07-10 declared-stall money raised red',
      '2018-07-10 declared-stall money cleared by fact',
    ]);
  });

  test('that is open keeps its alert when its cause is corrected, and the alert names the new cause', async () => {
    const wrong = uuidOf('wrong');
    await district.say(huaao, registered({}, january1), stalled({}, july1, { id: wrong }));
    await district.say(
      huaao,
      withdrawn(wrong, july10),
      stalled({ cause: 'licence' }, july1, { corrects: wrong }),
    );
    expect(await told()).toEqual([
      '2018-07-10 declared-stall money raised red',
      '2018-07-10 declared-stall money revised red',
    ]);
    const revised = (await district.events(huaao)).at(-1);
    expect(revised?.data).toMatchObject({ cause: 'licence' });
  });

  test('dated in a zone further east is notified on its local day', async () => {
    await district.say(huaao, registered({}, july1), stalled({}, july11));
    await district.on(july11);
    expect(await told('declared-stall')).toEqual(['2018-07-11 declared-stall money raised red']);
  });
});

describe('an alert is cleared', () => {
  test('by the withdrawal of the forecast that slipped', async () => {
    const [, , slip = ''] = await district.say(
      huaao,
      registered({}, july1),
      forecast('production', ['2018-12-01', '2018-12-31'], july1),
      forecast('production', ['2019-03-01', '2019-03-31'], july10),
    );
    const [withdrawal] = await district.say(huaao, withdrawn(slip, july10));
    expect(await told()).toEqual([
      '2018-07-10 forecast-slip production raised red',
      '2018-07-10 forecast-slip production cleared by correction',
    ]);
    expect(await ending()).toEqual({ because: 'correction', evidence: [withdrawal] });
  });

  test('by a plan with a later date for the item', async () => {
    await district.say(huaao, registered({}, january1), roofByMay, unchanged(july1, july10));
    const [plan] = await district.say(huaao, planned([roofByYearEnd], july10, { version: 2 }));
    expect(await told('item-overdue')).toEqual([
      '2018-07-10 item-overdue roof raised red',
      '2018-07-10 item-overdue roof cleared by fact',
    ]);
    expect(await ending()).toEqual({ because: 'fact', evidence: [plan] });
  });

  test('when the project is cancelled, and muted while it is suspended', async () => {
    await district.say(huaao, registered({}, january1), roofByMay, measured('roof', percent(10), july1));
    await district.say(huaao, entered('suspended', july10));
    await district.on(july12);
    await district.say(huaao, entered('resumed', july12));
    const [cancelled] = await district.say(huaao, entered('cancelled', july12));
    await district.on('2018-12-12');
    expect(await told('item-overdue')).toEqual([
      '2018-07-10 item-overdue roof raised red',
      '2018-07-10 item-overdue roof muted',
      '2018-07-12 item-overdue roof heard',
      '2018-07-12 item-overdue roof cleared by fact',
    ]);
    expect(await ending()).toEqual({ because: 'fact', evidence: [cancelled] });
  });

  test('by milder rules, and reopens under the old ones', async () => {
    await district.say(huaao, registered({}, january1), roofByMay, measured('roof', percent(10), july1));
    await district.adopt(2, rulesWith('item-overdue', { red: { days: 100 } }));
    const patient = await district.adopt(
      3,
      rulesWith('item-overdue', { yellow: { days: 80 }, red: { days: 100 } }),
    );
    expect(await ending()).toEqual({ because: 'rules', evidence: [patient] });
    await district.adopt(4, defaultRules);
    expect(await told('item-overdue')).toEqual([
      '2018-07-10 item-overdue roof raised red',
      '2018-07-10 item-overdue roof revised yellow',
      '2018-07-10 item-overdue roof cleared by rules',
      '2018-07-10 item-overdue roof raised red again',
    ]);
  });

  test('not by a clock that jumps 400 days ahead and back, but by the next report', async () => {
    await district.say(huaao, registered({}, july1), unchanged(july1, july1));
    await district.on('2019-08-14');
    await district.on(july10);
    expect(await told()).toEqual(['2019-08-14 unreported raised yellow']);
    const [report] = await district.say(huaao, unchanged(july1, july10));
    await district.on('2018-08-24');
    expect(await told()).toEqual([
      '2019-08-14 unreported raised yellow',
      '2018-07-10 unreported cleared by fact',
      '2018-08-24 unreported raised yellow',
    ]);
    expect(await ending()).toEqual({ because: 'fact', evidence: [report] });
  });
});

describe('the ladder', () => {
  /** Lets the days pass one by one, both inclusive. */
  async function pass(from: string, to: string): Promise<void> {
    for (let day = from; day <= to; day = addDays(day, 1)) await district.on(day);
  }

  test('gives an alert that eased the full time of its lower step', async () => {
    await district.say(
      huaao,
      registered({}, january1),
      planned([roofByYearEnd], january1),
      measured('roof', percent(10), july10),
    );
    await pass(july11, '2018-07-14');
    await district.say(huaao, measured('roof', percent(35), '2018-07-14'));
    await pass('2018-07-15', '2018-07-25');
    expect(await told('behind-plan')).toEqual([
      '2018-07-10 behind-plan raised red',
      '2018-07-14 behind-plan revised yellow',
      '2018-07-20 behind-plan reminded 1',
      '2018-07-25 behind-plan red by deadline',
    ]);
  });

  test('pauses during a silence and during force majeure', async () => {
    await district.say(huaao, registered({ district: { en: 'north' } }, july1), stalled({}, july10));
    const [raised] = await district.events(huaao);
    const alert = raised?.type === 'AlertRaised' ? raised.data.alert : '';
    await district.answer(huaao, 'AlertSilenced', { alert, until: '2018-07-20', reason: 'holiday' });
    await pass(july11, '2018-07-26');
    const flood = { where: { district: 'north' }, from: '2018-07-27', to: '2018-08-10', reason: 'flood' };
    await district.adopt(2, { ...defaultRules, exemptions: [flood] });
    await pass('2018-07-27', '2018-08-11');
    expect(await told('declared-stall')).toEqual([
      '2018-07-10 declared-stall money raised red',
      '2018-07-10 declared-stall money AlertSilenced',
      '2018-07-21 declared-stall money reminded 1',
      '2018-07-26 declared-stall money revised red',
      '2018-08-11 declared-stall money reminded 2',
    ]);
  });

  test('uses the district that a project has moved to', async () => {
    const flood = { where: { district: 'south' }, from: july10, to: '2018-12-31', reason: 'flood' };
    await district.say(huaao, registered({ district: { en: 'south' } }, july1), stalled({}, july10));
    await district.adopt(2, { ...defaultRules, exemptions: [flood] });
    await district.say(huaao, described({ district: { en: 'north' } }, july10));
    await pass(july11, '2018-07-16');
    expect(await told('declared-stall')).toEqual([
      '2018-07-10 declared-stall money raised red',
      '2018-07-10 declared-stall money revised red',
      '2018-07-16 declared-stall money reminded 1',
    ]);
  });
});
