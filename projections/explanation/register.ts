import { entriesOf, wordsOf } from '../contradictions/contradiction.js';
import type { Found } from '../contradictions/contradictions.js';
import { exactly } from './terms/exact.js';
import { leaf, nothing, type Term, total } from './terms/term.js';

/** How many contradictions of a project are open, by each of them. */
export function openContradictions(unsettled: readonly Found[]): Term {
  const of = {
    name: { en: 'Open contradictions', zh: '未解决的矛盾' },
    unit: 'count',
    figure: 'contradictions',
  } as const;
  const parts = unsettled
    .filter(({ state }) => state === 'open')
    .map(({ id, finding, speaker }) => {
      const [words, entries] = [wordsOf(finding, speaker), entriesOf(finding)];
      const name = { en: `Contradiction ${id}`, zh: `矛盾 ${id}` };
      return { term: leaf('stated', exactly(1), { name, unit: 'count', words, entries }) };
    });
  return parts.length > 0 ? total(parts, of) : nothing(0, of);
}
