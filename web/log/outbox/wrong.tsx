import type { Day } from '../../../domain/values/calendar.js';
import { inWords } from '../about.js';
import { useAround } from '../around.js';
import { FactForm } from '../forms/fact-form.js';
import { type FactSaid, whatOf } from '../forms/facts.js';
import { useItems } from '../forms/pick-item.js';
import { goOnceSaved } from '../place.js';
import { draftName } from './drafts.js';

/** Corrects a recorded entry: withdraws it, with or without a replacement. */
export function Wrong({ id, on }: { id: string; on: Day }) {
  const { t, language, entries, outbox, office } = useAround();
  const entry = entries.find((one) => one.id === id);
  const items = useItems(entry?.project ?? '');
  if (entry?.state.is !== 'recorded') return <p className="quiet">{t('notOpen')}</p>;
  if (items === undefined) return <p className="quiet">{t('loading')}</p>;
  const { project, projectName, about, by } = entry;
  const takeBack = (fact: FactSaid, isReplaced: boolean) =>
    goOnceSaved({ at: 'outbox' }, async () => {
      const takesBack = { entry: id, reason: t('wrongReason'), isReplaced };
      await outbox.add({ project, projectName, about, fact, takesBack, ...(by ? { by } : {}) });
      office.send();
    });
  return (
    <>
      <h1>
        {t('wrongTitle')}
        <small>
          {projectName} · {about}: {inWords(entry.fact, language)}
        </small>
      </h1>
      <p className="quiet">{t('wrongHint')}</p>
      <button type="button" className="take-back" onClick={() => void takeBack(entry.fact, false)}>
        {t('takeBack')} <small>{t('takeBackHint')}</small>
      </button>
      <h2>{t('orRight')}</h2>
      <FactForm
        draft={draftName(project, `wrong ${id}`)}
        what={whatOf(entry.fact)}
        items={items === 'none' ? { items: [], stalls: [] } : items}
        on={on}
        initial={entry.fact}
        onSave={(fact) => takeBack(fact, true)}
      />
    </>
  );
}
