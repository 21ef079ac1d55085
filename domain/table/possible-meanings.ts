import type { Fact, FactTable } from '../project/facts/fact.js';
import type { Choices, Member, Shape } from '../project/facts/members.js';
import { isMemberOf } from '../project/facts/money-reported.js';
import type { Words } from '../values/words.js';
import type { Meaning } from './meaning.js';

type FactMeaning = Extract<Meaning, { use: 'fact' }>;

/** A meaning that a column may have, in words. */
export interface PossibleMeaning {
  meaning: FactMeaning;
  words: Words;
}

/** Everything that a cell may give of a fact, with each choice of the members that the fact needs beside it. */
export function possibleMeanings(facts: FactTable): PossibleMeaning[] {
  return Object.entries(facts).flatMap(([type, fact]) => ofFact(type, fact));
}

function ofFact(type: string, fact: Fact): PossibleMeaning[] {
  const { shape, typed, name } = fact;
  const ends = Array.isArray(typed?.gives) ? (typed.gives as string[]) : [];
  const single = Object.keys(shape)
    .filter((member) => !ends.includes(member) && isGiven(shape[member]))
    .map((member) => [member]);
  const pairs = ends.length > 0 && ends.every((end) => Object.hasOwn(shape, end)) ? [ends] : [];
  return [...pairs, ...single].flatMap((gives) => {
    const beside = Object.entries(shape).filter(
      ([member, { isOptional }]) => !isOptional && !gives.includes(member),
    );
    if (beside.some(([name, member]) => !choicesOf(member) && typed?.otherwise?.[name] === undefined))
      return [];
    const [member = ''] = gives;
    const isMain = gives.length > 1 || member === typed?.gives || shape[member]?.kind === 'measure';
    const label = isMain ? undefined : (shape[member]?.label ?? { en: member, zh: member });
    return combined(
      shape,
      beside.map(([member]) => member),
      typed?.otherwise ?? {},
    ).map(({ fixed, said }) => ({
      meaning: {
        use: 'fact' as const,
        type,
        gives,
        ...(Object.keys(fixed).length > 0 ? { with: fixed } : {}),
      },
      words: {
        en: [name.en, ...said.map(({ en }) => en), ...(label ? [label.en] : [])].join(', '),
        zh: [name.zh, ...said.map(({ zh }) => zh), ...(label ? [label.zh] : [])].join('，'),
      },
    }));
  });
}

/** A cell gives a value; an id, an item or a choice that a fact can do without belongs to all rows. */
function isGiven(member: Member | undefined): boolean {
  if (!member || member.kind === 'item' || member.kind === 'id' || member.kind === 'period') return false;
  return !(member.isOptional && (member.kind === 'choice' || member.kind === 'choices'));
}

/** The choices of a member, or the ids that mean something without a plan. */
function choicesOf(member: Member): Choices | undefined {
  if (member.kind === 'choice') return member.choices;
  return member.kind === 'id' ? member.named : undefined;
}

/** What a person may further say of a column, for all its rows: choices that its fact can do without, and the item. */
export interface FurtherMembers {
  choices: { name: string; label: Words; choices: Choices }[];
  /** The member with the item that the cells are about. */
  item?: string;
}

/** The members that a meaning may further have. */
export function furtherMembers({ type, gives, with: fixed }: FactMeaning, facts: FactTable): FurtherMembers {
  const shape = Object.hasOwn(facts, type) ? (facts[type]?.shape ?? {}) : {};
  const item = Object.entries(shape).find(([, { kind }]) => kind === 'item')?.[0];
  const target = Object.entries(shape).find(([, one]) => one.kind === 'id' && one.named)?.[0];
  const about = item ?? target;
  return {
    choices: Object.entries(shape).flatMap(([name, member]) => {
      if (member.kind !== 'choice' || !member.isOptional || gives.includes(name)) return [];
      if (type === 'MoneyReported' && !isMemberOf(name, fixed?.kind ?? '')) return [];
      return [{ name, label: member.label ?? { en: name, zh: name }, choices: member.choices }];
    }),
    ...(about === undefined ? {} : { item: about }),
  };
}

function combined(
  shape: Shape,
  members: readonly string[],
  otherwise: Readonly<Record<string, string>>,
): { fixed: Record<string, string>; said: Words[] }[] {
  let found: { fixed: Record<string, string>; said: Words[] }[] = [{ fixed: {}, said: [] }];
  for (const name of members) {
    const member = shape[name];
    const given = member && choicesOf(member);
    const choices: [string, Words?][] = given ? Object.entries(given) : [[otherwise[name] ?? '']];
    found = found.flatMap(({ fixed, said }) =>
      choices.map(([value, words]) => ({
        fixed: { ...fixed, [name]: value },
        said: words ? [...said, words] : said,
      })),
    );
  }
  return found;
}
