import type { EpisodeCause } from '../../../domain/project/events.js';
import { episodeCauseWords } from '../../../domain/project/facts/stall-declared.js';
import { nameWords } from '../../../domain/values/words.js';
import { knownDayWords } from '../../shared/figures.js';
import type { FormProps } from '../form.js';
import styles from '../forms.module.css';
import { resumptionOf } from '../said/resumption.js';
import { useFormTexts } from '../texts.js';

/** Ends a stall, or a suspension, with one tap. */
export function ResumedForm({ items, note, onSave }: FormProps) {
  const { t, language } = useFormTexts();
  if (items.stalls.length === 0) return <p className={styles.quiet}>{t('noStall')}</p>;
  const nameOf = (id: string) => nameWords(items.items.find(({ item }) => item === id)?.names, id)[language];
  return (
    <>
      {note}
      <ul className={styles.choices}>
        {items.stalls.map(({ stall, item, cause, from, fromExactness }) => (
          <li key={`${cause} ${stall}`}>
            <button
              type="button"
              className={styles.choice}
              onClick={() => onSave(resumptionOf({ stall, cause }))}
            >
              {[...(item === undefined ? [] : [nameOf(item)]), causeOf(cause, language)].join(' · ')}
              <small>{`${t('since')} ${knownDayWords(from, fromExactness, language)}`}</small>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** A cause of a newer service is shown as it is called. */
function causeOf(cause: string, language: 'en' | 'zh'): string {
  return Object.hasOwn(episodeCauseWords, cause) ? episodeCauseWords[cause as EpisodeCause][language] : cause;
}
