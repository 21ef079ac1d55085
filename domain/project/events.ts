import type { Decimal } from '../values/amounts/decimal.js';
import type { Money } from '../values/amounts/money.js';
import type { ByLanguage } from '../values/by-language.js';
import type { GivenDay } from '../values/day-marks.js';
import type { Day, Instant } from '../values/days/calendar.js';
import type { Uuid } from '../values/uuid.js';
import type { FactData } from './facts/facts.js';
import type { ItemStage } from './stages.js';

export type { Precision } from '../values/day-marks.js';
export type { Measure } from './facts/measure.js';
export type { Stage } from './facts/stage-entered.js';
export type { Blocked, EpisodeCause, StallCause } from './facts/stall-declared.js';

/** A text in the given languages; at least one of them is present. */
export interface Names {
  en?: string;
  zh?: string;
}

/**
 * The source of a fact, with a remark of its author. A report has the document and the paragraph, and may quote
 * it; `unstated` means that nobody said where the fact comes from, and is no inspection.
 */
export type Source =
  | { kind: 'inspection'; note?: string }
  | { kind: 'report'; document: string; paragraph?: string; quote?: string; note?: string }
  | { kind: 'import'; document?: string; line?: number; note?: string }
  | { kind: 'unstated'; note?: string }
  | { kind: 'system' };

/** A file kept outside the log, by the digest of its bytes. */
export interface Attachment {
  /** Hexadecimal SHA-256, lower case. */
  sha256: string;
  name: string;
  /** A media type such as `image/jpeg`. */
  type: string;
  bytes: number;
}

/** A text that is encrypted under a key that can be destroyed; nonce and text in base64url. */
export interface SealedText {
  /** The holder of the key. */
  key: string;
  nonce: string;
  /** Ciphertext and tag. */
  text: string;
}

/** The metadata of every entry beside its fact. */
export interface EntryMetadata extends GivenDay {
  source: Source;
  /** Where on the site, in its own words: a building, an axis, a chainage. */
  place?: string;
  /** For whom the author entered it, such as a builder without a phone: a name as it was given, which gives no rights. */
  onBehalfOf?: string;
  attachments?: Attachment[];
  /** How far it is known that the author is who `by` says; `stated` when absent. `signed` is reserved. */
  verification?: 'stated' | 'signed-in' | 'signed';
  /**
   * As stored, the texts of a person, by the path of the member that each replaces, such as `source.note` or `data.reason`;
   * they are opened on reading.
   */
  sealed?: Record<string, SealedText>;
  /** The entry that this one replaces. */
  corrects?: Uuid;
  correlationId?: string;
  causationId?: string;
}

export type MeasureKind = 'done' | 'percent' | 'count' | 'quantity' | 'storeys' | 'steps';

/** One part of an item measured in steps, in order. */
export interface PlanStep {
  id: string;
  name: Names;
  weight: number;
}

/** One piece of planned work. A plan is a tree of them; weights count among the items with the same parent. */
export interface WorkItem {
  id: string;
  name: Names;
  parent?: string;
  /** Share among its siblings, a whole number; 0 is shown and not counted. */
  weight: number;
  measure: MeasureKind;
  /** The total, for `count` and `storeys`. */
  of?: number;
  /** The total, for `quantity`. */
  total?: Decimal;
  /** Storeys below ground, for `storeys`. */
  below?: number;
  unit?: string;
  steps?: PlanStep[];
  plannedStart?: Day;
  plannedFinish?: Day;
  plannedCost?: Money;
  /** Predecessors, items or groups: it cannot be further along than they are. */
  after?: string[];
  /** The item that is done when this one is: topping out states the structure. */
  states?: string;
  /** It will not be built: it stays in the plan, and its weight is 0. */
  isCancelled?: true;
  /** The stage that reaches this item; an item without one is works, which the stage `built` states done. */
  stage?: ItemStage;
}

export interface Capacity {
  amount: number;
  unit: string;
  per: 'year' | 'month' | 'day';
}

export interface ProjectDetails {
  name: Names;
  aliases?: string[];
  owner?: ByLanguage;
  district?: ByLanguage;
  sector?: ByLanguage;
  phase?: ByLanguage;
  capacity?: Capacity;
  codes?: { scheme: string; value: string }[];
  /** IANA name; `Asia/Shanghai` when absent. */
  timeZone?: string;
}

/** The investment planned for a calendar year, and for months of it. */
export interface AnnualInvestment {
  year: number;
  investment: Money;
  /** Targets of single months, each in the currency of the plan; 1 is January. */
  months?: { month: number; investment: Money }[];
}

export interface Plan {
  items: WorkItem[];
  plannedInvestment?: Money;
  annualPlans?: AnnualInvestment[];
  /** The source of the weights: `stated`, or `template:NAME`, or `example`. */
  basis: string;
  /** The name under which slips are measured against this plan, also after later ones: `approved design`. */
  baseline?: string;
  /** Ids whose entries move to another name or place. */
  renames?: Rename[];
}

/** The entries of an item, or of one step of it, move to its current name in the plan; a name, or a path with ` / `. */
export interface Rename {
  id: string;
  step?: string;
  from: string;
  to: string;
}

/** The stored contract: the content of each event. A changed shape needs an upcast and a golden file. */
export interface EventData extends FactData {
  /** Recorded by an administrator or an import, once, first in the stream. */
  ProjectRegistered: ProjectDetails;
  /** Recorded by an administrator: the changed details. */
  ProjectDescribed: Partial<ProjectDetails>;
  /** Recorded by an administrator: the whole new plan; versions count from 1. */
  PlanAdopted: Plan & { version: number };
  /** Recorded by an inspector or after an auditor's finding; the entry stays in the journal and leaves every figure. */
  EntryWithdrawn: { entry: string; reason: string };
  /** Recorded by whom a contradiction is put to, or who sets up the project: why it stays, and the entries that it named then. */
  ContradictionExplained: { contradiction: string; entries: Uuid[]; reason: string };
}

export type EventType = keyof EventData;

/** What a store adds to a recorded event. */
export interface Recorded {
  /** UUID, lower case, unique in the whole store. */
  id: string;
  stream: string;
  /** 0, 1, 2 ... in the stream. */
  revision: number;
  /** Order in the whole store; a store may leave gaps. */
  position: number;
  schema: number;
  recordedAt: Instant;
  /** Opaque principal. */
  by: string;
}

/** A new event: what `decide` returns and a store appends. */
export type ProjectEvent<T extends EventType = EventType> = {
  [K in T]: { type: K; data: EventData[K]; entry: EntryMetadata };
}[T];

/** An event of a project's own stream as a store returns it. */
export type RecordedEvent<T extends EventType = EventType> = ProjectEvent<T> & Recorded;

const prefix = 'project-';
export const streamOf = (projectId: string): string => prefix + projectId;
export const projectOf = (stream: string): string => stream.slice(prefix.length);
export const isProjectStream = (stream: string): boolean => stream.startsWith(prefix);
