import { Text } from '@mantine/core';
import type { Contradiction } from '../../../projections/contradictions/contradiction.js';
import { settlingWords } from '../../../projections/contradictions/settling.js';
import { knownDayWords } from '../../shared/figures.js';
import { useLanguage } from '../../shared/language.js';
import { Evidence } from '../evidence/evidence.js';
import lines from '../evidence/one-line.module.css';
import { useAuthor } from '../use/authors.js';
import { ExplainContradiction } from './explain-contradiction.js';
import { useProjectTexts } from './texts.js';

/** One contradiction: its words, what settles it, to whom it is put, and why it stays. */
export function ContradictionLine({
  project,
  contradiction,
  mayExplain,
}: {
  project: string;
  contradiction: Contradiction;
  mayExplain: boolean;
}) {
  const say = useProjectTexts();
  const language = useLanguage();
  const author = useAuthor();
  const { id, rule, since, sinceExactness, entries, words, state } = contradiction;
  const { settledBy, explanation, askedOf } = contradiction;
  const shown = [
    ...entries,
    ...(explanation ? [explanation.entry] : []),
    ...(settledBy === undefined ? [] : [settledBy]),
  ];
  return (
    <div className={lines.line} data-withdrawn={state === 'settled'}>
      <Text size="sm">{words[language]}</Text>
      <Text size="xs">
        {say('since', { day: knownDayWords(since, sinceExactness, language) })}
        {state !== 'open' && ` · ${say(state)}`} · <Evidence title={say('contradictions')} entries={shown} />
      </Text>
      {explanation && (
        <Text size="xs">
          {say('explainedBy', { author: author(explanation), reason: explanation.reason })}
        </Text>
      )}
      {state !== 'settled' && <Text size="xs">{settlingWords[rule][language]}</Text>}
      {askedOf && (
        <Text size="xs">
          {say('askedOf', { authors: askedOf.map(author).join(language === 'zh' ? '、' : ', ') })}
        </Text>
      )}
      {state === 'open' && mayExplain && <ExplainContradiction project={project} contradiction={id} />}
    </div>
  );
}
