import { type Decimal, decimalText } from '../../../domain/values/amounts/decimal.js';
import { type Exactness } from '../../../domain/values/day-marks.js';
import { omitUndefined } from '../../../domain/values/omit-undefined.js';

/** Names by language, as the service returns them. */
export type Names = Partial<Record<'en' | 'zh', string>>;

export interface ItemName {
  item: string;
  names: Names;
  parent?: string;
  isGroup: boolean;
  /** What was stated at least; an item of an earlier version of the phone's page has none. */
  floorBasisPoints?: number;
  percentBasisPoints: number;
  status: string;
  unit?: string;
  /** The total, in digits. */
  of?: string;
  steps: { step: string; names: Names }[];
  /** The latest measure. */
  kind?: string;
  /** The day of the latest report. */
  saidOn?: string;
  /** Share of the whole project. */
  shareBasisPoints?: number;
  /** The plan cancels it. */
  isCancelled?: true;
}

/** A stall that is not over. */
export interface OpenStall {
  stall: string;
  /** What it blocks: works, production, staffing; absent in what an earlier version of the phone's page kept. */
  blocks?: string[];
  /** The stalled item; the whole project when absent. */
  item?: string;
  cause: string;
  from: string;
  fromExactness?: Exactness;
}

/** What can be logged for a project. */
export interface ProjectItems {
  items: ItemName[];
  /** What was stated at least of the project as a whole. */
  floorBasisPoints?: number;
  /** Completion of the project; absent in what an earlier version of the phone's page kept. */
  completion?: ProjectCompletion;
  stalls: OpenStall[];
}

/** Completion of a project, in basis points, and how many of its items are reported. */
interface ProjectCompletion {
  floorBasisPoints: number;
  percentBasisPoints: number;
  ceilingBasisPoints: number;
  reportedItems: number;
  plannedItems: number;
}

/** A project of which nothing is known. */
export const nothingKnown: ProjectItems = { items: [], stalls: [] };

/** The members of the answer to `GET /projects/{id}` that forms need. */
export interface ProjectSeen {
  completion: ProjectCompletion & {
    items: readonly (Omit<ItemName, 'steps' | 'kind' | 'names' | 'saidOn'> & {
      /** In the language of the answer, or as a fold gives it. */
      name: string | Names;
      names?: Names;
      steps?: readonly { step: string; name: string | Names; names?: Names }[];
      said?: { asOf?: string; measure: { kind: string; of?: number | Decimal; unit?: string } };
    })[];
  };
  stalls: { episodes: readonly (OpenStall & { status: string })[] };
}

/** The items and open stalls in the answer of the service. */
export function itemsIn({ completion, stalls }: ProjectSeen): ProjectItems {
  const items = completion.items.map(({ item, name, names, parent, isGroup, said, ...rest }) => ({
    item,
    names: names ?? namesOf(name),
    ...(parent === undefined ? {} : { parent }),
    isGroup,
    floorBasisPoints: rest.floorBasisPoints ?? 0,
    percentBasisPoints: rest.percentBasisPoints,
    status: rest.status,
    ...(said?.measure.of === undefined ? {} : { of: digits(said.measure.of) }),
    ...(said?.measure.unit === undefined ? {} : { unit: said.measure.unit }),
    ...(said ? { kind: said.measure.kind } : {}),
    ...(said?.asOf === undefined ? {} : { saidOn: said.asOf }),
    ...(rest.shareBasisPoints === undefined ? {} : { shareBasisPoints: rest.shareBasisPoints }),
    ...(rest.isCancelled ? { isCancelled: rest.isCancelled } : {}),
    steps: (rest.steps ?? []).map((one) => ({
      step: one.step,
      names: one.names ?? namesOf(one.name),
    })),
  }));
  const open = stalls.episodes.filter(({ status }) => status === 'open');
  return {
    items,
    floorBasisPoints: completion.floorBasisPoints,
    completion: completionIn(completion),
    stalls: open.map(({ stall, item, cause, from, fromExactness, blocks }) =>
      omitUndefined({ stall, item, cause, from, fromExactness, blocks }),
    ),
  };
}

function completionIn({
  floorBasisPoints,
  percentBasisPoints,
  ceilingBasisPoints,
  reportedItems,
  plannedItems,
}: ProjectCompletion): ProjectCompletion {
  return { floorBasisPoints, percentBasisPoints, ceilingBasisPoints, reportedItems, plannedItems };
}

function namesOf(name: string | Names): Names {
  return typeof name === 'string' ? { en: name, zh: name } : name;
}

function digits(amount: number | Decimal): string {
  return typeof amount === 'number' ? String(amount) : decimalText(amount);
}
