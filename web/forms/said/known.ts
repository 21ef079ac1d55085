import { type Exactness } from '../../../domain/values/day-marks.js';
import { type Decimal, decimalText } from '../../../domain/values/decimal.js';
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
}

/** A stall that is not over. */
interface OpenStall {
  stall: string;
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
  stalls: OpenStall[];
}

/** A project of which nothing is known. */
export const nothingKnown: ProjectItems = { items: [], stalls: [] };

/** The members of the answer to `GET /projects/{id}` that forms need. */
export interface ProjectSeen {
  completion: {
    floorBasisPoints: number;
    items: readonly (Omit<ItemName, 'steps' | 'kind' | 'names'> & {
      name: string;
      names?: Names;
      steps?: readonly { step: string; name: string; names?: Names }[];
      said?: { measure: { kind: string; of?: number | Decimal; unit?: string } };
    })[];
  };
  stalls: { episodes: readonly (OpenStall & { status: string })[] };
}

/** The items and open stalls in the answer of the service. */
export function itemsIn({ completion, stalls }: ProjectSeen): ProjectItems {
  const items = completion.items.map(({ item, name, names, parent, isGroup, said, ...rest }) => ({
    item,
    names: names ?? { en: name, zh: name },
    ...(parent === undefined ? {} : { parent }),
    isGroup,
    floorBasisPoints: rest.floorBasisPoints ?? 0,
    percentBasisPoints: rest.percentBasisPoints,
    status: rest.status,
    ...(said?.measure.of === undefined ? {} : { of: digits(said.measure.of) }),
    ...(said?.measure.unit === undefined ? {} : { unit: said.measure.unit }),
    ...(said ? { kind: said.measure.kind } : {}),
    steps: (rest.steps ?? []).map((one) => ({
      step: one.step,
      names: one.names ?? { en: one.name, zh: one.name },
    })),
  }));
  const open = stalls.episodes.filter(({ status }) => status === 'open');
  return {
    items,
    floorBasisPoints: completion.floorBasisPoints,
    stalls: open.map(({ stall, item, cause, from, fromExactness }) =>
      omitUndefined({ stall, item, cause, from, fromExactness }),
    ),
  };
}

function digits(amount: number | Decimal): string {
  return typeof amount === 'number' ? String(amount) : decimalText(amount);
}
