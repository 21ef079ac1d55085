import { type ReactNode, useState } from 'react';
import { v7 as newId } from 'uuid';
import { facts } from '../../domain/project/facts/facts.js';
import type { Day } from '../../domain/values/days/calendar.js';
import { timeWords } from '../shared/figures.js';
import { draftOf, dropDraft } from './drafts.js';
import { DayField } from './fields/day-field.js';
import { ProvenanceFields } from './fields/provenance-fields.js';
import { LongTextField } from './fields/text-field.js';
import { type FormProps, Saving } from './form.js';
import styles from './forms.module.css';
import { ForecastForm } from './kinds/forecast-form.js';
import { GenericForm } from './kinds/generic-form.js';
import { ItemForm } from './kinds/item-form.js';
import { MoneyForm } from './kinds/money-form.js';
import { NoChangeForm } from './kinds/no-change-form.js';
import { ResumedForm } from './kinds/resumed-form.js';
import { type DaySaid, dayFault, dayMeant } from './said/day.js';
import type { Core, FactSaid, GenericFact } from './said/facts.js';
import type { ProjectItems } from './said/known.js';
import {
  keepOnBehalfOf,
  keepReport,
  lastOnBehalfOf,
  lastReport,
  type ReportTyped,
  reportIn,
  sourceTyped,
} from './said/provenance.js';
import { wholes } from './said/wholes.js';
import { useFormTexts } from './texts.js';
import { KeptTyping, useTyped } from './typed.js';

interface Said {
  what: string;
  items: ProjectItems;
  /** Today. */
  on: Day;
  initial?: FactSaid;
  /** The user of this page is on the site. */
  isOnSite: boolean;
  /**
   * Saves the fact; throws when that fails.
   *
   * @param id of the entry; the same until the form has been saved
   */
  onSave(fact: FactSaid, id: string): Promise<void>;
  /** Called once the form has been saved and its draft dropped. */
  onSaved?(): void;
  /** Says why it was not saved; that this device could not keep it by default. */
  failure?(failed: Failed): ReactNode;
}

/** A fact that could not be saved, and why. */
export interface Failed {
  error: unknown;
  fact: FactSaid;
  id: string;
  /** Saves the same fact again, under the same id. */
  again(): void;
}

/**
 * The day, the form for the fact, its source, and a remark. Typed text survives a page reload.
 *
 * @param draft the name under which it is saved
 */
export function FactForm({ draft, ...said }: Said & { draft: string }) {
  const { t, language } = useFormTexts();
  const [{ begun, found }, setBegun] = useState(() => ({ begun: 0, found: draftOf(draft) }));
  const startOver = () => {
    dropDraft(draft);
    setBegun({ begun: begun + 1, found: undefined });
  };
  const save = async (fact: FactSaid, id: string) => {
    await said.onSave(fact, id);
    dropDraft(draft);
    said.onSaved?.();
  };
  return (
    <KeptTyping key={begun} draft={draft}>
      <div className={styles.form}>
        {found && (
          <p className={styles.draft}>
            {t('draft', { at: timeWords(found.typedAt, language) })}
            <button type="button" className={styles.chip} onClick={startOver}>
              {t('draftClear')}
            </button>
          </p>
        )}
        <Fields {...said} onSave={save} />
      </div>
    </KeptTyping>
  );
}

function Fields({ what, items, on, initial, isOnSite, onSave, failure }: Said) {
  const { t } = useFormTexts();
  const unnamed = isOnSite ? 'inspection' : 'unstated';
  // Defaults to today, which may become known only after the form is rendered.
  const firstDay: DaySaid | undefined = initial && dayIn(initial);
  const [dayText, setDay] = useTyped<string>('day', firstDay ? JSON.stringify(firstDay) : '');
  const said: DaySaid = dayText === '' ? { asOf: on } : (JSON.parse(dayText) as DaySaid);
  const asOf = dayMeant(said.asOf, on);
  const [id, setId] = useTyped<string>('id', '');
  const [note, setNote] = useTyped<string>('note', initial?.note ?? '');
  const [place, setPlace] = useTyped<string>('place', initial?.place ?? '');
  const [onBehalfOf, setOnBehalfOf] = useTyped<string>(
    'onBehalfOf',
    initial ? (initial.onBehalfOf ?? '') : lastOnBehalfOf(),
  );
  const first = JSON.stringify(initial ? reportIn(initial.source, unnamed) : lastReport(unnamed));
  const [reportText, setReport] = useTyped<string>('report', first);
  const report = JSON.parse(reportText) as ReportTyped;
  const [is, setIs] = useState<'open' | 'saving' | Failed>('open');
  const save = (core: Core) => {
    const texts = { note: note.trim(), place: place.trim(), onBehalfOf: onBehalfOf.trim() };
    const typed = Object.entries(texts).filter(([, text]) => text !== '');
    const fact = { ...core, ...said, source: sourceTyped(report), ...Object.fromEntries(typed) } as FactSaid;
    return send(fact, id || newId());
  };
  const send = async (fact: FactSaid, own: string) => {
    // A second tap on the button must not create a second entry.
    if (is === 'saving') return;
    setIs('saving');
    // A retry has the same id, also after a reload.
    setId(own);
    try {
      if (!initial) {
        keepReport(report);
        keepOnBehalfOf(onBehalfOf.trim());
      }
      await onSave(fact, own);
      setIs('open');
    } catch (error) {
      setIs({ error, fact, id: own, again: () => void send(fact, own) });
    }
  };
  const props: FormProps = {
    items,
    asOf,
    on,
    ...(initial ? { initial } : {}),
    note: (
      <>
        <ProvenanceFields
          place={place}
          onBehalfOf={onBehalfOf}
          report={report}
          isOnSite={isOnSite}
          onPlace={setPlace}
          onOnBehalfOf={setOnBehalfOf}
          onReport={(next) => setReport(JSON.stringify(next))}
        />
        <LongTextField label={t('note')} most={2000} value={note} onChange={setNote} />
      </>
    ),
    onSave: (core) => void save(core),
  };
  return (
    <Saving value={{ isSaving: is === 'saving', dayFault: dayFault(said.asOf, on, t('day')) }}>
      <DayField said={said} on={on} onChange={(next) => setDay(JSON.stringify(next))} />
      <FormOf what={what} {...props} />
      {typeof is === 'object' && (
        <div role="alert" className={styles.fault}>
          {failure ? failure(is) : t('notSaved')}
        </div>
      )}
    </Saving>
  );
}

const { stall: _stall, ...stallShape } = facts.StallDeclared.shape;

/** The form of a fact by the name under which the pages offer it; that of an item by its id. */
function FormOf({ what, ...props }: FormProps & { what: string }) {
  const forms: Record<string, () => ReactNode> = {
    Progress: () => <ItemForm {...props} />,
    Money: () => <MoneyForm {...props} />,
    // The id of a stall follows from its cause and first day, and a correction keeps it.
    Stall: () => <GenericForm {...props} type="StallDeclared" shape={stallShape} />,
    Resumed: () => <ResumedForm {...props} />,
    Forecast: () => <ForecastForm {...props} />,
    NoChange: () => <NoChangeForm {...props} />,
  };
  const own = forms[what];
  if (own) return own();
  if (isGeneric(what)) return <GenericForm {...props} type={what} shape={facts[what].shape} />;
  return <ItemForm {...props} item={what} />;
}

/** True for the name of a fact that has no form of its own. */
function isGeneric(what: string): what is GenericFact['type'] {
  return wholes.some(({ type }) => type === what);
}

/** The day of a fact that is edited again. */
function dayIn({ asOf, precision, isInferred }: FactSaid): DaySaid {
  return { asOf, ...(precision ? { precision } : {}), ...(isInferred ? { isInferred } : {}) };
}
