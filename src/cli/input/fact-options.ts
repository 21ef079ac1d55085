import type { Fact, FactTable, Typed } from '../../../domain/project/facts/fact.js';
import type { Member } from '../../../domain/project/facts/members.js';
import { usage } from '../client/failure.js';
import { measureTypings, periodExample, type Typing, typingOf } from './kinds.js';
import { periodOf } from './period.js';

/** One option of `topout log`. */
export interface FactOption {
  /** Without its dashes. */
  flag: string;
  /** Absent for an option without a value. */
  placeholder?: string;
  about: string;
  choices?: string[];
  isList?: boolean;
  /** The default value. */
  otherwise?: string;
}

/** The typed options, by flag. */
export type TypedOptions = Readonly<Record<string, unknown>>;

/** An option that states a fact by itself, and its companion options. */
export interface Way extends FactOption {
  type: string;
  isOfItem: boolean;
  /** True if the fact without an item is about the whole project. */
  mayBeWhole: boolean;
  /** The member whose day is that of an entry about a past period. */
  endsOn: string | undefined;
  beside: readonly FactOption[];
  /** The members of the fact, without its item. */
  members(typed: TypedOptions): Record<string, unknown>;
}

/** Every way to state a fact of a table at the terminal. */
export function waysOf(facts: FactTable): readonly Way[] {
  return Object.entries(facts).flatMap(([type, fact]) => waysOfFact(type, fact));
}

function waysOfFact(type: string, { about: words, shape, typed = {} }: Fact): Way[] {
  const { flag = kebab(type), gives, endsOn } = typed;
  const leads: readonly string[] = typeof gives === 'string' ? [gives] : (gives ?? []);
  const members = Object.entries(shape);
  const item = members.find(([, { kind }]) => kind === 'item')?.[1];
  const about = { type, isOfItem: item !== undefined, mayBeWhole: item?.isOptional === true, endsOn };
  const others = members.flatMap(([name, member]) => {
    const { kind } = member;
    if (
      leads.includes(name) ||
      name === typed.byChoice ||
      kind === 'item' ||
      kind === 'measure' ||
      kind === 'period'
    )
      return [];
    return kind === 'choice' && typed.choiceFlags?.includes(name)
      ? [choiceFlagsOf(name, member)]
      : [besideOf(name, member, typed)];
  });
  const beside = others.flatMap(({ options }) => options);
  const rest = (options: TypedOptions) =>
    Object.fromEntries(others.map(({ name, read }) => [name, read(options)]));
  const measure = members.find(([, { kind }]) => kind === 'measure')?.[0];
  if (measure !== undefined) {
    return measureTypings.map(({ beside: more, read, ...way }) => ({
      ...way,
      ...about,
      beside: [...beside, ...Object.entries(more).map(([flag, option]) => ({ flag, ...option }))],
      members: (options) => ({
        [measure]: withoutAbsent(read(String(options[way.flag]), `--${way.flag}`, options)),
        ...rest(options),
      }),
    }));
  }
  const lead = leadOf(shape, gives, endsOn);
  const way = (flag: string, words: string, chosen: object): Way => ({
    flag,
    placeholder: lead?.placeholder,
    about: [words.replace(/\.$/, ''), lead?.example].filter(Boolean).join(': '),
    ...about,
    beside,
    members: (options) => ({
      ...chosen,
      ...lead?.read(String(options[flag]), `--${flag}`),
      ...rest(options),
    }),
  });
  const { byChoice } = typed;
  const by = byChoice === undefined ? undefined : shape[byChoice];
  if (byChoice === undefined || by?.kind !== 'choice') return [way(flag, words, {})];
  return Object.entries(by.choices).map(([choice, { en }]) => way(choice, en, { [byChoice]: choice }));
}

/** The syntax of the option's value, and the members that it sets. */
function leadOf(
  shape: Fact['shape'],
  gives: Typed['gives'],
  endsOn: string | undefined,
):
  | { placeholder: string; example: string | undefined; read(text: string, option: string): object }
  | undefined {
  if (gives === undefined) return undefined;
  if (typeof gives !== 'string') {
    const [first, last] = gives;
    return {
      placeholder: 'period',
      example: periodExample,
      read(text, option) {
        const { from, to } = periodOf(text, option);
        return { [first]: from, [last]: to };
      },
    };
  }
  const member = shape[gives];
  if (!member || member.kind === 'measure') throw new Error(`No option can give ${gives}.`);
  const { placeholder, example, choices, read } = typingOf(member, gives === endsOn);
  return {
    placeholder: choices ? gives : placeholder,
    example: example ?? choices?.join(', '),
    read: (text, option) => ({ [gives]: read(text, option) }),
  };
}

/** The options of one member beside the one that states the fact. */
interface Beside {
  name: string;
  options: readonly FactOption[];
  read(typed: TypedOptions): unknown;
}

/** A member each of whose choices is an option. */
function choiceFlagsOf(name: string, { choices }: Extract<Member, { kind: 'choice' }>): Beside {
  const flags = Object.keys(choices);
  return {
    name,
    options: flags.map((flag) => ({ flag, about: choices[flag]?.en ?? flag })),
    read(typed) {
      const [given, second] = flags.filter((flag) => typed[flag] !== undefined);
      if (second)
        throw usage({
          en: `--${given} and --${second} in one entry; expected one of them.`,
          zh: `一条记录中有 --${given} 和 --${second}；应只取其一。`,
        });
      return given;
    },
  };
}

/** The option of a member beside the one that states the fact. */
function besideOf(
  name: string,
  member: Exclude<Member, { kind: 'measure' }>,
  { flags = {}, otherwise = {}, endsOn }: Typed,
): Beside {
  const flag = flags[name] ?? kebab(name);
  const { placeholder, example, choices, isList, read }: Typing = typingOf(member, name === endsOn);
  const about = [member.about.replace(/\.$/, ''), example].filter(Boolean).join(': ');
  return {
    name,
    options: [{ flag, placeholder, about, choices, isList, otherwise: otherwise[name] }],
    read(typed) {
      const value = typed[flag] ?? otherwise[name];
      return typeof value === 'string' ? read(value, `--${flag}`) : value;
    },
  };
}

function withoutAbsent(members: object): object {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

function kebab(name: string): string {
  return name.replace(/(?<!^)[A-Z]/g, '-$&').toLowerCase();
}
