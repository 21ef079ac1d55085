import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import type { SpokenWord } from '../../../../domain/values/lexicon/phrases.js';
import { type ItemState, itemStates } from '../../../../domain/values/lexicon.js';
import { useLanguage } from '../../../shared/language.js';
import setup from '../setup.module.css';
import { useLexiconTexts } from './texts.js';

const ends = ['low', 'point', 'high'] as const;

/** The fields of one word: its range, state, names and phrases. */
export function WordEditor({
  word,
  isNew,
  error,
  onChange,
}: {
  word: SpokenWord;
  isNew: boolean;
  error: string | undefined;
  onChange: (word: SpokenWord) => void;
}) {
  const say = useLexiconTexts();
  const language = useLanguage();
  const { state: _, ...stateless } = word;
  return (
    <div className={setup.fields}>
      {isNew && (
        <TextInput
          size="xs"
          label={say('id')}
          description={say('idHint')}
          value={word.word}
          onChange={(event) => onChange({ ...word, word: event.currentTarget.value.trim() })}
        />
      )}
      {ends.map((end) => (
        <TextInput
          key={end}
          size="xs"
          label={say(end)}
          inputMode="decimal"
          type="number"
          min={0}
          max={100}
          value={String(word.range[end] / 100)}
          onChange={(event) =>
            onChange({
              ...word,
              range: { ...word.range, [end]: Math.round(Number(event.currentTarget.value) * 100) },
            })
          }
        />
      ))}
      <NativeSelect
        size="xs"
        label={say('state')}
        value={word.state ?? ''}
        data={[
          { value: '', label: say('noState') },
          ...Object.entries(itemStates).map(([value, words]) => ({ value, label: words[language] })),
        ]}
        onChange={(event) => {
          const state = event.currentTarget.value as ItemState | '';
          onChange(state === '' ? stateless : { ...stateless, state });
        }}
      />
      {(['zh', 'en'] as const).map((one) => (
        <TextInput
          key={one}
          size="xs"
          label={say(one === 'zh' ? 'nameZh' : 'nameEn')}
          value={word.name[one]}
          onChange={(event) =>
            onChange({ ...word, name: { ...word.name, [one]: event.currentTarget.value } })
          }
        />
      ))}
      <Textarea
        size="xs"
        className={setup.whole}
        label={say('phrases')}
        description={say('phrasesHint')}
        autosize
        maxRows={14}
        error={error}
        defaultValue={word.said.join('\n')}
        onChange={(event) =>
          onChange({
            ...word,
            said: event.currentTarget.value.split('\n').flatMap((line) => line.trim() || []),
          })
        }
      />
    </div>
  );
}
