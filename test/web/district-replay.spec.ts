import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { defaultRules } from '../../domain/governance/rules.js';
import { DistrictReplay } from '../../web/shared/replay/district-replay.js';
import { districtTexts } from '../examples/district.js';
import { type Service, startService } from '../http/service.js';
import { ownLexicon } from '../support/own-lexicon.js';

const days = [
  '2017-12-31',
  '2018-01-15',
  '2018-03-31',
  '2018-05-31',
  '2018-06-30',
  '2018-07-10',
  '2019-03-31',
];

let service: Service;
let replay: DistrictReplay;

beforeAll(async () => {
  service = await startService();
  await service.sendLines(districtTexts.slice(0, 60));
  const { version, ...rules } = defaultRules;
  const stricter = {
    ...rules,
    rules: rules.rules.map((rule) =>
      rule.rule === 'unreported' ? { rule: rule.rule, red: { days: 5 } } : rule,
    ),
  };
  await service.send('PUT', '/rules', stricter, { 'if-match': `"${version}"` });
  await service.sendLines(districtTexts.slice(60, 75));
  await service.send('PUT', '/lexicon', ownLexicon, { 'if-match': '"1"' });
  await service.sendLines(districtTexts.slice(75));
  // Once everything is loaded.
  await service.get('/health/live');
  replay = new DistrictReplay();
  // In small parts, as a browser follows the log.
  for (let isAtEnd = false; !isAtEnd; ) {
    const page = await service.composed.topout.log({ after: replay.upTo, limit: 7, waits: false });
    replay.take(page);
    isAtEnd = page.upTo === page.head;
  }
});
afterAll(() => service.close());

test('a replay of the district equals the rows of the service, at every day and every position', async () => {
  const head = await service.head();
  expect(replay.upTo).toBe(head);
  for (const asOf of days)
    for (let position = 0; position <= head; position += 2) {
      const asked = { asOf, knownAt: { position } };
      const { items } = await service.composed.topout.projects(asked, {}, { limit: 500 });
      expect([asOf, position, replay.rowsAt(asOf, position)]).toEqual([asOf, position, items]);
    }
});

test('rules are returned with the position from which they are in force', async () => {
  const { rules } = await service.composed.topout.log({ after: 0, limit: 500, waits: false });
  expect(rules.map((adopted) => adopted.rules.version)).toContain(2);
});

test('a row equal at two points is the same object', () => {
  const [one, other] = [replay.rowsAt('2018-07-09'), replay.rowsAt('2018-07-10')];
  expect(one.filter((row, index) => row === other[index]).length).toBeGreaterThan(0);
});
