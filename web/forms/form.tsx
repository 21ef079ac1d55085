import { createContext, type ReactNode, use, useState } from 'react';
import type { Day } from '../../domain/values/days/calendar.js';
import { type Fault, faultWords } from './fault.js';
import styles from './forms.module.css';
import type { Core, FactSaid } from './said/facts.js';
import type { ProjectItems } from './said/known.js';
import { useFormTexts } from './texts.js';

/** Props of every fact form. */
export interface FormProps {
  items: ProjectItems;
  /** The day of the fact. */
  asOf: Day;
  /** Today. */
  on: Day;
  initial?: FactSaid;
  /** The fields of source and remark, placed before the save button of each form. */
  note: ReactNode;
  onSave(core: Core): void;
}

/** Whether a form can be saved: its day may be wrong, or it is being saved. */
export const Saving = createContext<{ isSaving: boolean; dayFault?: Fault | undefined }>({ isSaving: false });

/** The save button of a form; it shows what is missing or wrong instead of being disabled. */
export function Save({ fault, onSave }: { fault?: Fault | undefined; onSave(): void }) {
  const { t, language } = useFormTexts();
  const { isSaving, dayFault } = use(Saving);
  const [isAsked, setAsked] = useState(false);
  const wrong = dayFault ?? fault;
  return (
    <>
      {isAsked && wrong && (
        <p role="alert" className={styles.fault}>
          {faultWords(wrong, language)}
        </p>
      )}
      <button
        type="button"
        className={styles.save}
        aria-busy={isSaving}
        onClick={() => {
          setAsked(true);
          if (!wrong) onSave();
        }}
      >
        {t(isSaving ? 'saving' : 'save')}
      </button>
    </>
  );
}
