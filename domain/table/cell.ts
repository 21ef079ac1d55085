import type { Member } from '../project/facts/members.js';
import { typedForRequest } from '../values/by-language.js';
import { wordSaid } from '../values/lexicon/matching.js';
import type { Phrasebook } from '../values/lexicon/phrases.js';
import { amountIn, amountsIn } from '../values/quantity-text.js';
import { whenIn } from '../values/when.js';
import type { Words } from '../values/words.js';
import { numberIn, periodIn } from './cell-values.js';

/** What is known about the cells of a column. */
export interface CellContext {
  unit: string | undefined;
  words: Readonly<Record<string, string>>;
  phrasebook: Phrasebook;
}

/** The value of a member as the API takes it, or what was expected of the cell. */
export type CellRead = { value: unknown } | { expected: Words };

const blanks = new Set([
  '',
  '-',
  '--',
  '—',
  '——',
  '/',
  '\\',
  '无',
  '暂无',
  '不涉及',
  'none',
  'n/a',
  'na',
  '.',
]);

/** True for a cell that says nothing. */
export function isBlank(cell: string): boolean {
  return blanks.has(cell.normalize('NFKC').trim().toLowerCase());
}

/** Reads a cell as a member of a fact, by the kind of the member. */
export function readCell(cell: string, member: Member, context: CellContext): CellRead {
  const plain = cell.normalize('NFKC').replace(/\s+/g, ' ').trim();
  switch (member.kind) {
    case 'money':
      return moneyOf(plain, context.unit);
    case 'percent':
      return percentOf(plain, context.unit);
    case 'measure':
      return measureOf(plain, context);
    case 'choice':
      return choiceOf(plain, member.choices, context.words);
    case 'choices': {
      const read = choiceOf(plain, member.choices, context.words);
      return 'value' in read ? { value: [read.value] } : read;
    }
    case 'day': {
      const [from, to] = periodIn(plain) ?? [];
      return from !== undefined && from === to && from.length === 10
        ? { value: from }
        : { expected: dayWords };
    }
    case 'when': {
      const [from, to] = periodIn(plain) ?? [];
      if (from !== undefined) return { value: from === to ? from : `${from}..${to}` };
      return whenIn(plain) ? { value: plain } : { expected: timeWords };
    }
    case 'text-by-language':
      return { value: typedForRequest(plain) };
    case 'whole-number': {
      const read = numberIn(plain);
      return read && Number.isInteger(read.value) ? { value: read.value } : { expected: numberWords };
    }
    default:
      return { value: plain };
  }
}

function moneyOf(plain: string, unit: string | undefined): CellRead {
  const [, amount = '', own = ''] = /^(.*\d)\s*(\D*)$/.exec(plain) ?? [];
  if (amount === '') return { expected: moneyWords };
  const written = own.trim() || unit;
  if (written === undefined || written === '%') return { expected: unitWords };
  return { value: { amount: amount.replace(/(\d)[,'’ ](?=\d{3})/g, '$1'), unit: written } };
}

function percentOf(plain: string, unit: string | undefined): CellRead {
  const read = numberIn(plain);
  const isMarked = read?.rest === '%' || (read?.rest === '' && unit === '%');
  if (!read || (read.rest !== '' && read.rest !== '%')) return { expected: percentWords };
  // 0.62 may be 62 % or less than one: spreadsheets show both.
  return !isMarked && read.value <= 1 && read.value !== 0
    ? { expected: percentWords }
    : { value: read.value };
}

/** How far the project is: a percentage, an amount with its unit, or words of the lexicon. */
function measureOf(cell: string, { unit, words, phrasebook }: CellContext): CellRead {
  const plain = cell.replace(/^(总体|项目|工程)?(已|累计)*完成(约)?(?=\d)/, '$3');
  const isPercent = /%$/.test(plain) || (unit === '%' && /\d$/.test(plain));
  const amount = amountIn(plain);
  if (isPercent && amount) {
    const isExact = amount.upTo === undefined && amount.vagueness === undefined;
    if (!isExact) return { value: { kind: 'range', said: /%$/.test(plain) ? plain : `${plain}%` } };
    const read = percentOf(plain, '%');
    return 'value' in read ? { value: { kind: 'percent', percent: read.value } } : read;
  }
  const meant = Object.entries(words).find(([said]) => said === cell)?.[1];
  if (meant !== undefined) return { value: { kind: 'word', said: cell, word: meant } };
  if (wordSaid(cell, phrasebook) !== undefined) return { value: { kind: 'word', said: cell } };
  const quantity = amountsIn(plain);
  if (quantity && (quantity.done.unit ?? unit) !== undefined)
    return {
      value: { kind: 'quantity', said: quantity.done.unit === undefined ? `${plain}${unit}` : plain },
    };
  return { expected: measureWords };
}

/** A choice by its id or its words in either language, else the only one whose word stands in the cell. */
function choiceOf(
  plain: string,
  choices: Readonly<Record<string, Words>>,
  words: Readonly<Record<string, string>>,
): CellRead {
  const said = plain.toLowerCase();
  const all = Object.entries(choices);
  const exact = all.find(([id, { en, zh }]) => [id, en.toLowerCase(), zh].includes(said));
  if (exact) return { value: exact[0] };
  const named = new Set([
    ...all.filter(([, { zh }]) => said.includes(zh.replace(/^已/, ''))).map(([id]) => id),
    ...Object.entries(words)
      .filter(([word]) => said.includes(word.toLowerCase()))
      .map(([, id]) => id),
  ]);
  const [only, ...others] = named;
  if (only !== undefined && others.length === 0) return { value: only };
  return {
    expected: {
      en: `one of ${all.map(([, { en }]) => en).join(', ')}`,
      zh: `下列之一：${all.map(([, { zh }]) => zh).join('、')}`,
    },
  };
}

const moneyWords: Words = { en: 'an amount such as 1,200.5', zh: '金额，如 1,200.5' };
const unitWords: Words = {
  en: 'an amount whose unit is named, in the cell, in the heading or above the table, such as 万元',
  zh: '注明单位的金额：单元格、表头或表格上方写明，如“万元”',
};
const percentWords: Words = { en: 'a percentage such as 62 %', zh: '百分比，如 62%' };
const measureWords: Words = {
  en: 'how far the whole project is: 62 %, 70-80 %, or words of the lexicon such as 基本完成',
  zh: '项目总体进度：62%、70-80%，或词表中的说法，如“基本完成”',
};
const dayWords: Words = { en: 'a day such as 2027-06-30', zh: '日期，如 2027-06-30' };
const timeWords: Words = {
  en: 'a day, month, quarter or year, such as 2027-06-30, 2027-06 or 2027Q2',
  zh: '日期、月份、季度或年份，如 2027-06-30、2027年6月、2027年二季度',
};
const numberWords: Words = { en: 'a whole number', zh: '整数' };
