import { type ReactNode, useState } from 'react';
import { facts } from '../../../domain/project/facts/facts.js';
import { addDays, type Day } from '../../../domain/values/calendar.js';
import { timeWords } from '../../shared/figures.js';
import { useAround } from '../around.js';
import { draftOf, dropDraft } from '../outbox/drafts.js';
import type { ProjectItems } from './catalog.js';
import { DayField, NoteField } from './day-and-note.js';
import type { FactSaid, GenericFact } from './facts.js';
import type { Core, FormProps } from './form.js';
import { GenericForm } from './generic-form.js';
import { ItemForm } from './item-form.js';
import { keepReport, lastReport, type ReportTyped, reportIn, sourceTyped } from './provenance.js';
import { ProvenanceFields } from './provenance-fields.js';
import { ResumedForm, StallForm } from './stall-forms.js';
import { KeptTyping, useTyped } from './typed.js';
import { ForecastForm, MoneyForm, NoChangeForm } from './whole-forms.js';
import { wholes } from './wholes.js';

interface Said {
  what: string;
  items: ProjectItems;
  on: Day;
  initial?: FactSaid;
  /** Saves the fact on this device; throws when that fails. */
  onSave(fact: FactSaid): Promise<void>;
}

/**
 * The day, the form for the fact, its source, and a remark. Typed text survives a page reload.
 *
 * @param draft the name under which it is saved
 */
export function FactForm({ draft, ...said }: Said & { draft: string }) {
  const { t, language } = useAround();
  const [{ begun, found }, setBegun] = useState(() => ({ begun: 0, found: draftOf(draft) }));
  const startOver = () => {
    dropDraft(draft);
    setBegun({ begun: begun + 1, found: undefined });
  };
  const save = async (fact: FactSaid) => {
    await said.onSave(fact);
    dropDraft(draft);
  };
  return (
    <KeptTyping key={begun} draft={draft}>
      {found && (
        <p className="draft">
          {t('draft', { at: timeWords(found.typedAt, language) })}
          <button type="button" className="chip" onClick={startOver}>
            {t('draftClear')}
          </button>
        </p>
      )}
      <Fields {...said} onSave={save} />
    </KeptTyping>
  );
}

function Fields({ what, items, on, initial, onSave }: Said) {
  const { t } = useAround();
  // Defaults to today, which may become known only after the form is rendered.
  const [chosen, setChosen] = useTyped('asOf', initial?.asOf);
  const asOf = chosen ?? on;
  const [note, setNote] = useTyped<string>('note', initial?.note ?? '');
  const [place, setPlace] = useTyped<string>('place', initial?.place ?? '');
  const first = JSON.stringify(initial ? reportIn(initial.source) : lastReport());
  const [reportText, setReport] = useTyped<string>('report', first);
  const report = JSON.parse(reportText) as ReportTyped;
  const [is, setIs] = useState<'open' | 'saving' | 'not saved'>('open');
  const save = async (core: Core) => {
    // A second tap on the button must not create a second entry.
    if (is === 'saving') return;
    setIs('saving');
    const texts = { note: note.trim(), place: place.trim() };
    const typed = Object.entries(texts).filter(([, text]) => text !== '');
    const source = sourceTyped(report);
    const fact = { ...core, asOf, source, ...Object.fromEntries(typed) } as FactSaid;
    if (!initial) keepReport(report);
    setIs(
      await onSave(fact).then(
        () => 'open' as const,
        () => 'not saved' as const,
      ),
    );
  };
  const props: FormProps = {
    items,
    asOf,
    ...(initial ? { initial } : {}),
    note: (
      <>
        <ProvenanceFields
          place={place}
          report={report}
          onPlace={setPlace}
          onReport={(next) => setReport(JSON.stringify(next))}
        />
        <NoteField value={note} onChange={setNote} />
      </>
    ),
    onSave: (core) => void save(core),
  };
  const forms: Record<string, () => ReactNode> = {
    Progress: () => <ItemForm {...props} />,
    Money: () => <MoneyForm {...props} />,
    Stall: () => <StallForm {...props} />,
    Resumed: () => <ResumedForm {...props} />,
    Forecast: () => <ForecastForm {...props} />,
    NoChange: () => <NoChangeForm {...props} first={addDays(asOf, -6)} />,
  };
  return (
    <>
      {is === 'not saved' && (
        <p role="alert" className="fault">
          {t('notSaved')}
        </p>
      )}
      <DayField value={asOf} on={on} onChange={setChosen} />
      {forms[what]?.() ??
        (isGeneric(what) ? (
          <GenericForm {...props} type={what} shape={facts[what].shape} />
        ) : (
          <ItemForm {...props} item={what} />
        ))}
    </>
  );
}

/** True for the name of a fact that has no form of its own. */
function isGeneric(what: string): what is GenericFact['type'] {
  return wholes.some(({ type }) => type === what);
}
