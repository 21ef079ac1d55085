import type { Words } from '../../values/words.js';

/** The choices of a closed list with their words. */
export type Choices = Readonly<Record<string, Words>>;

/** The kind of a value; `src/http/dto` and `src/cli/input` each read every kind in one place. */
type Kind =
  /** The id of an item of the plan; an unplanned one is kept. */
  | { kind: 'item' }
  /** 1 to 64 of a-z, 0-9 and -; `named` are those that are no item of the plan. */
  | { kind: 'id'; named?: Choices }
  /** One line of up to `most` characters. */
  | { kind: 'text'; most: number }
  /** The same, in one language or in both. */
  | { kind: 'text-by-language'; most: number }
  | { kind: 'whole-number'; least: number; most: number; unit?: string }
  /** A percentage with two decimals, stored in basis points under another name. */
  | { kind: 'percent'; most: number; storedAs: string }
  | { kind: 'day' }
  | { kind: 'choice'; choices: Choices }
  /** One or more distinct choices. */
  | { kind: 'choices'; choices: Choices }
  | { kind: 'money' }
  /** A year, a quarter or a month: `2018`, `2018-Q2`, `2018-06`. */
  | { kind: 'calendar-period' }
  /** How far an item is. */
  | { kind: 'measure' }
  /** A month or two days, stored as `from` and `to`; callers may give those instead. */
  | { kind: 'period' }
  /**
   * When something is expected, in words; stored as `earliest`, `latest` and `isApproximate`, of which callers may give
   * the days instead.
   */
  | { kind: 'when' };

/** One member of a fact as a caller gives it. */
export type Member = Kind & {
  /** One sentence for the document of the API and the help of the terminal. */
  about: string;
  /** The label of its field in a form. */
  label?: Words;
  isOptional?: true;
  /** Its author writes it in their own words: it is sealed by the key of a person who signed in. */
  isPersonal?: true;
  /** Its name where it is stored, if that is another one. */
  storedAs?: string;
  /** The member without which this one means nothing. */
  beside?: string;
  /** What is stored when an optional member is absent. */
  otherwise?: string;
};

/** The members of a fact, in the order of forms. */
export type Shape = Readonly<Record<string, Member>>;

/** The subject of a statement about the project as a whole, where statements are grouped by item. */
export const wholeProject = '';

/** The id of the item that a statement is about; `wholeProject` if it names none. */
export function itemOf({ item }: { item?: string }): string {
  return item ?? wholeProject;
}

/** The item, or one step of it, that a fact is about. */
export const itemAndStep = {
  item: { kind: 'item', about: 'The item of the plan; one that no plan names is kept.' },
  step: { kind: 'id', about: 'One step of the item.', isOptional: true },
} as const satisfies Shape;
