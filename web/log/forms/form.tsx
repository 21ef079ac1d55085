import { type ReactNode, useState } from 'react';
import type { Day } from '../../../domain/values/calendar.js';
import { useAround } from '../around.js';
import type { ProjectItems } from './catalog.js';
import type { FactSaid } from './facts.js';

/** A fact without the day, source and remark, which all forms share. */
export type Core = FactSaid extends infer F
  ? F extends FactSaid
    ? Omit<F, 'asOf' | 'note' | 'place' | 'source'>
    : never
  : never;

/** Props of every fact form. */
export interface FormProps {
  items: ProjectItems;
  asOf: Day;
  initial?: FactSaid;
  /** The fields of source and remark, placed before the save button of each form. */
  note: ReactNode;
  onSave(core: Core): void;
}

/** The save button of a form; it shows what is missing instead of being disabled. */
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
