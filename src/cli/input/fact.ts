import type { EventData } from '../../../domain/project/events.js';
import type { FactType } from '../../../domain/project/facts/facts.js';
import type { Day } from '../../../domain/values/calendar.js';
import { usage } from '../client/failure.js';
import { periodOf } from './period.js';

/** What `topout log` was given to say one fact with, as it was typed. */
export interface FactOptions {
  step?: string;
  done?: boolean;
  percent?: string;
  count?: string;
  storey?: string;
  word?: string;
  means?: string;
  unit?: string;
  money?: string;
  span?: string;
  basis?: string;
  share?: string;
  stall?: string;
  stallId?: string;
  blocks?: string[];
  from?: string;
  to?: string;
  resumed?: string;
  forecast?: string;
  target?: string;
  scope?: string;
  stage?: string;
  noChange?: string;
  reason?: string;
}

/** The fact as the service takes it, without its day; `day` is the one that the words themselves name. */
export interface Fact {
  body: { type: FactType } & Record<string, unknown>;
  day?: Day;
}

/** The options that each say a fact; one entry says one of them. */
const ways = [
  'done',
  'percent',
  'count',
  'storey',
  'word',
  'money',
  'stall',
  'resumed',
  'forecast',
  'stage',
  'noChange',
] as const;
type Way = (typeof ways)[number];
const ofItem: readonly Way[] = ['done', 'percent', 'count', 'storey', 'word'];

/** The options that go with some ways of saying a fact only. */
const goesWith: Readonly<Partial<Record<keyof FactOptions, readonly Way[]>>> = {
  step: ofItem,
  unit: ['count'],
  means: ['word'],
  span: ['money'],
  basis: ['money'],
  share: ['money'],
  stallId: ['stall'],
  blocks: ['stall'],
  from: ['stall'],
  to: ['stall'],
  target: ['forecast'],
  scope: ['forecast'],
};

/**
 * The one fact that the options say about a project, or about an item of it.
 *
 * @returns undefined when they say none
 * @throws Failure when they say two, or one that cannot be read
 */
export function factSaid(item: string | undefined, options: FactOptions): Fact | undefined {
  const said = ways.filter((way) => options[way] !== undefined);
  const [way, second] = said;
  if (second)
    throw usage(`${said.map(flag).join(' and ')} in one entry; expected one of them, and an entry for each.`);
  for (const [name, allowed] of Object.entries(goesWith)) {
    if (options[name as keyof FactOptions] !== undefined && !(way && allowed.includes(way))) {
      throw usage(
        `${flag(name)} says nothing by itself; expected it beside ${allowed.map(flag).join(' or ')}.`,
      );
    }
  }
  if (!way) {
    if (item !== undefined)
      throw usage(`Nothing is said about "${item}"; expected one of ${ofItem.map(flag).join(', ')}.`);
    return undefined;
  }
  if (ofItem.includes(way)) {
    if (item === undefined)
      throw usage(`${flag(way)} is said about an item; expected topout log PROJECT ITEM ${flag(way)}.`);
    return ofItemSaid(item, options);
  }
  if (item !== undefined)
    throw usage(`${flag(way)} is said about the whole project; expected no item, and "${item}" was given.`);
  return ofProjectSaid(options);
}

function ofItemSaid(
  item: string,
  { step, done, percent, count, storey, word, means, unit }: FactOptions,
): Fact {
  const subject = { item, ...given({ step }) };
  if (done) return { body: { type: 'MilestoneReached', ...subject } };
  const measure = (kind: EventData['ProgressMeasured']['measure']['kind'], rest: object): Fact => ({
    body: { type: 'ProgressMeasured', ...subject, measure: { kind, ...rest } },
  });
  if (percent !== undefined) return measure('percent', { percent: numberOf(percent, '--percent') });
  if (count !== undefined) {
    const [some, of] = share(count, '--count');
    return measure('count', { done: some, ...given({ of, unit }) });
  }
  if (storey !== undefined) {
    const [reached, of] = share(storey, '--storey');
    return measure('storeys', { reached, ...given({ of }) });
  }
  return measure('word', { said: word, ...given({ word: means }) });
}

function ofProjectSaid(options: FactOptions): Fact {
  const { money, stall, resumed, forecast, stage, noChange, reason } = options;
  if (money !== undefined) return { body: moneySaid(money, options) };
  if (stall !== undefined) return stallSaid(stall, options);
  if (resumed !== undefined) return { body: { type: 'StallCleared', stall: resumed } };
  if (stage !== undefined) return { body: { type: 'StageEntered', stage } };
  if (noChange !== undefined) {
    const { from, to } = periodOf(noChange, '--no-change');
    return { body: { type: 'NoChangeReported', from, to }, day: to };
  }
  const { from: earliest, to: latest } = periodOf(forecast ?? '', '--forecast');
  const target = options.target ?? 'completion';
  return {
    body: { type: 'ForecastGiven', target, earliest, latest, ...given({ scope: options.scope, reason }) },
  };
}

function moneySaid(money: string, { span, basis, share: part }: FactOptions): Fact['body'] {
  const [, amount, unit] = /^([\d.,]+)\s*(\p{L}+)$/u.exec(money.trim()) ?? [];
  if (!amount || !unit)
    throw usage(
      `--money "${money}": expected an amount with its unit, such as 6900万元, 0.69亿元 or 69000000CNY.`,
    );
  return {
    type: 'InvestmentReported',
    amount: { amount: amount.replaceAll(',', ''), unit },
    span: span ?? 'since-start',
    basis: basis ?? 'unknown',
    ...(part === undefined ? {} : { shareOfPlan: numberOf(part, '--share') }),
  };
}

function stallSaid(cause: string, { stallId, blocks, from, to }: FactOptions): Fact {
  const begin = from === undefined ? undefined : periodOf(from, '--from').from;
  const end = to === undefined ? undefined : periodOf(to, '--to').to;
  const body = {
    type: 'StallDeclared' as const,
    cause,
    ...given({ stall: stallId, blocks, from: begin, to: end }),
  };
  return { body, ...given({ day: end }) };
}

/** `3/5` is 3 of 5, `3` is 3 of nobody knows how many. */
function share(text: string, option: string): [number, number | undefined] {
  const [, some, of] = /^(\d{1,9})(?:\s*\/\s*(\d{1,9}))?$/.exec(text.trim()) ?? [];
  if (some === undefined)
    throw usage(`${option} "${text}": expected a whole number such as 3, or 3/5 for three of five.`);
  return [Number(some), of === undefined ? undefined : Number(of)];
}

function numberOf(text: string, option: string): number {
  const wanted = /^(-?\d{1,9}(?:\.\d{1,9})?)\s*%?$/.exec(text.trim())?.[1];
  if (wanted === undefined)
    throw usage(`${option} "${text}": expected a number of percent such as 85 or 62.5.`);
  return Number(wanted);
}

function given<T extends object>(members: T): Partial<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Partial<T>;
}

function flag(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
