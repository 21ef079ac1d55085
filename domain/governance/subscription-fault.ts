import { isTimeZone } from '../values/days/calendar.js';
import { type Fault, nothing, oneOfThese } from '../values/rejections.js';
import type { Text } from '../values/words.js';
import type { AlertChoice, Subscription, Timing, WorkingHours } from './events.js';
import { ruleKinds, severities } from './rules.js';

/** A subscription's terms beside its channel. */
export type SubscriptionTerms = Omit<Subscription, 'subscription' | 'channel'>;

/** Maximum number of values of one member of a selection. */
export const mostValues = 100;
/** Maximum number of characters of a text: as for the district or sector of a project, so that each can be selected. */
export const mostCharacters = 200;
const shortText = {
  en: `text of 1 to ${mostCharacters} characters`,
  zh: `1 至 ${mostCharacters} 个字的文本`,
};
const projectSlug = /^[a-z0-9-]{3,64}$/;
const roleSlug = /^[a-z0-9-]{1,64}$/;
const clockTime = /^([01]\d|2[0-3]):[0-5]\d$/;

/** The fault of the terms of a subscription; undefined if there is none. Its calendar is checked elsewhere. */
export function subscriptionFault(terms: SubscriptionTerms): Fault | undefined {
  const { name, choice, timing, hours, language, timeZone } = terms;
  return (
    textFault('name', name) ??
    choiceFault(choice) ??
    timingFault(timing) ??
    (hours && hoursFault(hours)) ??
    oneOf('language', language, ['en', 'zh']) ??
    unless(isTimeZone(timeZone), 'timeZone', seen(timeZone), {
      en: 'an IANA time zone such as Asia/Shanghai',
      zh: 'IANA 时区，如 Asia/Shanghai',
    })
  );
}

/**
 * The fault of the secret of a webhook; undefined if there is none. It does not contain the secret.
 *
 * A secret is `whsec_` and the base64 of 24 to 64 bytes (Standard Webhooks 1.0), which must not all be equal.
 */
export function secretFault(secret: string, member = 'channel.secret'): Fault | undefined {
  const expected = {
    en: '"whsec_" and the base64 of 24 to 64 random bytes',
    zh: '“whsec_”加 24 至 64 个随机字节的 base64',
  };
  if (!secret.startsWith('whsec_'))
    return {
      member,
      seen: { en: 'text without "whsec_" before it', zh: '不以“whsec_”开头的文本' },
      expected,
    };
  const bytes = bytesOf(secret.slice('whsec_'.length));
  if (!bytes) return { member, seen: { en: 'text that is no base64', zh: '不是 base64 的文本' }, expected };
  if (bytes.length < 24 || bytes.length > 64)
    return { member, seen: { en: `${bytes.length} bytes`, zh: `${bytes.length} 个字节` }, expected };
  const isAlike = bytes.every((byte) => byte === bytes[0]);
  return unless(
    !isAlike,
    member,
    {
      en: `${bytes.length} bytes that are all equal`,
      zh: `${bytes.length} 个相同的字节`,
    },
    expected,
  );
}

function choiceFault(choice: AlertChoice): Fault | undefined {
  const slug = {
    en: 'the id of a project, 3 to 64 of a-z, 0-9 and -',
    zh: '项目编号，3 至 64 个 a-z、0-9 或 -',
  };
  return (
    valuesFault('choice.projects', choice.projects, (id) => projectSlug.test(id), slug) ??
    valuesFault('choice.districts', choice.districts, isText, shortText) ??
    valuesFault('choice.sectors', choice.sectors, isText, shortText) ??
    valuesFault('choice.rules', choice.rules, isRule, oneOfThese(ruleKinds)) ??
    (choice.atLeast === undefined ? undefined : oneOf('choice.atLeast', choice.atLeast, severities)) ??
    valuesFault('choice.roles', choice.roles, (role) => roleSlug.test(role), {
      en: '1 to 64 of a-z, 0-9 and -',
      zh: '1 至 64 个 a-z、0-9 或 -',
    })
  );
}

function valuesFault(
  member: string,
  values: readonly string[] | undefined,
  isGood: (value: string) => boolean,
  expected: Text,
): Fault | undefined {
  if (values === undefined) return undefined;
  if (values.length === 0 || values.length > mostValues) {
    return {
      member,
      seen: { en: `${values.length} values`, zh: `${values.length} 个值` },
      expected: { en: `1 to ${mostValues}, or no such member`, zh: `1 至 ${mostValues} 个，或不填` },
    };
  }
  const bad = values.findIndex((value) => !isGood(value));
  return bad < 0 ? undefined : { member: `${member}[${bad}]`, seen: seen(values[bad]), expected };
}

function timingFault(timing: Timing): Fault | undefined {
  const kind = oneOf('timing.kind', timing.kind, ['at-once', 'daily', 'weekly']);
  if (kind || timing.kind === 'at-once') return kind;
  const at = timeFault('timing.at', timing.at);
  if (at || timing.kind === 'daily') return at;
  const { weekday } = timing;
  const isWeekday = Number.isInteger(weekday) && weekday >= 0 && weekday <= 6;
  return unless(isWeekday, 'timing.weekday', seen(weekday), {
    en: '0 (Sunday) to 6 (Saturday)',
    zh: '0（星期日）至 6（星期六）',
  });
}

function hoursFault({ from, to }: WorkingHours): Fault | undefined {
  return (
    timeFault('hours.from', from) ??
    timeFault('hours.to', to) ??
    unless(from < to, 'hours.to', seen(to), {
      en: `a time after ${from}, on the same day`,
      zh: `同日晚于 ${from} 的时间`,
    })
  );
}

function timeFault(member: string, time: string): Fault | undefined {
  return unless(clockTime.test(time), member, seen(time), {
    en: 'HH:MM, from 00:00 to 23:59',
    zh: 'HH:MM，00:00 至 23:59',
  });
}

function textFault(member: string, text: string): Fault | undefined {
  return unless(isText(text), member, seen(text), shortText);
}

function oneOf(member: string, value: string, known: readonly string[]): Fault | undefined {
  return unless(known.includes(value), member, seen(value), oneOfThese(known));
}

function unless(isGood: boolean, member: string, what: Text, expected: Text): Fault | undefined {
  return isGood ? undefined : { member, seen: what, expected };
}

function isText(text: string): boolean {
  return text.trim() !== '' && [...text].length <= mostCharacters;
}

function isRule(rule: string): boolean {
  return ruleKinds.some((kind) => kind === rule);
}

function seen(value: unknown): Text {
  const text = JSON.stringify(value);
  if (text === undefined) return nothing;
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The bytes of base64 with its padding; undefined for any other text. */
function bytesOf(base64: string): number[] | undefined {
  if (base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) return undefined;
  const bits = [...base64.replaceAll('=', '')].flatMap((letter) => {
    const six = alphabet.indexOf(letter);
    return [32, 16, 8, 4, 2, 1].map((bit) => (six & bit ? 1 : 0));
  });
  const bytes: number[] = [];
  for (let start = 0; start + 8 <= bits.length; start += 8)
    bytes.push(bits.slice(start, start + 8).reduce<number>((byte, bit) => byte * 2 + bit, 0));
  return bytes;
}
