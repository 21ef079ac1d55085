import { type ReactNode, useState } from 'react';
import type { Day } from '../../../domain/values/calendar.js';
import { useAround } from '../around.js';
import type { ProjectItems } from './catalog.js';
import type { FactSaid } from './facts.js';

/** A fact without its day and its remark, which every form shares. */
export type Core = FactSaid extends infer F ? (F extends FactSaid ? Omit<F, 'asOf' | 'note'> : never) : never;

/** What every form of a fact is given. */
export interface FormProps {
  items: ProjectItems;
  asOf: Day;
  initial?: FactSaid;
  /** The field for a remark, which each form has before what saves it. */
  note: ReactNode;
  onSave(core: Core): void;
}

/** The button that saves a form; it says what is missing instead of doing nothing. */
export function Save({ missing, onSave }: { missing?: string | undefined; onSave(): void }) {
  const { t } = useAround();
  const [isAsked, setAsked] = useState(false);
  return (
    <>
      {isAsked && missing && <p role="alert" className="fault">{`${t('need')}: ${missing}`}</p>}
      <button
        type="button"
        className="save"
        onClick={() => {
          setAsked(true);
          if (!missing) onSave();
        }}
      >
        {t('save')}
      </button>
    </>
  );
}
