import type { Kind, Member, Shape } from '../../../domain/project/facts/members.js';
import { moneyIn } from '../../../domain/values/money-text.js';
import { whenIn } from '../../../domain/values/when.js';
import type { Language } from '../texts.js';
import type { GenericFact } from './facts.js';

/** Typed texts, by member. */
export type TypedMembers = Readonly<Record<string, string>>;

/** What the text of a field must look like, where it is not any text. */
const patterns: Readonly<Partial<Record<Kind['kind'], RegExp>>> = {
  id: /^[a-z0-9-]{1,64}$/,
  'whole-number': /^\d{1,15}$/,
  percent: /^\d{1,4}(\.\d{1,2})?$/,
  'calendar-period': /^\d{4}(-\d{2}|-Q[1-4])?$/,
};

/** The fact that the typed texts state, or the first member that is missing or wrong. */
export function statedBy(
  type: GenericFact['type'],
  shape: Shape,
  typed: TypedMembers,
): { fact: GenericFact } | { missing: string } {
  const fact: GenericFact = { type };
  for (const [name, member] of Object.entries(shape)) {
    const text = (typed[name] ?? '').trim();
    if (member.kind === 'when' && !whenIn(text)) return { missing: name };
    if (text === '' && member.isOptional) continue;
    if (text === '' || !isRead(member, text)) return { missing: name };
    fact[name] = readText(member, text);
  }
  return { fact };
}

function isRead({ kind }: Member, text: string): boolean {
  if (kind === 'money') return !('fault' in moneyIn(text));
  return patterns[kind]?.test(text) !== false;
}

function readText({ kind }: Member, text: string): unknown {
  switch (kind) {
    case 'whole-number':
    case 'percent':
      return Number(text);
    case 'choices':
      return text.split(',');
    default:
      return text;
  }
}

/** The texts that state a fact, to edit it again. */
export function typedIn(fact: Readonly<Record<string, unknown>>, shape: Shape): TypedMembers {
  const texts = Object.keys(shape).flatMap((name) => {
    const value = fact[name];
    if (value === undefined) return [];
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[name, String(value)]];
    const { amount, unit } = value as { amount?: unknown; unit?: unknown };
    return [[name, `${amount ?? ''}${unit ?? ''}`]];
  });
  return Object.fromEntries(texts);
}

/** A fact in a few words, by its members. */
export function genericWords(
  fact: Readonly<Record<string, unknown>>,
  shape: Shape,
  language: Language,
): string {
  const texts = typedIn(fact, shape);
  const words = Object.entries(shape).flatMap(([name, member]) => {
    const text = texts[name];
    if (text === undefined) return [];
    return 'choices' in member ? text.split(',').map((one) => member.choices[one]?.[language] ?? one) : text;
  });
  return words.join(', ');
}
