import { describe, expect, test } from '@jest/globals';
import { decide } from '../../domain/governance/decide.js';
import type { GovernanceEvent, GovernanceEventData, Subscription } from '../../domain/governance/events.js';
import {
  applyToGovernance,
  emptyGovernance,
  type GovernanceState,
  lexiconInForce,
  rulesInForce,
} from '../../domain/governance/governance.js';
import { defaultLexicon } from '../../domain/governance/lexicons.js';
import { defaultRules } from '../../domain/governance/rules.js';
import {
  type SubscriptionTerms,
  secretFault,
  subscriptionFault,
} from '../../domain/governance/subscription-fault.js';
import { givenId } from '../support/given.js';
import { inEnglish } from '../support/in-english.js';

const at = (revision: number) => `2018-07-10T08:0${revision}:00.000Z`;
const office = '019a4c1e-0000-7000-8000-0000000000f1';
const by = 'duty-office';

type Said = { [T in keyof GovernanceEventData]: [T, GovernanceEventData[T]] }[keyof GovernanceEventData];

/** The governance after events recorded a minute apart, at every tenth position. */
function after(...said: Said[]): GovernanceState {
  const events = said.map(([type, data], revision) => ({
    type,
    data,
    id: givenId(revision),
    stream: 'governance',
    revision,
    position: revision * 10 + 10,
    recordedAt: at(revision),
    by,
    schema: 1,
    entry: { asOf: '2018-07-10', precision: 'day', source: { kind: 'inspection' } },
  })) as unknown as GovernanceEvent[];
  const whole = events.reduce(applyToGovernance, emptyGovernance());
  const half = JSON.parse(JSON.stringify(events.slice(0, 1).reduce(applyToGovernance, emptyGovernance())));
  expect(events.slice(1).reduce(applyToGovernance, half)).toEqual(whole);
  return whole;
}

const terms: SubscriptionTerms = {
  name: '值班室 duty office',
  choice: { districts: ['港区'], atLeast: 'yellow' },
  timing: { kind: 'daily', at: '07:30' },
  hours: { from: '08:00', to: '18:00', calendar: 'china' },
  language: 'zh',
  timeZone: 'Asia/Shanghai',
};
const hook: Subscription = {
  ...terms,
  subscription: office,
  channel: { kind: 'webhook', url: { sealed: 'where' }, secret: { sealed: 'first' } },
};
const added: Said = ['SubscriptionAdded', hook];
const onlyOne = (...said: Said[]) => after(added, ...said).subscriptions[0];

describe('rules', () => {
  test('are the default ones until others are adopted', () => {
    expect(rulesInForce(emptyGovernance())).toEqual({
      rules: defaultRules,
      entry: null,
      position: null,
      recordedAt: null,
      by: null,
    });
  });

  test('keep every version, with its adoption event', () => {
    const stricter = { ...defaultRules, version: 2, basis: 'order 12' };
    const { rules } = after(['RulesAdopted', defaultRules], ['RulesAdopted', stricter]);
    expect(rules).toEqual([
      { rules: defaultRules, entry: givenId(0), position: 10, recordedAt: at(0), by },
      { rules: stricter, entry: givenId(1), position: 20, recordedAt: at(1), by },
    ]);
  });

  test('adopted before the default ones were used come after them', () => {
    const state = after(['RulesAdopted', { ...defaultRules, version: 2, basis: 'order 12' }]);
    expect(state.rules.map(({ rules, entry }) => [rules.version, entry])).toEqual([
      [1, null],
      [2, givenId(0)],
    ]);
  });
});

describe('the lexicon in force', () => {
  const { version: _, ...shipped } = defaultLexicon;
  const stricter = { ...shipped, basis: 'order 12' };

  test('is the one that comes with Topout until another one is adopted', () => {
    const unsaid = { entry: null, position: null, recordedAt: null, by: null };
    expect(lexiconInForce(emptyGovernance())).toEqual({ lexicon: defaultLexicon, ...unsaid });
  });

  test('is the one adopted last, with its event', () => {
    const state = after(['LexiconAdopted', { ...stricter, version: 3 }]);
    const adopted = {
      lexicon: { ...stricter, version: 3 },
      entry: givenId(0),
      position: 10,
      recordedAt: at(0),
      by,
    };
    expect(state.lexicons.map(({ lexicon }) => lexicon.version)).toEqual([2, 3]);
    expect(lexiconInForce(state)).toEqual(adopted);
  });

  test('is adopted as the next version, and an equal one records nothing', () => {
    const adopt = { type: 'AdoptLexicon', lexicon: stricter } as const;
    const data = { ...stricter, version: 3 };
    expect(decide(adopt, emptyGovernance())).toEqual({ append: [{ type: 'LexiconAdopted', data }] });
    expect(decide(adopt, after(['LexiconAdopted', data]))).toEqual({ alreadySaid: data });
    expect(decide({ ...adopt, lexicon: shipped }, emptyGovernance())).toEqual({
      alreadySaid: defaultLexicon,
    });
  });
});

test('a calendar adopted again replaces the one before', () => {
  const own = (name: string, holidays: string[]): Said => [
    'CalendarAdopted',
    { name, freeWeekdays: [0, 6], holidays, workdays: [] },
  ];
  const { calendars } = after(own('site', []), own('office', []), own('site', ['2018-10-01']));
  expect(calendars.map(({ name, holidays }) => [name, holidays])).toEqual([
    ['site', ['2018-10-01']],
    ['office', []],
  ]);
});

describe('a subscription', () => {
  test('gets events after it was added', () => {
    expect(onlyOne()).toEqual({
      ...hook,
      status: 'active',
      secrets: [{ secret: { sealed: 'first' } }],
      by,
      addedAt: at(0),
      addedPosition: 10,
      since: 10,
    });
  });

  test('that is changed keeps its secrets, its status and its start', () => {
    const { hours: _, ...rest } = hook;
    const changed = { ...rest, name: 'night watch', choice: {} };
    const pausedAndChanged = onlyOne(
      ['SubscriptionPaused', { subscription: office, because: 'failing', reason: 'timed out for 5 days' }],
      ['SubscriptionChanged', changed],
    );
    expect(pausedAndChanged).toEqual({
      ...changed,
      status: 'paused',
      because: { why: 'timed out for 5 days', at: at(1) },
      secrets: [{ secret: { sealed: 'first' } }],
      by,
      addedAt: at(0),
      addedPosition: 10,
      since: 10,
    });
  });

  test('signs with an old secret beside the new one, each until its own end', () => {
    const rotated = (sealed: string, oldUntil: string): Said => [
      'SecretRotated',
      { subscription: office, secret: { sealed }, oldUntil },
    ];
    const tomorrow = '2018-07-11T08:01:00.000Z';
    const later = '2018-07-11T08:02:00.000Z';
    expect(onlyOne(rotated('second', tomorrow), rotated('third', later))?.secrets).toEqual([
      { secret: { sealed: 'third' } },
      { secret: { sealed: 'second' }, until: later },
      { secret: { sealed: 'first' }, until: tomorrow },
    ]);
    const forgotten = onlyOne(rotated('second', '2018-07-10T08:01:30.000Z'), rotated('third', later));
    expect([forgotten?.secrets.length, forgotten?.channel]).toEqual([
      2,
      { ...hook.channel, secret: { sealed: 'third' } },
    ]);
  });

  test('is paused, resumed, and ends for good', () => {
    const paused: Said = [
      'SubscriptionPaused',
      { subscription: office, because: 'gone', reason: '410 Gone' },
    ];
    const resumed: Said = ['SubscriptionResumed', { subscription: office }];
    const ended: Said = ['SubscriptionEnded', { subscription: office, because: 'unsubscribed' }];
    const seen = [[paused], [paused, resumed], [paused, ended], [ended, paused]].map((said) => {
      const one = onlyOne(...said);
      return [one?.status, one?.because?.why];
    });
    expect(seen).toEqual([
      ['paused', '410 Gone'],
      ['active', undefined],
      ['ended', 'unsubscribed'],
      ['ended', 'unsubscribed'],
    ]);
  });
});

describe('the terms of a subscription', () => {
  const many = Array.from({ length: 101 }, (_, index) => `project-${index}`);
  const bad: [string, Partial<Record<keyof SubscriptionTerms, unknown>>][] = [
    ['name', { name: ' ' }],
    ['name', { name: 'x'.repeat(201) }],
    ['choice.projects', { choice: { projects: many } }],
    ['choice.projects', { choice: { projects: [] } }],
    ['choice.projects[1]', { choice: { projects: ['huaao-2', 'Huaao 2'] } }],
    ['choice.districts[0]', { choice: { districts: [''] } }],
    ['choice.sectors[0]', { choice: { sectors: ['y'.repeat(201)] } }],
    ['choice.rules[0]', { choice: { rules: ['late'] } }],
    ['choice.atLeast', { choice: { atLeast: 'orange' } }],
    ['choice.roles[0]', { choice: { roles: ['The Leader'] } }],
    ['timing.kind', { timing: { kind: 'monthly' } }],
    ['timing.at', { timing: { kind: 'daily', at: '24:00' } }],
    ['timing.at', { timing: { kind: 'weekly', weekday: 1, at: '7:30' } }],
    ['timing.weekday', { timing: { kind: 'weekly', weekday: 7, at: '07:30' } }],
    ['hours.from', { hours: { from: '8', to: '18:00', calendar: 'china' } }],
    ['hours.to', { hours: { from: '08:00', to: '18:60', calendar: 'china' } }],
    ['hours.to', { hours: { from: '18:00', to: '08:00', calendar: 'china' } }],
    ['language', { language: 'fr' }],
    ['timeZone', { timeZone: '+08:00' }],
  ];
  test.each(bad)('are refused for %s', (member, changes) => {
    expect(subscriptionFault({ ...terms, ...changes } as SubscriptionTerms)?.member).toBe(member);
  });

  test('are valid with each of their members, or with few', () => {
    const { hours: _, ...few } = terms;
    const full = {
      projects: many.slice(1),
      sectors: ['roads'],
      rules: ['unreported' as const],
      roles: ['leader'],
    };
    const good: SubscriptionTerms[] = [
      terms,
      { ...few, choice: {}, timing: { kind: 'at-once' } },
      { ...few, choice: full, timing: { kind: 'weekly', weekday: 0, at: '00:00' } },
    ];
    expect(good.map(subscriptionFault)).toEqual([undefined, undefined, undefined]);
  });
});

describe('the secret of a webhook', () => {
  const of = (bytes: number[]) => `whsec_${Buffer.from(bytes).toString('base64')}`;
  const random = (length: number) => Array.from({ length }, (_, index) => (index * 37 + 11) % 256);

  test.each([24, 25, 26, 32, 64])('may have %d bytes', (length) => {
    expect(secretFault(of(random(length)))).toBeUndefined();
  });

  const weak: [string, string, string][] = [
    ['is too short', of(random(23)), '23 bytes'],
    ['is too long', of(random(65)), '65 bytes'],
    ['repeats one byte', of(Array.from({ length: 32 }, () => 97)), '32 bytes that are all equal'],
    ['has no beginning', Buffer.from(random(32)).toString('base64'), 'text without "whsec_" before it'],
    ['is no base64', 'whsec_not base64 at all, so many letters', 'text that is no base64'],
    ['lacks its padding', of(random(32)).replace('=', ''), 'text that is no base64'],
    ['is empty', 'whsec_', '0 bytes'],
  ];
  test.each(weak)('that %s is refused without being shown', (_, secret, seen) => {
    const fault = inEnglish(secretFault(secret));
    expect([fault?.member, fault?.seen]).toEqual(['channel.secret', seen]);
  });
});
