import { Text } from '@mantine/core';
import type { LexiconSet } from '../../../../domain/governance/lexicons.js';
import { isSame } from '../../../../domain/values/equal.js';
import type { WordRange } from '../../../../domain/values/lexicon.js';
import { useLanguage } from '../../../shared/language.js';
import { changedWords, type WordChange } from './lexicon-draft.js';
import { useLexiconTexts } from './texts.js';

/** The differences between two lexicons, a line a word. */
export function LexiconChanges({ before, after }: { before: LexiconSet; after: LexiconSet }) {
  const say = useLexiconTexts();
  const language = useLanguage();
  const changes = changedWords(before, after);
  if (changes.length === 0) return <Text size="sm">{say('noChanges')}</Text>;
  return changes.map((change) => (
    <Text size="sm" key={change.word.word}>
      {change.word.name[language] || change.word.word}: {partsOf(change).join('; ')}
    </Text>
  ));

  function partsOf({ word, before: was, more, fewer }: WordChange): string[] {
    const listed = (phrases: string[]) => phrases.join(language === 'zh' ? '、' : ', ');
    const isRenamed = was && (was.state !== word.state || !isSame(was.name, word.name));
    return [
      ...(was ? [] : [say('change.new'), rangeText(word.range)]),
      ...(was && !isSame(was.range, word.range)
        ? [say('change.range', { from: rangeText(was.range), to: rangeText(word.range) })]
        : []),
      ...(more.length > 0 ? [say('change.more', { phrases: listed(more) })] : []),
      ...(fewer.length > 0 ? [say('change.fewer', { phrases: listed(fewer) })] : []),
      ...(isRenamed ? [say('change.other')] : []),
    ];
  }
}

function rangeText({ low, point, high }: WordRange): string {
  return [low, point, high].map((basisPoints) => basisPoints / 100).join(' / ');
}
