import type { Day, Instant } from '../../../domain/values/days/calendar.js';
import type { Uuid } from '../../../domain/values/uuid.js';
import type { Page, PageOf } from '../queries/asked.js';

/** Reads that are recorded: of the whole log, of what many projects were known as earlier, and of the names of people. */
export const readKinds = ['log', 'replay', 'people'] as const;
export type ReadKind = (typeof readKinds)[number];

/** What somebody read; nothing of it is personal data of those it is about. */
export interface ReadSaid {
  /** Who read. */
  person: Uuid;
  /** The public id of the key, device or session. */
  credential: string;
  kind: ReadKind;
  /** The route, as a template. */
  route: string;
  /** The day that was asked about. */
  asOf?: Day;
  /** The position up to which it was known. */
  knownAt?: number;
  /** The same of the second moment; of a comparison only. */
  toAsOf?: Day;
  toKnownAt?: number;
  /** The first and the last position that were read; of the log only. */
  from?: number;
  to?: number;
  /** The person that was read about. */
  about?: Uuid;
  /** How many results. */
  count: number;
}

/** Reads of one person and one range within a second. */
export interface ReadRecorded extends ReadSaid {
  read: number;
  at: Instant;
  /** How many requests. */
  requests: number;
}

/** The log of reads, apart from the events; kept for a number of days. */
export interface Reads {
  /** Records a read within a second. */
  record(said: ReadSaid): void;
  /** True while the last ones could not be written: then nothing that has to be recorded may be read. */
  isFailing(): boolean;
  /** The recorded reads, latest first. @throws Refused `cursor-invalid` */
  page(page: Page, filter: { person?: string; kind?: ReadKind }): PageOf<ReadRecorded>;
}
