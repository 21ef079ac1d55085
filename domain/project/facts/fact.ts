import type { Day } from '../../values/calendar.js';
import type { Words } from '../../values/words.js';
import type { Shape } from './members.js';

/** Turns the data of one schema into that of the next one. */
export type Upcast = (data: Record<string, unknown>) => Record<string, unknown>;

/** What is known of a project when a fact about it is decided. */
interface Known {
  /** The last day that has begun. */
  latestDay: Day;
  /** The data of the entries of a type that nobody withdrew, oldest first. */
  live(type: string): readonly object[];
}

/** What is known of a project when an entry of it is put into words. */
export interface Speaker {
  item(id: string): Named | undefined;
  /** The words of the cause of a stall. */
  causeOf(stall: string): Words | undefined;
}

/** An item of the plan with its names. */
interface Named {
  name: Partial<Words>;
  steps?: readonly { id: string; name: Partial<Words> }[];
}

/** How a fact is typed at the terminal: `topout log PROJECT [ITEM] --FLAG ...`. */
export interface Typed {
  /** The option that states the fact; made from its type when absent. */
  flag?: string;
  /** The member that this option gives, or the two ends of the period that it gives; without it the option has no value. */
  gives?: string | readonly [string, string];
  /** Options of members that are not called like the member. */
  flags?: Readonly<Record<string, string>>;
  /** What the terminal sends for members that nobody typed. */
  otherwise?: Readonly<Record<string, string>>;
  /** The member with the last day of a period: an entry about a period that is over is of that day. */
  endsOn?: string;
}

/**
 * Everything that Topout knows of one kind of fact.
 *
 * @typeParam Data what is stored; a changed shape comes with an upcast and a golden file
 * @typeParam Stated what the caller states, where the stored data is completed from the project
 */
export interface Fact<Data extends object = object, Stated extends object = Data> {
  /** The number of today's stored shape. */
  schema: number;
  /** By old schema: what makes the next one out of it. */
  upcasts?: Readonly<Record<number, Upcast>>;
  /** Its name in lists. */
  name: Words;
  /** What it says, for the document of the API. */
  about: string;
  /** The members that a caller gives. */
  shape: Shape;
  typed?: Typed;
  /**
   * What it is about; of two about one subject for one day the later one counts. The first part is the topic: entries of
   * different topics are never compared.
   */
  subject(data: Data): readonly [string, ...(string | undefined)[]];
  /** The stored data; what was stated when absent. */
  complete?(stated: Stated, asOf: Day, corrected: Data | undefined): Data;
  /** @throws CommandRejected the fact cannot be true of this project */
  refuse?(data: Data, known: Known): void;
  /** One sentence in each language. */
  words(data: Data, asOf: Day, speaker: Speaker): Words;
}

/** Facts by the type under which they are stored. */
export type FactTable = Readonly<Record<string, Fact>>;

/** Checks a descriptor against the type of its data. */
export function fact<Data extends object, Stated extends object = Data>(
  descriptor: Fact<Data, Stated>,
): Fact<Data, Stated> {
  return descriptor;
}
