import { nearestPhrases, wordSaid } from '../../../domain/values/lexicon/matching.js';
import { lexiconWord, plainWords } from '../../../domain/values/lexicon.js';
import { Chip } from '../fields/chips.js';
import { TextField } from '../fields/text-field.js';
import { Save } from '../form.js';
import styles from '../forms.module.css';
import { useFormTexts } from '../texts.js';
import { useTyped } from '../typed.js';
import type { MeasureFields } from './measure-fields.js';

/** The plain words with one tap, or words of one's own. */
export function WordFields({ before, rest, onMeasure }: MeasureFields) {
  const { t, language } = useFormTexts();
  const said = before?.kind === 'word' ? before : undefined;
  const isPlain = plainWords.some(({ word }) => word === said?.word);
  const [words, setWords] = useTyped<string>('ownWords', said && !isPlain ? said.said : '');
  return (
    <>
      {rest(words.trim() ? { kind: 'word', said: words.trim() } : undefined)}
      <div className={styles.chips}>
        {plainWords.map(({ word, name }) => (
          <Chip
            key={word}
            isOn={said?.word === word}
            name={name[language]}
            onTap={() => onMeasure({ kind: 'word', word, said: name[language] })}
          />
        ))}
      </div>
      <TextField
        label={t('ownWords')}
        hint={t('ownWordsHint')}
        maxLength={200}
        value={words}
        onChange={setWords}
      />
      {words.trim() && <ReadAs phrase={words.trim()} />}
      <Save
        fault={words.trim() ? undefined : { label: t('ownWords') }}
        onSave={() => onMeasure({ kind: 'word', said: words.trim() })}
      />
    </>
  );
}

/** How a phrase is read by the lexicon that comes with Topout; the service may have adopted another one. */
function ReadAs({ phrase }: { phrase: string }) {
  const { t, language } = useFormTexts();
  const word = lexiconWord(wordSaid(phrase) ?? '');
  const near = word ? [] : nearestPhrases(phrase).map((one) => (language === 'zh' ? `“${one}”` : `"${one}"`));
  return (
    <p role="status" className={word ? styles.quiet : styles.notice}>
      {word ? t('readAs', { word: word.name[language] }) : t('notRead')}
      {near.length > 0 && ` ${t('nearest', { phrases: near.join(language === 'zh' ? '、' : ', ') })}`}
    </p>
  );
}
