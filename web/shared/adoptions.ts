import type { AdoptedLexicon } from '../../domain/governance/lexicons.js';
import type { AdoptedRules } from '../../domain/governance/rules.js';
import type { Parameters } from './ask.js';
import type { Adoption } from './replay/replay.js';

/** All versions of rules or of a lexicon; what comes with Topout has no position. */
type AskVersions = <Version>(
  path: string,
  parameters: Parameters,
) => Promise<{ items: readonly (Version & { position: number | null })[] }>;

/** All rules and lexicons ever adopted, oldest first, each with the position from which it is in force; pass the caller's `ask`. */
export async function fetchAdoptions(ask: AskVersions): Promise<Adoption[]> {
  const [rules, lexicons] = await Promise.all([
    ask<{ rules: AdoptedRules }>('/rules/versions', {}),
    ask<{ lexicon: AdoptedLexicon }>('/lexicon/versions', {}),
  ]);
  return [
    ...rules.items.flatMap(({ position, rules }) => (position === null ? [] : [{ position, rules }])),
    ...lexicons.items.flatMap(({ position, lexicon }) => (position === null ? [] : [{ position, lexicon }])),
  ].sort((a, b) => a.position - b.position);
}
