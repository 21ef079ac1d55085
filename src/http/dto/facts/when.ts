import { omitUndefined } from '../../../../domain/values/omit-undefined.js';
import { nothing } from '../../../../domain/values/rejections.js';
import { periodIn, type When, whenExpected, whenIn } from '../../../../domain/values/when.js';
import { refuse, seenAs } from '../../problems/faults.js';
import type { Rule } from '../../validation/rules.js';

/** When something is expected, in words. */
export const when: Rule = {
  schema: { type: 'string', minLength: 1, maxLength: 100, example: 'by 2018-Q3' },
  check: (value) =>
    typeof value === 'string' && whenIn(value)
      ? undefined
      : { type: 'day-invalid', seen: seenAs(value), expected: whenExpected },
};

/** A day, month, quarter, half-year or year. */
export const dayOrPeriod: Rule = {
  schema: { type: 'string', pattern: '^\\d{4}(-(\\d{2}(-\\d{2})?|Q[1-4]|H[12]))?$' },
  check: (value) =>
    typeof value === 'string' && periodIn(value)
      ? undefined
      : {
          type: 'day-invalid',
          seen: seenAs(value),
          expected: {
            en: 'a day of the calendar as YYYY-MM-DD, a month as YYYY-MM, or 2018-Q3, 2018-H2, 2018',
            zh: '日历上的一天 YYYY-MM-DD、月份 YYYY-MM，或 2018-Q3、2018-H2、2018',
          },
        },
};

/**
 * When something is expected, given under a name, or by `earliest` and `latest`.
 *
 * @throws RequestRefused both were given, or neither
 */
export function whenOf(name: string, stated: Record<string, unknown>): When {
  const { [name]: said, earliest, latest } = stated as Record<string, string | undefined>;
  if (said !== undefined && (earliest ?? latest) !== undefined)
    refuse(
      'member-unknown',
      name,
      { en: `${name} beside earliest or latest`, zh: `${name} 与 earliest 或 latest 并列` },
      { en: 'one of them', zh: '其中之一' },
    );
  if (said !== undefined) return whenIn(said) ?? {};
  if ((earliest ?? latest) === undefined)
    refuse('member-missing', name, nothing, {
      en: `"${name}", or earliest and latest, or one of them`,
      zh: `“${name}”，或 earliest 和 latest，或其中之一`,
    });
  return omitUndefined({
    earliest: earliest === undefined ? undefined : periodIn(earliest)?.from,
    latest: latest === undefined ? undefined : periodIn(latest)?.to,
  });
}
