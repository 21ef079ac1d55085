import { Text } from '@mantine/core';
import type { CompletionView, ItemCompletion } from '../../../../projections/completion/completion.js';
import type { JournalEntry } from '../../../../projections/project/journal.js';
import { percentWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import { Evidence } from '../../evidence/evidence.js';
import { useProjectTexts } from '../texts.js';

/** The line of the journal of an entry. */
export type LineOf = (entry: string) => JournalEntry | undefined;

const bounds = ['floor', 'percent', 'ceiling'] as const;

/** The entry that set each of the three figures of an item or of the whole project, where these are several. */
export function BoundSources({
  of,
  lineOf,
}: {
  of: Pick<
    ItemCompletion | CompletionView,
    'setBy' | 'floorBasisPoints' | 'percentBasisPoints' | 'ceilingBasisPoints'
  >;
  lineOf: LineOf;
}) {
  const say = useProjectTexts();
  const language = useLanguage();
  const { setBy } = of;
  if (!setBy) return null;
  const bySource = Map.groupBy(bounds, (bound) => setBy[bound]);
  return [...bySource].map(([entry, set]) => {
    const figures = set
      .map((bound) => say(`bound.${bound}`, { percent: percentWords(of[`${bound}BasisPoints`], language) }))
      .join(say('comma'));
    return (
      <Text key={entry ?? ''} size="xs">
        {figures}
        {say('colon')}
        {entry === undefined ? (
          say('fromParts')
        ) : (
          <Evidence title={figures} entries={[entry]}>
            {lineOf(entry)?.words[language] ?? say('source')}
          </Evidence>
        )}
      </Text>
    );
  });
}
