import { exitCodes } from '../../composition/exit-codes.js';
import type { RowsPage } from '../client/answers.js';
import type { Client } from '../client/client.js';
import { Failure, inOtherWords } from '../client/failure.js';
import type { Terminal } from '../terminal.js';
import { nearNames } from './near-names.js';

/**
 * Requests a project, and suggests similar ones if it does not exist.
 *
 * Only the first 500 projects are checked.
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
    const { items } = await firstRows(client);
    const known = items.map((row) => ({
      id: row.project,
      names: [row.names.en, row.names.zh, ...(row.aliases ?? [])].filter((name) => name !== undefined),
    }));
    const near = nearNames(project, known).filter((id) => id !== project);
    if (near.length === 0) throw error;
    throw inOtherWords(error, (said, language) =>
      language === 'zh' ? `${said}是否为：${near.join('、')}？` : `${said} Did you mean: ${near.join(', ')}?`,
    );
  }
}

/** There is none with that id, or it is a name and not an id. */
function isAboutProject({ exitCode, problem }: Failure): boolean {
  return exitCode === exitCodes.notFound || problem.errors?.[0]?.member === 'project';
}

/** The values by which projects are chosen, as they were typed. */
interface Places {
  project?: readonly string[] | string;
  district?: readonly string[] | string;
  sector?: readonly string[] | string;
}

/**
 * Warns of each value that no project has, with those that may have been meant: what is chosen by it is silent.
 *
 * Nothing is said when there are more than 500 projects, because not all of them are looked at.
 */
export async function warnOfUnknown(client: Client, terminal: Terminal, places: Places): Promise<void> {
  const kinds = (['project', 'district', 'sector'] as const).map((kind) => ({
    kind,
    typed: [places[kind] ?? []].flat(),
  }));
  if (kinds.every(({ typed }) => typed.length === 0)) return;
  const { items, next } = await firstRows(client);
  if (next !== undefined) return;
  for (const { kind, typed } of kinds) {
    const known = [...new Set(items.map((row) => row[kind]))].filter((value) => value !== undefined);
    for (const value of typed.filter((one) => !known.includes(one))) {
      const near = nearNames(
        value,
        known.map((id) => ({ id, names: [] })),
      );
      const hint = near.length === 0 ? '' : ` Did you mean: ${near.join(', ')}?`;
      terminal.err(`topout: No project has ${kind} "${value}", so nothing is found by it.${hint}`);
    }
  }
}

async function firstRows(client: Client): Promise<RowsPage> {
  return (await client.get<RowsPage>('projects', { limit: '500' })).body;
}
