import { Button, Stack, Text, TextInput, VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import { nearestPhrases, wordSaid } from '../../../../domain/values/lexicon/matching.js';
import type { Phrasebook, SpokenWord } from '../../../../domain/values/lexicon/phrases.js';
import { itemStates } from '../../../../domain/values/lexicon.js';
import { inPercent } from '../../../../domain/values/punctuation.js';
import { useLanguage } from '../../../shared/language.js';
import setup from '../setup.module.css';
import { foundWords } from './lexicon-draft.js';
import { useLexiconTexts } from './texts.js';
import { WordEditor } from './word-editor.js';

/** The words with ranges, states and phrases; each opens into its fields. */
export function WordList({
  lexicon,
  isNew,
  faultAt,
  onChange,
}: {
  lexicon: Phrasebook;
  isNew: (word: SpokenWord) => boolean;
  /** The fault of a word at a place in the lexicon. */
  faultAt: (place: number) => string | undefined;
  onChange: (words: readonly SpokenWord[]) => void;
}) {
  const say = useLexiconTexts();
  const [sought, setSought] = useState('');
  const [open, setOpen] = useState<number>();
  const { words } = lexicon;
  const found = new Set(foundWords(words, sought));
  const add = () => {
    setSought('');
    setOpen(words.length);
    const range = { low: 100, point: 5000, high: 9900 };
    onChange([...words, { word: '', range, name: { en: '', zh: '' }, said: [] }]);
  };
  return (
    <Stack gap="xs">
      <TextInput
        label={say('search')}
        placeholder={say('searchHint')}
        value={sought}
        maw="26rem"
        onChange={(event) => setSought(event.currentTarget.value)}
      />
      {sought.trim() !== '' && <ReadAs phrase={sought.trim()} lexicon={lexicon} />}
      <Text size="sm" role="status">
        {say('wordsShown', { count: found.size })} · {say('ranges')}
      </Text>
      <ul className={setup.rows}>
        {words.map((word, place) => {
          if (!found.has(word) && open !== place) return null;
          const isOpen = open === place;
          return (
            // A word has its place, while its id is typed.
            <li key={place}>
              <WordLine word={word} isOpen={isOpen} onToggle={() => setOpen(isOpen ? undefined : place)} />
              {isOpen && (
                <WordEditor
                  word={word}
                  isNew={isNew(word)}
                  error={faultAt(place)}
                  onChange={(next) => onChange(words.with(place, next))}
                />
              )}
            </li>
          );
        })}
      </ul>
      <div>
        <Button size="xs" variant="default" onClick={add}>
          {say('addWord')}
        </Button>
      </div>
    </Stack>
  );
}

function WordLine({ word, isOpen, onToggle }: { word: SpokenWord; isOpen: boolean; onToggle: () => void }) {
  const say = useLexiconTexts();
  const language = useLanguage();
  const { name, range, state, said } = word;
  const shown = name[language] || word.word;
  const ends = [range.low, range.point, range.high].map((basisPoints) => basisPoints / 100).join(' / ');
  const facts = [inPercent(ends, language), ...(state === undefined ? [] : [itemStates[state][language]])];
  return (
    <>
      <div>
        <Text span size="sm" fw={600}>
          {shown}
        </Text>{' '}
        <Text span size="sm">
          {[word.word, ...facts].join(' · ')}
        </Text>
        <Text size="xs">{said.join(language === 'zh' ? '、' : ', ')}</Text>
      </div>
      <Button size="compact-xs" variant="subtle" aria-expanded={isOpen} onClick={onToggle}>
        {isOpen ? say('close') : say('edit')}
        <VisuallyHidden> {shown}</VisuallyHidden>
      </Button>
    </>
  );
}

/** How a phrase would be read, by the words as they are here. */
function ReadAs({ phrase, lexicon }: { phrase: string; lexicon: Phrasebook }) {
  const say = useLexiconTexts();
  const language = useLanguage();
  const read = wordSaid(phrase, lexicon);
  const word = lexicon.words.find((one) => one.word === read);
  if (word) return <Text size="sm">{say('readAs', { phrase, word: word.name[language] })}</Text>;
  const near = nearestPhrases(phrase, lexicon);
  return (
    <Text size="sm">
      {say('notRead', { phrase })}{' '}
      {near.length > 0 && say('nearest', { phrases: near.join(language === 'zh' ? '、' : ', ') })}
    </Text>
  );
}
