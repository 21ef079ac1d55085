import type { Day } from '../../../domain/values/days/calendar.js';
import { inWords } from '../../forms/about.js';
import { draftName } from '../../forms/drafts.js';
import type { FactSaid } from '../../forms/said/facts.js';
import { nothingKnown } from '../../forms/said/known.js';
import { WrongForm } from '../../forms/wrong-form.js';
import { useAround } from '../around.js';
import { useItems } from '../forms/use-items.js';
import { goOnceSaved } from '../place.js';

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
      <WrongForm
        draft={draftName(project, `wrong ${id}`)}
        fact={entry.fact}
        items={items === 'none' ? nothingKnown : items}
        on={on}
        isOnSite
        onWithdraw={() => void takeBack(entry.fact, false)}
        onSave={(fact) => takeBack(fact, true)}
      />
    </>
  );
}
