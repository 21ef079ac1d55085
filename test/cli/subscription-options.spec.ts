import { describe, expect, test } from '@jest/globals';
import { type Wishes, type WishOptions, wishesOf } from '../../src/cli/input/subscription-options.js';
import { choiceText } from '../../src/cli/views/alerts/subscription-table.js';

const asked = { url: 'http://127.0.0.1:3000', lang: 'en' } as const;
const nothing: Wishes = { name: 'hooks.example.org', choice: {}, timing: { kind: 'at-once' } };
const before: Wishes = {
  name: 'office',
  choice: { projects: ['huaao-2'], atLeast: 'red' },
  timing: { kind: 'daily', at: '08:30' },
  hours: { from: '08:30', to: '17:30', calendar: 'china' },
  language: 'zh',
  timeZone: 'Asia/Shanghai',
};
const wished = (options: Partial<WishOptions>, earlier = nothing) =>
  wishesOf({ ...asked, ...options }, earlier);

describe('the terms of a subscriber', () => {
  test('are all alerts immediately by default', () => {
    expect(wished({})).toEqual(nothing);
  });

  test('are the given options', () => {
    const options = {
      project: ['huaao-2', 'tengjun'],
      rule: ['declared-stall' as const],
      atLeast: 'yellow' as const,
      role: ['leader'],
      weekly: 'Mon,09:00',
      hours: '08:30-17:30',
      name: 'office',
      language: 'zh' as const,
      timeZone: 'Asia/Urumqi',
    };
    expect(wished(options)).toEqual({
      name: 'office',
      choice: {
        projects: ['huaao-2', 'tengjun'],
        rules: ['declared-stall'],
        atLeast: 'yellow',
        roles: ['leader'],
      },
      timing: { kind: 'weekly', weekday: 1, at: '09:00' },
      hours: { from: '08:30', to: '17:30', calendar: 'china' },
      language: 'zh',
      timeZone: 'Asia/Urumqi',
    });
  });

  test('stay unchanged where a change omits them', () => {
    expect(wished({}, before)).toEqual(before);
    expect(wished({ atLeast: 'yellow', atOnce: true, calendar: 'site' }, before)).toEqual({
      ...before,
      choice: { projects: ['huaao-2'], atLeast: 'yellow' },
      timing: { kind: 'at-once' },
      hours: { from: '08:30', to: '17:30', calendar: 'site' },
    });
  });
});

test.each([
  [{ daily: '8:30' }, '--daily "8:30": expected a time of day such as 08:30.'],
  [{ weekly: 'someday,08:30' }, '--weekly "someday,08:30": expected a weekday and a time such as mon,08:30.'],
  [{ weekly: 'mon' }, '--weekly "mon": expected a weekday and a time such as mon,08:30.'],
  [{ hours: '08:30' }, '--hours "08:30": expected two times of day such as 08:30-17:30.'],
  [{ hours: '08:30-24:00' }, '--hours "08:30-24:00": expected two times of day such as 08:30-17:30.'],
  [{ calendar: 'site' }, '--calendar says nothing by itself; expected it beside --hours.'],
])('%j is refused before anything is sent', (options, sentence) => {
  expect(() => wished(options)).toThrow(sentence);
});

test('a selection is shown in words', () => {
  expect(choiceText({}, 'en')).toBe('all');
  expect(choiceText({ districts: ['north', 'south'], atLeast: 'yellow' }, 'en')).toBe(
    'District north or south; yellow or more severe',
  );
  expect(choiceText({ districts: ['north', 'south'], atLeast: 'yellow' }, 'zh')).toBe(
    '地区 north或south；黄色及以上',
  );
});
