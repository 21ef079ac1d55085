import { type When, whenIn } from '../../../domain/values/when.js';

/** How the named period bounds the expected day; `none` for "no day named". */
export const hows = ['in', 'by', 'before', 'around', 'not-before', 'none'] as const;
export type How = (typeof hows)[number];

/** The kinds of periods that have fields of their own. */
export const periodKinds = ['month', 'quarter', 'day', 'year', 'words'] as const;
export type PeriodKind = (typeof periodKinds)[number];

const before: Readonly<Record<Exclude<How, 'none'>, string>> = {
  in: '',
  by: 'by ',
  before: 'before ',
  around: 'around ',
  'not-before': 'not before ',
};
const noDay = 'no day named';

const shapes: Readonly<Record<Exclude<PeriodKind, 'words'>, RegExp>> = {
  month: /^\d{4}-\d{2}$/,
  quarter: /^\d{4}-Q[1-4]$/,
  day: /^\d{4}-\d{2}-\d{2}$/,
  year: /^\d{4}$/,
};

/** The words for a day that is expected so. */
export function whenText(how: How, period: string): string {
  return how === 'none' ? noDay : `${before[how]}${period}`;
}

/** The parts of such words; those that have no such parts are of the kind `words`, and nothing is of no kind. */
export function whenParts(text: string): { how: How; period: string; kind: PeriodKind | undefined } {
  if (text === noDay) return { how: 'none', period: '', kind: undefined };
  const how = hows.findLast((one) => one !== 'none' && before[one] !== '' && text.startsWith(before[one]));
  const period = how === undefined ? text : text.slice(before[how as Exclude<How, 'none'>].length);
  const parts = { how: how ?? 'in', period } as const;
  if (period === '') return { ...parts, kind: undefined };
  const kind = periodKinds.find((one) => one !== 'words' && shapes[one].test(period));
  return kind === undefined ? { how: 'in', period: text, kind: 'words' } : { ...parts, kind };
}

/** Words that are read as these days, to say a recorded forecast again. */
export function whenAgain(when: When): string {
  const { earliest, latest, isApproximate } = when;
  if (earliest === undefined && latest === undefined) return noDay;
  if (earliest === undefined) return whenText('by', latest ?? '');
  if (latest === undefined) return whenText('not-before', earliest);
  const how = isApproximate ? 'around' : 'in';
  const [year, month] = [earliest.slice(0, 4), Number(earliest.slice(5, 7))];
  const periods = [
    ...(earliest === latest ? [earliest] : []),
    earliest.slice(0, 7),
    `${year}-Q${Math.ceil(month / 3)}`,
    `${year}-H${month > 6 ? 2 : 1}`,
    year,
  ];
  const found = periods.find((period) => {
    const read = whenIn(period);
    return read?.earliest === earliest && read.latest === latest;
  });
  return found === undefined ? `${earliest}..${latest}` : whenText(how, found);
}
