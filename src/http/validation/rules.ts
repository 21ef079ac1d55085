import { isCalendarPeriod } from '../../../domain/values/calendar-period.js';
import { isDay, isMonth, isTimeZone } from '../../../domain/values/days/calendar.js';
import { omitUndefined } from '../../../domain/values/omit-undefined.js';
import { singleSpaced, unseenIn } from '../../../domain/values/plain-text.js';
import { oneOfThese } from '../../../domain/values/rejections.js';
import type { Text } from '../../../domain/values/words.js';
import type { Schema } from '../answers/schema.js';
import { seenAs } from '../problems/faults.js';
import type { EdgeReason } from '../problems/problems.js';

/** The fault of a value, and its place in it. */
export interface Finding {
  /** Path below the member, such as `[3]` or `.unit`; the member itself when absent. */
  at?: string;
  type: EdgeReason;
  seen: Text;
  expected: Text;
}

/** The rule of a member: its validation, and its description for readers of the API document. */
export interface Rule {
  /** The first fault of a value, or undefined. */
  check(value: unknown): Finding | undefined;
  schema: Schema;
  /** Converts an accepted value to its stored form. */
  tidy?(value: unknown): unknown;
}

const found = (type: EdgeReason, value: unknown, expected: Text, at?: string): Finding => ({
  type,
  seen: seenAs(value),
  expected,
  at,
});

/** The fault of a value of a wrong type. */
export function typeFinding(value: unknown, isRight: boolean, expected: Text): Finding | undefined {
  if (value === undefined) return found('member-missing', value, expected);
  return isRight ? undefined : found('type-wrong', value, expected);
}

/**
 * A text of up to `most` characters, in NFC, with single blanks between its words and none around it.
 *
 * Control characters are refused, except line feeds where lines are allowed, and so are invisible characters.
 */
export function text(most: number, options: { isNote?: true } = {}): Rule {
  const controls = options.isNote ? /[^\P{Cc}\n]/u : /\p{Cc}/u;
  const expected = {
    en: `a text of 1 to ${most} characters${options.isNote ? '' : ' on one line'}`,
    zh: `${options.isNote ? '' : '一行'} 1 至 ${most} 个字的文本`.trim(),
  };
  return {
    schema: { type: 'string', minLength: 1, maxLength: most },
    check(value) {
      if (typeof value !== 'string') return typeFinding(value, false, expected);
      if (/\p{Cs}/u.test(value))
        return found('text-invalid', value, {
          en: 'a text without half characters (lone surrogates)',
          zh: '不含半个字符（孤立代理项）的文本',
        });
      if (controls.test(value))
        return found('text-invalid', value, {
          en: `${expected.en}, without control characters`,
          zh: `${expected.zh}，不含控制字符`,
        });
      const unseen = unseenIn(value);
      if (unseen !== undefined)
        return {
          type: 'text-invalid',
          seen: {
            en: `${nameOf(unseen)}, a character that shows nothing`,
            zh: `${nameOf(unseen)}，不显示的字符`,
          },
          expected: { en: `${expected.en}, without such characters`, zh: `${expected.zh}，不含此类字符` },
        };
      if (manyMarks.test(value))
        return found('text-invalid', value, {
          en: `${expected.en}, with at most 8 marks on a letter`,
          zh: `${expected.zh}，每个字母最多 8 个附加符号`,
        });
      if (value.trim() === '' || value.length > 2 * most || [...value].length > most)
        return found('text-invalid', value, expected);
      return undefined;
    },
    tidy: (value) => (typeof value === 'string' ? singleSpaced(value) : value),
  };
}

/** More marks than any script puts on one letter. */
const manyMarks = /\p{M}{9}/u;

/** The number of a character in Unicode notation: `U+200B`. */
function nameOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** A text matching a pattern, described in words. */
export function pattern(
  shape: RegExp,
  expected: Text,
  options: { type?: EdgeReason; format?: string } = {},
): Rule {
  return {
    schema: omitUndefined({ type: 'string', pattern: shape.source, format: options.format }),
    check(value) {
      if (typeof value !== 'string') return typeFinding(value, false, expected);
      return shape.test(value) ? undefined : found(options.type ?? 'text-invalid', value, expected);
    },
  };
}

/** The readable id of a project, item, step or stall. */
export function slug(least = 1): Rule {
  return pattern(new RegExp(`^[a-z0-9-]{${least},64}$`), {
    en: `${least} to 64 of a-z, 0-9 and -`,
    zh: `${least} 至 64 个 a-z、0-9 或 -`,
  });
}

export const uuid: Rule = {
  ...pattern(
    /^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/,
    { en: 'a UUID', zh: 'UUID' },
    { format: 'uuid' },
  ),
  tidy: (value) => (typeof value === 'string' ? value.toLowerCase() : value),
};

/** An integer in a range, both ends inclusive. */
export function wholeNumber(least: number, most: number): Rule {
  const expected = { en: `a whole number from ${least} to ${most}`, zh: `${least} 至 ${most} 之间的整数` };
  return {
    schema: { type: 'integer', minimum: least, maximum: most },
    check(value) {
      if (typeof value !== 'number') return typeFinding(value, false, expected);
      const isWithin = Number.isSafeInteger(value) && value >= least && value <= most;
      return isWithin ? undefined : found('value-out-of-range', value, expected);
    },
  };
}

/** A percentage with at most two decimals. */
export function percentage(most: number): Rule {
  const expected = {
    en: `a number from 0 to ${most} with at most two decimals`,
    zh: `0 至 ${most} 之间的数，最多两位小数`,
  };
  return {
    schema: { type: 'number', minimum: 0, maximum: most },
    check(value) {
      if (typeof value !== 'number') return typeFinding(value, false, expected);
      const isWithin = value >= 0 && value <= most && Math.round(value * 100) / 100 === value;
      return isWithin ? undefined : found('value-out-of-range', value, expected);
    },
  };
}

export const yesOrNo: Rule = {
  schema: { type: 'boolean' },
  check: (value) =>
    typeFinding(value, typeof value === 'boolean', { en: 'true or false', zh: 'true 或 false' }),
};

/** One of a closed list of words. */
export function oneOf(words: readonly string[]): Rule {
  const expected = oneOfThese(words);
  return {
    schema: { type: 'string', enum: [...words] },
    check(value) {
      if (typeof value !== 'string') return typeFinding(value, false, expected);
      return words.includes(value) ? undefined : found('kind-unknown', value, expected);
    },
  };
}

/** A day of the calendar. */
export const day: Rule = {
  schema: { type: 'string', format: 'date' },
  check(value) {
    const expected = { en: 'a day of the calendar as YYYY-MM-DD', zh: '日历中的日期，格式 YYYY-MM-DD' };
    if (typeof value !== 'string') return typeFinding(value, false, expected);
    return isDay(value) ? undefined : found('day-invalid', value, expected);
  },
};

/** A day of the calendar, or a month. */
export const dayOrMonth: Rule = {
  schema: { type: 'string', pattern: '^\\d{4}-\\d{2}(-\\d{2})?$' },
  check(value) {
    const expected = {
      en: 'a day of the calendar as YYYY-MM-DD, or a month as YYYY-MM',
      zh: '日历中的日期（YYYY-MM-DD）或月份（YYYY-MM）',
    };
    if (typeof value !== 'string') return typeFinding(value, false, expected);
    return isDay(value) || isMonth(value) ? undefined : found('day-invalid', value, expected);
  },
};

/** A year, a quarter or a month of the calendar. */
export const calendarPeriod: Rule = {
  schema: { type: 'string', pattern: '^\\d{4}(-\\d{2}|-Q[1-4])?$' },
  check(value) {
    const expected = {
      en: 'a year as YYYY, a quarter as YYYY-Q2, or a month as YYYY-MM',
      zh: '年份（YYYY）、季度（YYYY-Q2）或月份（YYYY-MM）',
    };
    if (typeof value !== 'string') return typeFinding(value, false, expected);
    return isCalendarPeriod(value) ? undefined : found('day-invalid', value, expected);
  },
};

/** A time zone by its IANA name. */
export const timeZone: Rule = {
  ...text(64),
  check: (value) =>
    text(64).check(value) ??
    (isTimeZone(String(value))
      ? undefined
      : found('text-invalid', value, {
          en: 'an IANA time zone such as Asia/Shanghai',
          zh: 'IANA 时区，如 Asia/Shanghai',
        })),
};

/** A list of different values, each by a rule. */
export function listOf(rule: Rule, least: number, most: number): Rule {
  return {
    schema: { type: 'array', items: rule.schema, minItems: least, maxItems: most, uniqueItems: true },
    check(value) {
      if (!Array.isArray(value)) return typeFinding(value, false, { en: 'a list', zh: '列表' });
      if (value.length < least || value.length > most)
        return found('value-out-of-range', value, {
          en: `a list of ${least} to ${most}`,
          zh: `${least} 至 ${most} 项的列表`,
        });
      for (const [index, element] of value.entries()) {
        const finding = rule.check(element);
        if (finding) return { ...finding, at: `[${index}]${finding.at ?? ''}` };
        if (value.indexOf(element) < index)
          return found(
            'value-out-of-range',
            element,
            { en: 'each once', zh: '每项只出现一次' },
            `[${index}]`,
          );
      }
      return undefined;
    },
    tidy: (value) =>
      Array.isArray(value) && rule.tidy ? value.map((element) => rule.tidy?.(element)) : value,
  };
}

/** True for a JSON object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
