import type { Day } from '../../src/domain/calendar.js';
import { whatOf } from './about.js';
import { useAround } from './around.js';
import { FactForm } from './fact-form.js';
import { useItems } from './pick-item.js';
import { goTo } from './place.js';

/** A refused entry in the form it came from, with the reason above it. */
export function Mend({ id, on }: { id: string; on: Day }) {
  const { t, entries, outbox, office } = useAround();
  const entry = entries.find((one) => one.id === id);
  const items = useItems(entry?.project ?? '');
  if (entry?.state.is !== 'refused') return <p className="quiet">{t('outboxEmpty')}</p>;
  if (items === undefined) return <p className="quiet">{t('loading')}</p>;
  return (
    <>
      <h1>
        {entry.about}
        <small>{entry.projectName}</small>
      </h1>
      <p className="fault">{entry.state.refusal.detail}</p>
      <FactForm
        what={whatOf(entry.fact)}
        items={items === 'none' ? { items: [], stalls: [] } : items}
        on={on}
        initial={entry.fact}
        onSave={async (fact) => {
          await outbox.mend(entry, fact);
          office.send();
          goTo({ at: 'outbox' });
        }}
      />
    </>
  );
}
