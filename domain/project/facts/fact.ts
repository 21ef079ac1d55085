import type { GivenDay } from '../../values/day-marks.js';
import type { Day, Instant } from '../../values/days/calendar.js';
import type { Words } from '../../values/words.js';
import type { PlannedTotal } from './measure.js';
import type { Shape } from './members.js';

/** Upcasts the data of one schema to the next one, by the time at which it was recorded where that decides. */
export type Upcast = (data: Record<string, unknown>, recordedAt: Instant) => Record<string, unknown>;

/** Whether a day had passed when a fact was entered. */
export type HasPassed = (day: Day) => boolean;

/** What is known of a project when a fact about it is decided. */
export interface Known {
  /** The day of the fact. */
  asOf: Day;
  /** The last day that has begun. */
  latestDay: Day;
  /** The data of the live entries of a type, oldest first. */
  live(type: string): readonly object[];
}

/** The state of a project when an entry of it is put into words. */
export interface Speaker {
  item(id: string): Named | undefined;
  /** The words of the cause of a stall. */
  causeOf(stall: string): Words | undefined;
}

/** An item of the plan with its names and its total. */
interface Named extends PlannedTotal {
  name: Partial<Words>;
  steps?: readonly { id: string; name: Partial<Words> }[];
}

/** How a fact is typed at the terminal: `topout log PROJECT [ITEM] --FLAG ...`. */
export interface Typed {
  /** A member each of whose choices is an option that states the fact with that choice. */
  byChoice?: string;
  /** The option that states the fact; derived from its type when absent. */
  flag?: string;
  /** The member that this option sets, or the two ends of the period that it sets; without it the option has no value. */
  gives?: string | readonly [string, string];
  /** Options of members whose names differ from the member's. */
  flags?: Readonly<Record<string, string>>;
  /** Members whose choices are options of their own, without a value. */
  choiceFlags?: readonly string[];
  /** The terminal's default values of members. */
  otherwise?: Readonly<Record<string, string>>;
  /** The member with the last day of a period: an entry about a past period is of that day. */
  endsOn?: string;
}

/**
 * The descriptor of one kind of fact.
 *
 * @typeParam Data what is stored; a changed shape comes with an upcast and a golden file
 * @typeParam Stated what the caller states, where the stored data is completed from the project
 */
export interface Fact<Data extends object = object, Stated extends object = Data> {
  /** The current schema number. */
  schema: number;
  /** By old schema: the upcast to the next one. */
  upcasts?: Readonly<Record<number, Upcast>>;
  /** Its name in lists. */
  name: Words;
  /** Its meaning, for the API document. */
  about: string;
  /** The members that a caller gives. */
  shape: Shape;
  typed?: Typed;
  /**
   * Its subject; of two about one subject for one day the later one counts. The first part is the topic: entries of
   * different topics are never compared.
   */
  subject(data: Data): readonly [string, ...(string | undefined)[]];
  /** The stored data; the stated data by default. */
  complete?(stated: Stated, asOf: Day, corrected: Data | undefined, hasPassed: HasPassed): Data;
  /** @throws CommandRejected the fact cannot be true of this project */
  refuse?(data: Data, known: Known): void;
  /**
   * One sentence in each language.
   *
   * @param entry how exactly its day is known
   */
  words(data: Data, asOf: Day, speaker: Speaker, entry?: GivenDay): Words;
}

/** Facts by the type under which they are stored. */
export type FactTable = Readonly<Record<string, Fact>>;

/** Checks a descriptor against the type of its data. */
export function fact<Data extends object, Stated extends object = Data>(
  descriptor: Fact<Data, Stated>,
): Fact<Data, Stated> {
  return descriptor;
}
