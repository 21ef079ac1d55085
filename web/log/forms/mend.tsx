import type { Day } from '../../../domain/values/days/calendar.js';
import { draftName } from '../../forms/drafts.js';
import { FactForm } from '../../forms/fact-form.js';
import { nothingKnown } from '../../forms/said/known.js';
import { whatOf } from '../../forms/said/what.js';
import { useAround } from '../around.js';
import { Why } from '../outbox/one-entry.js';
import { goOnceSaved } from '../place.js';
import { useItems } from './use-items.js';

/** A refused entry in its original form, with the reason above it. */
export function Mend({ id, on }: { id: string; on: Day }) {
  const { t, entries, outbox, office } = useAround();
  const entry = entries.find((one) => one.id === id);
  const items = useItems(entry?.project ?? '');
  // A waiting entry can also be edited if it cannot be sent.
  if (!entry || entry.state.is === 'recorded') return <p className="quiet">{t('notOpen')}</p>;
  if (items === undefined) return <p className="quiet">{t('loading')}</p>;
  return (
    <>
      <h1>
        {entry.about}
        <small>{entry.projectName}</small>
      </h1>
      {entry.state.is === 'refused' && <Why refusal={entry.state.refusal} fact={entry.fact} />}
      <FactForm
        draft={draftName(entry.project, `mend ${entry.id}`)}
        what={whatOf(entry.fact)}
        items={items === 'none' ? nothingKnown : items}
        isOnSite
        on={on}
        initial={entry.fact}
        onSave={(fact) =>
          goOnceSaved({ at: 'outbox' }, async () => {
            await outbox.mend(entry, fact);
            office.send();
          })
        }
      />
    </>
  );
}
