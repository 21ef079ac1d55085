import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { GrownTotal } from '../../../projections/completion/grown.js';
import type { JournalEntry } from '../../../projections/project/journal.js';
import { provenanceWords } from '../../../projections/words/source-words.js';
import { instantWords, knownDayWords } from '../../shared/figures.js';
import { useLanguage } from '../../shared/language.js';
import { useAuthor } from '../use/authors.js';
import styles from './one-line.module.css';
import { useEvidenceTexts } from './texts.js';

/** One entry in plain words, with both clocks, author and source. */
export function OneLine({
  line,
  beside,
  grown = [],
  action,
}: {
  line: JournalEntry;
  beside?: JournalEntry | undefined;
  /** The totals that grew by it. */
  grown?: readonly Pick<GrownTotal, 'words'>[];
  /** What can be done about it. */
  action?: ReactNode;
}) {
  const say = useEvidenceTexts();
  const language = useLanguage();
  const by = useAuthor()(line);
  const { words, asOf, recordedAt, position, source, withdrawn } = line;
  const recorded = say('recorded', { instant: instantWords(recordedAt, language), by, position });
  return (
    <div className={styles.line} data-withdrawn={withdrawn !== undefined}>
      <Text size="sm" fw={600} td={withdrawn ? 'line-through' : undefined}>
        {words[language]}
      </Text>
      <Text size="xs">
        {say('onDay', { day: knownDayWords(asOf, line, language) })} · {recorded} ·{' '}
        {provenanceWords(line)[language]}
      </Text>
      {grown.map(({ words: more }) => (
        <Text key={more.en} size="xs">
          {more[language]}
        </Text>
      ))}
      {'quote' in source && source.quote && (
        <Text size="xs" fs="italic">
          {say('quote', { quote: source.quote })}
        </Text>
      )}
      {'note' in source && source.note && <Text size="xs">{source.note}</Text>}
      {withdrawn && (
        <Text size="xs" c="var(--bad)">
          {say('withdrawn', { reason: withdrawn.reason })}
        </Text>
      )}
      {beside && (
        <Text size="xs" className={styles.beside}>
          {say(line.corrects === beside.id ? 'corrects' : 'correctedBy')}: {beside.words[language]}
        </Text>
      )}
      {action}
    </div>
  );
}
