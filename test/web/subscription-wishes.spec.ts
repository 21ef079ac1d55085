import { expect, test } from '@jest/globals';
import type { SubscriptionShown } from '../../web/office/alerts/alert-answers.js';
import {
  blankWishes,
  bodyOf,
  termsOf,
  wishesOf,
} from '../../web/office/alerts/subscriptions/subscription-wishes.js';

const known = {
  subscription: '019a4c1e-0000-7000-8000-0000000000f1',
  status: 'active' as const,
  by: 'duty-office',
  addedAt: '2018-07-10T08:00:00.000Z',
  since: 84,
  waiting: 0,
};
const said = {
  name: '值班室',
  channel: { kind: 'webhook' as const, url: 'https://hooks.example.org/…' },
  choice: { districts: ['港区', 'north'], rules: ['declared-stall' as const], atLeast: 'red' as const },
  timing: { kind: 'weekly' as const, weekday: 0, at: '08:30' },
  hours: { from: '09:00', to: '17:00', calendar: 'every-day' },
  language: 'zh' as const,
  timeZone: 'Europe/Berlin',
};

test('a subscription saved without a change has the same terms, and omits its address', () => {
  const shown: SubscriptionShown = { ...known, ...said };
  expect(bodyOf(wishesOf(shown), true)).toEqual({ ...said, channel: { kind: 'webhook' } });
});

test('a mail address is sealed, so a change has one only to move', () => {
  const shown: SubscriptionShown = {
    ...known,
    ...said,
    channel: { kind: 'email', address: 'l…@example.org' },
  };
  const wishes = wishesOf(shown);
  expect(bodyOf(wishes, true)).toMatchObject({ channel: { kind: 'email' } });
  expect(bodyOf({ ...wishes, where: 'li@example.org' }, true)).toMatchObject({
    channel: { kind: 'email', address: 'li@example.org' },
  });
});

test('the defaults are a person by e-mail, all alerts, immediately, at any hour', () => {
  const terms = { choice: {}, timing: { kind: 'at-once' }, language: 'en', timeZone: 'Asia/Shanghai' };
  const blank = blankWishes('en', 'Asia/Shanghai');
  const mail = { ...blank, where: 'li@example.org' };
  expect(termsOf(mail)).toEqual(terms);
  expect(bodyOf(mail, false, 'all alerts')).toEqual({
    name: 'all alerts',
    channel: { kind: 'email', address: 'li@example.org' },
    ...terms,
  });
  const hook = { ...blank, name: 'duty', kind: 'webhook' as const, where: 'https://a.example/', secret: 's' };
  expect(bodyOf(hook, false, 'all alerts')).toEqual({
    name: 'duty',
    channel: { kind: 'webhook', url: 'https://a.example/', secret: 's' },
    ...terms,
  });
});
