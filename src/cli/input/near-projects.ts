import { exitCodes } from '../../composition/exit-codes.js';
import type { RowsPage } from '../client/answers.js';
import type { Client } from '../client/client.js';
import { Failure } from '../client/failure.js';
import { nearNames } from './near-names.js';

/**
 * Asks about a project, and names the projects that may have been meant when there is no such one.
 *
 * Only the first 500 projects are looked at.
 */
export async function askedOf<Result>(
  client: Client,
  project: string,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Failure) || !isAboutProject(error)) throw error;
    const { items } = (await client.get<RowsPage>('projects', { limit: '500' })).body;
    const known = items.map((row) => ({
      id: row.project,
      names: [row.names.en, row.names.zh, ...(row.aliases ?? [])].filter((name) => name !== undefined),
    }));
    const near = nearNames(project, known).filter((id) => id !== project);
    if (near.length === 0) throw error;
    const detail = `${error.problem.detail} Did you mean: ${near.join(', ')}?`;
    throw new Failure({ ...error.problem, detail }, error.exitCode, { cause: error });
  }
}

/** There is none of that id, or it cannot be an id because it is a name. */
function isAboutProject({ exitCode, problem }: Failure): boolean {
  return exitCode === exitCodes.notFound || problem.errors?.[0]?.member === 'project';
}
