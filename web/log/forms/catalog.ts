import { type Decimal, decimalText } from '../../../domain/values/decimal.js';
import { callerHeaders } from '../../shared/caller.js';
import { remembered } from '../outbox/device.js';
import { beginRequest } from '../outbox/reach.js';

/** Names by language, as the service returns them. */
export type Names = Partial<Record<'en' | 'zh', string>>;

export interface ProjectName {
  project: string;
  names: Names;
  aliases: string[];
  district?: string;
}

export interface ItemName {
  item: string;
  names: Names;
  parent?: string;
  isGroup: boolean;
  /** What was stated at least; an item of an earlier version of this page has none. */
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
}

/** What can be logged for a project. */
export interface ProjectItems {
  items: ItemName[];
  /** What was stated at least of the project as a whole. */
  floorBasisPoints?: number;
  stalls: OpenStall[];
}

/** The projects, the service's business day, and the device's day when the service reported it. */
export interface Catalog {
  projects: ProjectName[];
  businessDay: string;
  saidOn: string;
}

interface Row {
  project: string;
  name: string;
  names?: Names;
  aliases?: string[];
  district?: string;
}

/** All projects: current ones if the service responds, else the last known. */
export async function catalog(deviceDay: string): Promise<Catalog | undefined> {
  try {
    const projects: ProjectName[] = [];
    let businessDay = deviceDay;
    for (let cursor: string | undefined = ''; cursor !== undefined; ) {
      const page: { asOf: string; items: Row[]; next?: string } = await asked(
        `/projects?limit=500${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
      );
      businessDay = page.asOf;
      projects.push(
        ...page.items.map(({ project, name, names, aliases = [], district }) => ({
          project,
          names: names ?? { en: name, zh: name },
          aliases,
          ...(district ? { district } : {}),
        })),
      );
      cursor = page.next;
    }
    const known = { projects, businessDay, saidOn: deviceDay };
    await remembered.set('projects', known);
    return known;
  } catch {
    return remembered.get<Catalog>('projects');
  }
}

interface View {
  completion: {
    floorBasisPoints: number;
    items: (Omit<ItemName, 'steps' | 'kind' | 'names'> & {
      name: string;
      names?: Names;
      steps?: { step: string; name: string; names?: Names }[];
      said?: { measure: { kind: string; of?: number | Decimal; unit?: string } };
    })[];
  };
  stalls: { episodes: (OpenStall & { status: string })[] };
}

/** The items and open stalls of a project: current ones, else the last known. */
export async function itemsOf(project: string): Promise<ProjectItems | undefined> {
  try {
    const { completion, stalls }: View = await asked(`/projects/${encodeURIComponent(project)}`);
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
    const { floorBasisPoints } = completion;
    const known = {
      items,
      floorBasisPoints,
      stalls: open.map(({ stall, item, cause, from }) => ({ stall, ...(item ? { item } : {}), cause, from })),
    };
    await remembered.set(`items/${project}`, known);
    return known;
  } catch {
    return remembered.get<ProjectItems>(`items/${project}`);
  }
}

function digits(amount: number | Decimal): string {
  return typeof amount === 'number' ? String(amount) : decimalText(amount);
}

/** Number of projects whose items are prefetched, so that they can be logged offline. */
const fetchedAhead = 40;

/** Caches the items of projects, most recently used first. */
export async function fetchAhead(projects: readonly string[]): Promise<void> {
  for (const project of projects.slice(0, fetchedAhead)) if (!(await itemsOf(project))) return;
}

async function asked<Answer>(address: string): Promise<Answer> {
  const noteReach = beginRequest();
  let answer: Response;
  let body: Answer;
  try {
    const headers = { Accept: 'application/json', ...callerHeaders() };
    answer = await fetch(address, { headers, signal: AbortSignal.timeout(10_000) });
    // A login page, for example, is not an answer of the service.
    body = (await answer.json()) as Answer;
  } catch (cause) {
    noteReach(false);
    throw cause;
  }
  noteReach(answer.ok || answer.status === 404);
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  return body;
}
