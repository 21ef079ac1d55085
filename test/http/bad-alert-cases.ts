import { defaultLexicon } from '../../domain/governance/lexicons.js';
import { defaultRules } from '../../domain/governance/rules.js';
import { stallAlert } from '../support/alert-log.js';
import { type BadCase, type Body, bad, onItsWay, opened } from './bad-cases.js';
import { subscriptionId } from './fakes.js';

/** A route that changes alerts or subscriptions, with a body that it accepts. */
export interface AlertRoute {
  name: string;
  method: 'POST' | 'PUT';
  url: string;
  body: Body;
  cases: BadCase[];
}

const { version: _, ...defaults } = defaultRules;
const rules: Body = { ...defaults, basis: 'letter 12' };
const lexicon: Body = { basis: 'letter 12', words: defaultLexicon.words };
const webhook = { kind: 'webhook', url: 'https://hooks.example.org/topout' };
const subscription: Body = { name: 'duty office', channel: webhook };

/** Cases for every body. */
export const anyBody: BadCase[] = [
  bad('a member that nothing reads', (good) => ({ ...good, colour: 'red' }), 'member-unknown', 'colour'),
  bad('__proto__', (good) => opened(good, '"__proto__":{"isAdmin":true}'), 'member-reserved', '__proto__'),
  bad('constructor', (good) => opened(good, '"constructor":{}'), 'member-reserved', 'constructor'),
  bad('a member twice', (good) => opened(good, '"extra":"a","extra":"b"'), 'member-repeated', 'extra'),
  bad('2^53 + 1', (good) => opened(good, '"extra":9007199254740993'), 'number-inexact', 'extra'),
  bad(
    '10,000 levels',
    (good) => opened(good, `"extra":${'['.repeat(10_000)}${']'.repeat(10_000)}`),
    'body-too-deep',
    `extra${'[0]'.repeat(19)}`,
  ),
  bad('a list', (good) => [good], 'type-wrong', 'body'),
  bad('broken JSON', (good) => JSON.stringify(good).slice(0, -1), 'body-invalid', 'body'),
  ...onItsWay.filter(({ title }) => title !== 'a stale If-Match' && title !== 'nothing'),
];

const withRule = (rule: Body) => (good: Body) => ({ ...good, rules: [rule] });
const told = (wish: Body) => (good: Body) => ({ ...good, ...wish });

const withWord = (change: Body) => (good: Body) => ({
  ...good,
  words: [{ ...defaultLexicon.words[0], ...change }],
});

const ofLexicon: BadCase[] = [
  bad('no words', ({ words: _, ...good }) => good, 'member-missing', 'words'),
  bad('an empty list of words', (good) => ({ ...good, words: [] }), 'value-out-of-range', 'words'),
  bad('an id with capitals', withWord({ word: 'Done' }), 'text-invalid', 'words[0].word'),
  bad('no range', withWord({ range: undefined }), 'member-missing', 'words[0].range'),
  bad(
    'a range beyond the whole',
    withWord({ range: { low: 0, point: 1, high: 10_001 } }),
    'value-out-of-range',
    'words[0].range.high',
  ),
  bad('a state that no item has', withWord({ state: 'painted' }), 'kind-unknown', 'words[0].state'),
  bad('a phrase that is a number', withWord({ said: [7] }), 'type-wrong', 'words[0].said[0]'),
];

const ofRules: BadCase[] = [
  bad('no rules', ({ rules: _, ...good }) => good, 'member-missing', 'rules'),
  bad('an unknown rule', withRule({ rule: 'rain', yellow: { days: 3 } }), 'kind-unknown', 'rules[0].rule'),
  bad(
    'a threshold in weeks',
    withRule({ rule: 'unreported', yellow: { weeks: 6 } }),
    'member-unknown',
    'rules[0].yellow.weeks',
  ),
  bad(
    'a threshold in two units',
    withRule({ rule: 'unreported', yellow: { days: 6, months: 1 } }),
    'member-missing',
    'rules[0].yellow',
  ),
  bad(
    'a threshold that is a number',
    withRule({ rule: 'unreported', yellow: 45 }),
    'type-wrong',
    'rules[0].yellow',
  ),
  bad(
    'half a day',
    withRule({ rule: 'unreported', yellow: { days: 1.5 } }),
    'value-out-of-range',
    'rules[0].yellow.days',
  ),
  bad(
    'days below zero',
    withRule({ rule: 'unreported', yellow: { days: -1 } }),
    'value-out-of-range',
    'rules[0].yellow.days',
  ),
  bad(
    'a severity that no light has',
    withRule({ rule: 'unreported', orange: { days: 45 } }),
    'member-unknown',
    'rules[0].orange',
  ),
  bad(
    'a rule that is off with a false',
    withRule({ rule: 'unreported', isOff: false }),
    'type-wrong',
    'rules[0].isOff',
  ),
  bad(
    'a scope of nothing known',
    withRule({ rule: 'unreported', where: { city: '宁波' }, yellow: { days: 45 } }),
    'member-unknown',
    'rules[0].where.city',
  ),
  bad(
    'a duty in one language',
    told({
      ladder: [
        {
          severity: 'red',
          answerWithinDays: 5,
          remindEveryDays: 5,
          duty: { role: 'leader', words: { en: 'answers' } },
        },
      ],
    }),
    'member-missing',
    'ladder[0].duty.words.zh',
  ),
  bad(
    'an exemption that ends on 31 June',
    told({ exemptions: [{ where: {}, from: '2018-06-01', to: '2018-06-31', reason: 'typhoon' }] }),
    'day-invalid',
    'exemptions[0].to',
  ),
];

const ofTerms: BadCase[] = [
  bad('an orange light', told({ choice: { atLeast: 'orange' } }), 'kind-unknown', 'choice.atLeast'),
  bad('a choice of no rule', told({ choice: { rules: [] } }), 'value-out-of-range', 'choice.rules'),
  bad('a digest at 25:00', told({ timing: { kind: 'daily', at: '25:00' } }), 'text-invalid', 'timing.at'),
  bad('an hourly digest', told({ timing: { kind: 'hourly' } }), 'kind-unknown', 'timing.kind'),
  bad(
    'an eighth weekday',
    told({ timing: { kind: 'weekly', weekday: 7, at: '08:00' } }),
    'value-out-of-range',
    'timing.weekday',
  ),
  bad(
    'hours without a calendar',
    told({ hours: { from: '08:00', to: '18:00' } }),
    'member-missing',
    'hours.calendar',
  ),
  bad('a language that is not spoken', told({ language: 'fr' }), 'kind-unknown', 'language'),
  bad('a time zone on the moon', told({ timeZone: 'Moon/Crater' }), 'text-invalid', 'timeZone'),
];

const ofWishes: BadCase[] = [
  bad('no name', ({ name: _, ...good }) => good, 'member-missing', 'name'),
  bad('a pigeon', told({ channel: { kind: 'pigeon' } }), 'kind-unknown', 'channel.kind'),
  bad(
    'an address without a domain',
    told({ channel: { kind: 'email', address: 'duty' } }),
    'text-invalid',
    'channel.address',
  ),
  ...ofTerms,
];

const stall = `/alerts/${stallAlert.alert}`;
const one = `/subscriptions/${subscriptionId}`;

export const alertRoutes: AlertRoute[] = [
  {
    name: 'acknowledgement',
    method: 'POST',
    url: `${stall}/acknowledgement`,
    body: { name: 'Li Wei', dueOn: '2018-07-20' },
    cases: [
      bad('nobody', ({ name: _, ...good }) => good, 'member-missing', 'name'),
      bad('30 February', (good) => ({ ...good, dueOn: '2018-02-30' }), 'day-invalid', 'dueOn'),
      bad('an empty note', (good) => ({ ...good, note: ' ' }), 'text-invalid', 'note'),
    ],
  },
  {
    name: 'silence',
    method: 'POST',
    url: `${stall}/silence`,
    body: { until: '2018-07-31', reason: 'typhoon' },
    cases: [
      bad('no reason', ({ reason: _, ...good }) => good, 'member-missing', 'reason'),
      bad('an open end', ({ until: _, ...good }) => good, 'member-missing', 'until'),
    ],
  },
  { name: 'lexicon', method: 'PUT', url: '/lexicon', body: { ...lexicon, version: 2 }, cases: ofLexicon },
  { name: 'trial of a lexicon', method: 'POST', url: '/lexicon/test', body: lexicon, cases: ofLexicon },
  { name: 'set of rules', method: 'PUT', url: '/rules', body: { ...rules, version: 1 }, cases: ofRules },
  {
    name: 'trial of rules',
    method: 'POST',
    url: '/rules/test?from=2018-01-01&to=2018-07-10',
    body: rules,
    cases: ofRules,
  },
  {
    name: 'calendar',
    method: 'PUT',
    url: '/calendars/port-works',
    body: { freeWeekdays: [0, 6], holidays: [], workdays: [] },
    cases: [
      bad('a weekday 7', (good) => ({ ...good, freeWeekdays: [7] }), 'value-out-of-range', 'freeWeekdays[0]'),
      bad('31 June', (good) => ({ ...good, holidays: ['2018-06-31'] }), 'day-invalid', 'holidays[0]'),
      bad(
        'a day twice',
        (good) => ({ ...good, workdays: ['2018-06-30', '2018-06-30'] }),
        'value-out-of-range',
        'workdays[1]',
      ),
    ],
  },
  {
    name: 'new subscription',
    method: 'POST',
    url: '/subscriptions',
    body: subscription,
    cases: [
      ...ofWishes,
      bad('a webhook without a URL', told({ channel: { kind: 'webhook' } }), 'member-missing', 'channel.url'),
    ],
  },
  {
    name: 'previewed subscription',
    method: 'POST',
    url: '/subscriptions/preview',
    body: { language: 'en' },
    cases: [
      ...ofTerms,
      bad('a name', (good) => ({ ...good, name: 'duty office' }), 'member-unknown', 'name'),
    ],
  },
  {
    name: 'changed subscription',
    method: 'PUT',
    url: one,
    body: subscription,
    cases: [
      ...ofWishes,
      bad(
        'a secret in passing',
        told({ channel: { ...webhook, secret: 'whsec_bmV3' } }),
        'member-unknown',
        'channel.secret',
      ),
    ],
  },
  {
    name: 'new secret',
    method: 'POST',
    url: `${one}/secret`,
    body: { secret: 'whsec_bmV3' },
    cases: [bad('a number', () => ({ secret: 1 }), 'type-wrong', 'secret')],
  },
  { name: 'pause', method: 'POST', url: `${one}/pause`, body: {}, cases: [] },
  { name: 'resumption', method: 'POST', url: `${one}/resume`, body: {}, cases: [] },
  { name: 'test notice', method: 'POST', url: `${one}/test`, body: {}, cases: [] },
];
