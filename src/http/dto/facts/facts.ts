import type { FactCommand } from '../../../../domain/project/commands.js';
import type { Fact, FactTable } from '../../../../domain/project/facts/fact.js';
import type { Member as FactMember } from '../../../../domain/project/facts/members.js';
import { byLanguage } from '../../../../domain/values/by-language.js';
import type { Day } from '../../../../domain/values/days/calendar.js';
import type { Phrasebook } from '../../../../domain/values/lexicon/phrases.js';
import { nothing } from '../../../../domain/values/rejections.js';
import { refuse } from '../../problems/faults.js';
import { type Kinds, kinds, type MemberSpec, type Shape, shapeClass } from '../../validation/member.js';
import {
  calendarPeriod,
  day,
  listOf,
  oneOf,
  percentage,
  type Rule,
  slug,
  text,
  wholeNumber,
} from '../../validation/rules.js';
import { DatedSaying, metadataOf } from './entry.js';
import { measures } from './measure.js';
import type { MeasureSaid } from './measure-said.js';
import { type MoneyStated, money, moneyOf } from './money.js';
import { period, periodOf } from './period.js';
import { type TextStated, textByLanguage } from './text-by-language.js';
import { dayOrPeriod, when, whenOf } from './when.js';

/** A fact in a request; `type` names the event. */
export abstract class StatedFact extends DatedSaying {
  type!: string;
  /** Its stored data, before the project completes them. */
  abstract toData(phrasebook: Phrasebook): object;
}

/** The shapes of all facts of a table, discriminated by type. */
export function factKinds(facts: FactTable): Kinds<StatedFact> {
  const shapes = Object.entries(facts).map(([type, fact]) => [type, shapeOf(type, fact)]);
  return { member: 'type', shapes: Object.fromEntries(shapes) };
}

/**
 * The command for a fact.
 *
 * @param today the business day
 * @param phrasebook reads what was said in words
 * @throws RequestRefused inconsistent members
 */
export function commandOf(fact: StatedFact, today: Day, phrasebook: Phrasebook): FactCommand {
  const entry = metadataOf(fact, today);
  return { type: fact.type, entry, data: fact.toData(phrasebook) } as FactCommand;
}

/** Converts a caller's value of a member to its stored form. */
interface Reader {
  name: string;
  storedAs: string;
  read?(value: unknown, phrasebook: Phrasebook): unknown;
  otherwise?: string;
  beside?: string;
}

/** The class of one fact: the one place where decorators are applied from a descriptor. */
function shapeOf(type: string, { about, shape }: Fact): Shape<StatedFact> {
  const members: Record<string, MemberSpec> = { type: { rule: oneOf([type]), about } };
  const readers: Reader[] = [];
  let inPeriod: string | undefined;
  let inWhen: string | undefined;
  for (const [name, member] of Object.entries(shape)) {
    if (member.kind === 'when') {
      inWhen = name;
      members[name] = { rule: when, about: member.about, isOptional: true };
      members.earliest = { rule: dayOrPeriod, about: `Instead of ${name}: not before.`, isOptional: true };
      members.latest = { rule: dayOrPeriod, about: `Instead of ${name}: not after.`, isOptional: true };
    } else if (member.kind === 'period') {
      inPeriod = name;
      members[name] = { rule: period, about: member.about, isOptional: true };
      members.from = { rule: day, about: `Instead of ${name}: the first day.`, isOptional: true };
      members.to = { rule: day, about: `Instead of ${name}: the last day.`, isOptional: true };
    } else {
      const { rule, ...reader } = kindOf(member);
      members[name] = { rule, about: member.about, isOptional: member.isOptional };
      const { storedAs = name, otherwise, beside } = member;
      readers.push({ name, storedAs, otherwise, beside, ...reader });
    }
  }
  const shaped = shapeClass(type, StatedFact, members);
  shaped.prototype.toData = function (this: Record<string, unknown>, phrasebook: Phrasebook) {
    const data = dataOf(this, readers, phrasebook);
    if (inWhen !== undefined) return { ...data, ...whenOf(inWhen, this) };
    return inPeriod === undefined ? data : { ...data, ...periodOf(inPeriod, this) };
  };
  return shaped;
}

function dataOf(stated: Record<string, unknown>, readers: readonly Reader[], phrasebook: Phrasebook): object {
  const data: Record<string, unknown> = {};
  for (const { name, storedAs, read, otherwise, beside } of readers) {
    const value = stated[name] ?? otherwise;
    if (value !== undefined && beside !== undefined && stated[beside] === undefined)
      refuse('member-missing', beside, nothing, {
        en: `"${beside}", because "${name}" is there`,
        zh: `“${beside}”，因为有“${name}”`,
      });
    if (value !== undefined) data[storedAs] = read ? read(value, phrasebook) : value;
  }
  return data;
}

/** The validation of a kind of value, and its conversion once accepted. */
function kindOf(member: Exclude<FactMember, { kind: 'period' | 'when' }>): {
  rule: Rule;
  read?(value: unknown, phrasebook: Phrasebook): unknown;
} {
  switch (member.kind) {
    case 'item':
    case 'id':
      return { rule: slug() };
    case 'text':
      return { rule: text(member.most) };
    case 'text-by-language':
      return { rule: textByLanguage(member.most), read: (value) => byLanguage(value as TextStated) };
    case 'whole-number':
      return { rule: wholeNumber(member.least, member.most) };
    case 'percent':
      return {
        rule: percentage(member.most),
        read: (percent) => Math.round(Number(percent) * 100),
      };
    case 'day':
      return { rule: day };
    case 'choice':
      return { rule: oneOf(Object.keys(member.choices)) };
    case 'choices': {
      const choices = Object.keys(member.choices);
      return { rule: listOf(oneOf(choices), 1, choices.length) };
    }
    case 'calendar-period':
      return { rule: calendarPeriod };
    case 'money':
      return { rule: money, read: (value) => moneyOf(value as MoneyStated) };
    case 'measure':
      return {
        rule: kinds(measures),
        read: (measure, phrasebook) => (measure as MeasureSaid).toMeasure(phrasebook),
      };
  }
}
