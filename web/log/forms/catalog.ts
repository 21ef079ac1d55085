import { itemsIn, type Names, type ProjectItems, type ProjectSeen } from '../../forms/said/known.js';
import { callerHeaders } from '../../shared/caller-headers.js';
import { remembered } from '../../shared/known-answers.js';
import { ownSelf } from '../../shared/self.js';
import { beginRequest } from '../outbox/reach.js';

export interface ProjectName {
  project: string;
  names: Names;
  aliases: string[];
  district?: string;
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

/** The items and open stalls of a project: current ones, else the last known. */
export async function itemsOf(project: string): Promise<ProjectItems | undefined> {
  try {
    const known = itemsIn(await asked<ProjectSeen>(`/projects/${encodeURIComponent(project)}`));
    await remembered.set(`items/${project}`, known);
    return known;
  } catch {
    return remembered.get<ProjectItems>(`items/${project}`);
  }
}

/** Number of projects whose items are prefetched, so that they can be logged offline. */
const fetchedAhead = 40;

/** Caches the items of projects, most recently used first. */
export async function fetchAhead(projects: readonly string[]): Promise<void> {
  for (const project of projects.slice(0, fetchedAhead)) if (!(await itemsOf(project))) return;
}

/** Asks the service, and notes whether it answered. */
export async function asked<Answer>(address: string): Promise<Answer> {
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
  const isRefused = /problem\+json/.test(answer.headers.get('content-type') ?? '');
  const isOfAccess = answer.status === 401 || answer.status === 403;
  noteReach(answer.ok || answer.status === 404 || (isRefused && isOfAccess));
  if (isRefused && isOfAccess) void ownSelf.look();
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  return body;
}
