import type { AdoptedRules } from '../../domain/governance/rules.js';
import type { Parameters } from './ask.js';
import type { Adoption } from './replay/replay.js';

type AskVersions = (
  path: string,
  parameters: Parameters,
) => Promise<{ items: readonly { position: number | null; rules: AdoptedRules }[] }>;

/** All rules ever adopted, oldest first, each with the position from which it is in force; pass the caller's `ask`. */
export async function fetchAdoptions(ask: AskVersions): Promise<Adoption[]> {
  const { items } = await ask('/rules/versions', {});
  return items
    .flatMap(({ position, rules }) => (position === null ? [] : [{ position, rules }]))
    .sort((a, b) => a.position - b.position);
}
