import type { Member } from '../../../domain/project/facts/members.js';
import { typedForRequest } from '../../../domain/values/by-language.js';
import { moneyIn } from '../../../domain/values/money-text.js';
import { amountExpected, amountIn, amountsIn } from '../../../domain/values/quantity-text.js';
import { whenExpected, whenIn } from '../../../domain/values/when.js';
import { invalid } from '../client/failure.js';
import { periodOf } from './period.js';

/** How a value of a kind is typed: its placeholder, its syntax, and its parser. */
export interface Typing {
  placeholder: string;
  example?: string;
  choices?: string[];
  isList?: boolean;
  read(text: string, option: string): unknown;
}

const asTyped = (text: string): string => text;
const whenExample =
  '2019-03, 2018-Q3, FROM..TO, "by 2018-Q3", "before 2018-10-01", "around 2018-09", 2018年9月底前, or "no day named"';
export const periodExample = 'a day, 2019-03, 2018-H2, or FROM..TO';

/** How a member of a fact is typed; a measure is typed in one of several ways instead. */
export function typingOf(member: Exclude<Member, { kind: 'measure' }>, isEnd: boolean): Typing {
  switch (member.kind) {
    case 'item':
    case 'id':
      return { placeholder: 'id', read: asTyped };
    case 'text':
      return { placeholder: 'text', read: asTyped };
    case 'text-by-language':
      return { placeholder: 'text', example: '资金未到位 | no money yet', read: typedForRequest };
    case 'whole-number':
      return { placeholder: member.unit ?? 'number', read: wholeNumberOf };
    case 'percent':
      return { placeholder: 'percent', read: percentOf };
    case 'day':
      return {
        placeholder: 'day',
        read: (text, option) => periodOf(text, option)[isEnd ? 'to' : 'from'],
      };
    case 'choice':
      return { placeholder: 'word', choices: Object.keys(member.choices), read: asTyped };
    case 'choices': {
      const words = Object.keys(member.choices).join(', ');
      return {
        placeholder: 'words',
        example: `${words}, or several with commas`,
        isList: true,
        read: asTyped,
      };
    }
    case 'calendar-period':
      return { placeholder: 'period', example: '2018, 2018-Q2 or 2018-06', read: asTyped };
    case 'money':
      return {
        placeholder: 'amount',
        example: '6900万元, 3-4亿元, 约3亿 or "$1.2 million", or - where only a share was said',
        read: moneyOf,
      };
    case 'period':
      return { placeholder: 'period', example: periodExample, read: periodOf };
    case 'when':
      return { placeholder: 'when', example: whenExample, read: whenOf };
  }
}

/** One way to type a measure, with its companion options. */
export interface MeasureTyping extends Typing {
  flag: string;
  about: string;
  /** Without a placeholder an option has no value. */
  beside: Readonly<Record<string, { about: string; placeholder?: string }>>;
}

/** How measures are typed; `beside` are the values of the companion options. */
export const measureTypings: readonly (Omit<MeasureTyping, 'read'> & {
  read(text: string, option: string, beside: Readonly<Record<string, unknown>>): object;
})[] = [
  {
    flag: 'percent',
    placeholder: 'percent',
    about: 'percent done, such as 85, 70-80 or 约70%',
    beside: {},
    read: (text, option) =>
      isInexact(text) ? { kind: 'range', said: text } : { kind: 'percent', percent: percentOf(text, option) },
  },
  {
    flag: 'count',
    placeholder: 'done/of',
    about: 'how many of how many, such as 3/5, or 3 when the total is not known',
    beside: { unit: { about: 'what is counted', placeholder: 'unit' } },
    read(text, option, { unit }) {
      const [done, of] = shareOf(text, option);
      return { kind: 'count', done, of, unit };
    },
  },
  {
    flag: 'quantity',
    placeholder: 'amount',
    about: 'how much, such as 7400米, 约3亿方, or "7.4 of 12.6 km"',
    beside: {
      of: { about: 'how much there is in all, such as 12公里', placeholder: 'total' },
      unit: { about: 'what is counted', placeholder: 'unit' },
    },
    read(text, option, { of, unit }) {
      if (!amountsIn(text))
        throw invalid(option, text, {
          en: `${amountExpected.en}, or "7.4 of 12.6 km"`,
          zh: `${amountExpected.zh}，或“7.4 of 12.6 km”`,
        });
      return of === undefined && unit === undefined
        ? { kind: 'quantity', said: text }
        : { kind: 'quantity', done: text, of, unit };
    },
  },
  {
    flag: 'storey',
    placeholder: 'reached/of',
    about: 'the storey reached, such as 2/6, 2, or -1 below ground',
    beside: {
      below: { about: 'how many storeys there are below ground', placeholder: 'storeys' },
      'under-way': { about: 'the storey is being built, and not complete' },
    },
    read(text, option, { below, 'under-way': isUnderWay }) {
      const [reached, of] = shareOf(text.replace(/^\s*-/, ''), option);
      return {
        kind: 'storeys',
        reached: /^\s*-/.test(text) ? -reached : reached,
        of,
        below: below === undefined ? undefined : wholeNumberOf(String(below), '--below'),
        isUnderWay,
      };
    },
  },
  {
    flag: 'word',
    placeholder: 'words',
    about: 'as it was said: 基本完成, mostly, under way ...',
    beside: {
      means: {
        about: 'the word of the lexicon for words that it does not have, see "topout lexicon show"',
        placeholder: 'word',
      },
    },
    read: (said, _option, { means }) => ({ kind: 'word', said, word: means }),
  },
];

function whenOf(text: string, option: string): string {
  if (!whenIn(text)) throw invalid(option, text, whenExpected);
  return text.trim();
}

/** An amount with its unit; undefined where only a share was said. */
function moneyOf(text: string, option: string): string | undefined {
  if (text.trim() === '-') return undefined;
  const read = moneyIn(text);
  if ('fault' in read) throw invalid(option, text, read.expected);
  return text.trim();
}

/** True for a range or an approximation, which the service reads. */
function isInexact(text: string): boolean {
  const read = amountIn(text);
  return read !== undefined && (read.upTo !== undefined || read.vagueness !== undefined);
}

/** `3/5` is 3 of 5, `3` is 3 of an unknown number. */
function shareOf(text: string, option: string): [number, number | undefined] {
  const [, some, of] = /^(\d{1,9})(?:\s*\/\s*(\d{1,9}))?$/.exec(text.trim()) ?? [];
  if (some === undefined)
    throw invalid(option, text, {
      en: 'a whole number such as 3, or 3/5 for three of five',
      zh: '整数，如 3；或 3/5，表示 5 个中的 3 个',
    });
  return [Number(some), of === undefined ? undefined : Number(of)];
}

function wholeNumberOf(text: string, option: string): number {
  if (!/^\d{1,15}$/.test(text.trim()))
    throw invalid(option, text, { en: 'a whole number such as 3', zh: '整数，如 3' });
  return Number(text);
}

function percentOf(text: string, option: string): number {
  const wanted = /^(-?\d{1,9}(?:\.\d{1,9})?)\s*%?$/.exec(text.trim())?.[1];
  if (wanted === undefined)
    throw invalid(option, text, {
      en: 'a number of percent such as 85, 62.5, 70-80 or 约70%',
      zh: '百分数，如 85、62.5、70-80 或 约70%',
    });
  return Number(wanted);
}
