import { callerHeaders } from '../../shared/caller.js';
import { remembered } from '../outbox/device.js';
import { noteReach } from '../outbox/reach.js';

/** Names by language, as the service answers them. */
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
  percentBasisPoints: number;
  status: string;
  unit?: string;
  of?: number;
  steps: { step: string; names: Names }[];
  /** How it was measured last. */
  kind?: string;
}

/** What can be logged of a project. */
export interface ProjectItems {
  items: ItemName[];
  stalls: { stall: string; cause: string; from: string }[];
}

/** The projects, and the business day of the service together with the day of the device on which it said so. */
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

/** All projects: as they are now where the service answers, else as they were known last. */
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
    items: (Omit<ItemName, 'steps' | 'kind' | 'names'> & {
      name: string;
      names?: Names;
      steps?: { step: string; name: string; names?: Names }[];
      said?: { measure: { kind: string; of?: number; unit?: string } };
    })[];
  };
  stalls: { episodes: { stall: string; cause: string; from: string; status: string }[] };
}

/** The items and open stalls of a project, as they are now or as they were known last. */
export async function itemsOf(project: string): Promise<ProjectItems | undefined> {
  try {
    const { completion, stalls }: View = await asked(`/projects/${encodeURIComponent(project)}`);
    const items = completion.items.map(({ item, name, names, parent, isGroup, said, ...rest }) => ({
      item,
      names: names ?? { en: name, zh: name },
      ...(parent === undefined ? {} : { parent }),
      isGroup,
      percentBasisPoints: rest.percentBasisPoints,
      status: rest.status,
      ...(said?.measure.of === undefined ? {} : { of: said.measure.of }),
      ...(said?.measure.unit === undefined ? {} : { unit: said.measure.unit }),
      ...(said ? { kind: said.measure.kind } : {}),
      steps: (rest.steps ?? []).map((one) => ({
        step: one.step,
        names: one.names ?? { en: one.name, zh: one.name },
      })),
    }));
    const open = stalls.episodes.filter(({ status }) => status === 'open');
    const known = { items, stalls: open.map(({ stall, cause, from }) => ({ stall, cause, from })) };
    await remembered.set(`items/${project}`, known);
    return known;
  } catch {
    return remembered.get<ProjectItems>(`items/${project}`);
  }
}

/** Projects whose items are fetched ahead, so that they can be logged where there is no network. */
const fetchedAhead = 40;

/** Remembers the items of projects, those used last first. */
export async function fetchAhead(projects: readonly string[]): Promise<void> {
  for (const project of projects.slice(0, fetchedAhead)) if (!(await itemsOf(project))) return;
}

async function asked<Answer>(address: string): Promise<Answer> {
  let answer: Response;
  let body: Answer;
  try {
    const headers = { Accept: 'application/json', ...callerHeaders() };
    answer = await fetch(address, { headers, signal: AbortSignal.timeout(10_000) });
    // A page in its place, such as a login, is no answer of the service.
    body = (await answer.json()) as Answer;
  } catch (cause) {
    noteReach(false);
    throw cause;
  }
  noteReach(answer.ok || answer.status === 404);
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  return body;
}
