import type { Day } from '../../../domain/values/days/calendar.js';
import { nameOf as nameIn } from '../../forms/about.js';
import { draftName } from '../../forms/drafts.js';
import { FactForm } from '../../forms/fact-form.js';
import { TextField } from '../../forms/fields/text-field.js';
import type { FactSaid } from '../../forms/said/facts.js';
import { nothingKnown } from '../../forms/said/known.js';
import { personHere, useKnownSelf } from '../../shared/self.js';
import { useAround } from '../around.js';
import { useBy } from '../by.js';
import { LogsAs } from '../device/logs-as.js';
import { goOnceSaved } from '../place.js';
import { useReckoning } from '../reckoning/use-reckoning.js';
import { useSaveFact } from '../saving/use-save-fact.js';
import type { ProjectName } from './catalog.js';
import { useItems } from './use-items.js';

/** Why a fact was not saved: the person did not want it after all. */
const cancelled = new Error('The person cancelled.');

/** A fact in its form. It is saved on the device before anything else happens; the walk goes on after it. */
export function Say({
  project,
  what,
  projects,
  on,
}: {
  project: string;
  what: string;
  projects: readonly ProjectName[];
  on: Day;
}) {
  const { t, language, nameOf } = useAround();
  const items = useItems(project);
  const reckoning = useReckoning(project, on);
  const [by, setBy] = useBy();
  const here = personHere(useKnownSelf());
  const known = projects.find((one) => one.project === project);
  const projectName = known ? nameOf(known.names) : project;
  const loaded = reckoning?.items() ?? (items === undefined || items === 'none' ? nothingKnown : items);
  const saveFact = useSaveFact(project, projectName, loaded, reckoning, on);
  const save = (fact: FactSaid) =>
    goOnceSaved({ at: 'project', project }, async () => {
      if (!(await saveFact(fact))) throw cancelled;
    });
  if (items === undefined) return <p className="quiet">{t('loading')}</p>;
  return (
    <>
      <h1>
        {nameIn(what, loaded, language)}
        <small>{projectName}</small>
      </h1>
      <FactForm
        draft={draftName(project, what)}
        what={what}
        items={loaded}
        on={on}
        isOnSite
        onSave={save}
        failure={({ error }) => (error === cancelled ? null : t('notSaved'))}
      />
      {here ? (
        <LogsAs />
      ) : (
        <TextField
          label={t('by')}
          hint={t('byHint')}
          maxLength={64}
          autoCapitalize="none"
          value={by}
          onChange={setBy}
        />
      )}
    </>
  );
}
