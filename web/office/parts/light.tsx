import type { Severity } from '../../../domain/governance/rules.js';
import { severityWords } from '../../../projections/alerts/happening-words.js';
import type { Language } from '../../shared/language.js';
import styles from './light.module.css';

/** The light of a project: a colour with its name, so that nobody has to distinguish colours. */
export function Light({
  light,
  none,
  language,
}: {
  light: Severity | null;
  none: string;
  language: Language;
}) {
  return (
    <span className={styles.light} data-light={light ?? 'none'}>
      {light ? severityWords[light][language] : none}
    </span>
  );
}
