import { inWords } from '../../forms/about.js';
import { percentWords } from '../../shared/figures.js';
import { useAround } from '../around.js';
import { CheckIcon } from '../icons.js';
import { usePlace } from '../place.js';
import { effectWords } from './effect-words.js';
import { type Shown, show, useShown } from './saved.js';
import styles from './saved-bar.module.css';

/** Names the last saved entry and its effect for some seconds, with a way to undo it. */
export function SavedBar() {
  const { at } = usePlace();
  const shown = useShown();
  return (
    <div
      className={`${styles.place} ${at === 'project' ? styles.overDock : ''}`}
      aria-live="polite"
      data-testid="saved-bar"
    >
      {shown && <Bar key={shown.number} shown={shown.shown} />}
    </div>
  );
}

function Bar({ shown }: { shown: Shown }) {
  const { t, language, entries, outbox } = useAround();
  if (shown.is === 'undone')
    return (
      <div className={styles.bar}>
        <b>{t('undone')}</b>
      </div>
    );
  if (shown.is === 'discarded')
    return (
      <div className={styles.bar}>
        <b>{t('discarded', { about: shown.about })}</b>
        <button
          type="button"
          onClick={() => {
            shown.putBack();
            show({ is: 'undone' });
          }}
        >
          {t('undo')}
        </button>
      </div>
    );
  if (shown.is === 'differs')
    return (
      <div className={styles.bar}>
        {t('differs', {
          about: shown.about,
          to: percentWords(shown.toBasisPoints, language),
          estimate: percentWords(shown.estimateBasisPoints, language),
        })}
      </div>
    );
  const saved = shown.entries.flatMap((id) => entries.find((entry) => entry.id === id) ?? []);
  const entry = saved.at(-1);
  if (!entry) return null;
  const undo = async () => {
    for (const one of saved.toReversed()) await outbox.undo(one, t('wrongReason'));
    show({ is: 'undone' });
  };
  const { effect, about, fact, state } = entry;
  const [contradiction] = effect?.contradictions ?? [];
  return (
    <div className={styles.bar}>
      <CheckIcon />
      <div>
        <b>
          {about}: {inWords(fact, language)}
        </b>
        <small>
          {[effect && effectWords(effect, t, language), state.is === 'waiting' && t('onPhone')]
            .filter(Boolean)
            .join(' · ')}
        </small>
        {contradiction && (
          <small className={styles.contradiction}>
            {t('contradicts', { words: contradiction[language] })}
          </small>
        )}
      </div>
      <button type="button" onClick={() => void undo()}>
        {t('undo')}
      </button>
      <span className={styles.left} aria-hidden="true" />
    </div>
  );
}
