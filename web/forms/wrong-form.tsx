import type { Day } from '../../domain/values/days/calendar.js';
import { FactForm } from './fact-form.js';
import styles from './forms.module.css';
import type { FactSaid } from './said/facts.js';
import type { ProjectItems } from './said/known.js';
import { whatOf } from './said/what.js';
import { useFormTexts } from './texts.js';

/** Withdraws a recorded entry with one tap, or replaces it by what is right. */
export function WrongForm({
  draft,
  fact,
  ...form
}: {
  draft: string;
  /** What was recorded; a fact of a newer service has no form. */
  fact: FactSaid;
  items: ProjectItems;
  on: Day;
  isOnSite: boolean;
  onWithdraw(): void;
} & Pick<Parameters<typeof FactForm>[0], 'onSave' | 'onSaved' | 'failure'>) {
  const { t } = useFormTexts();
  const { onWithdraw, ...said } = form;
  return (
    <div className={styles.form}>
      <p className={styles.quiet}>{t('wrongHint')}</p>
      <button type="button" className={styles.withdraw} onClick={onWithdraw}>
        {t('takeBack')} <small>{t('takeBackHint')}</small>
      </button>
      <h2>{t('orRight')}</h2>
      <FactForm {...said} draft={draft} what={whatOf(fact)} initial={fact} />
    </div>
  );
}
