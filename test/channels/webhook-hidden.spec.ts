import { expect, test } from '@jest/globals';
import { guardOf } from '../../src/channels/address-guard.js';
import { outcomeOf, seenIn, sentenceOf } from '../../src/channels/webhook-answer.js';
import { hidden } from '../../src/channels/webhook-hidden.js';

const url = 'https://hooks.example.org/services/T0001/x7Kd9QpL%2Fm?key=n4Vb88&team=site';

test.each([
  ['Cannot POST /services/T0001/x7Kd9QpL%2Fm', 'Cannot POST …'],
  ['no route for /services/T0001/x7Kd9QpL/m?key=n4Vb88&team=site', 'no route for …'],
  ['<pre>/services/T0001/x7Kd9QpL%2Fm?key=n4Vb88&amp;team=site</pre>', '<pre>…</pre>'],
  ['the key n4Vb88 is unknown', 'the key … is unknown'],
  [`${url} is gone`, '… is gone'],
  ['the team site is full', 'the team site is full'],
])('an echoed part of a URL is left out: %s', (text, shown) => {
  expect(hidden(text, url)).toBe(shown);
});

test('the stored part of an answer has no part of the URL, also where it is cut', () => {
  const body = Buffer.from(`${'x'.repeat(240)} /services/T0001/x7Kd9QpL%2Fm`);
  const outcome = outcomeOf({ status: 404, body }, '2018-07-10T00:00:00.000Z', url);
  expect(JSON.stringify(outcome)).not.toMatch(/services|T0001|x7Kd/);
  expect(seenIn({ status: 404, body: Buffer.from('not found') }, url)).toBe('404: "not found"');
  expect(sentenceOf(new Error(`cannot reach ${url}`), url)).toBe('cannot reach ….');
});

test('text that is not a URL is repeated only up to its host', () => {
  expect(() => guardOf().target('hooks.example.org/services/x7Kd9QpL')).toThrow('"hooks.example.org…"');
  expect(() => guardOf().target('https//hooks/x7Kd9QpL')).toThrow('"https…"');
});
