import type { RowsPage } from '../client/answers.js';
import type { Client } from '../client/client.js';
import type { Terminal } from '../terminal.js';
import { nearNames } from './near-names.js';

/** The values by which projects are chosen, as they were typed. */
export interface Places {
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
  const { items, next } = (await client.get<RowsPage>('projects', { limit: '500' })).body;
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
