import type { Day } from '../../../domain/values/calendar.js';
import { aboutOf, nameOf as nameIn } from '../../forms/about.js';
import { draftName } from '../../forms/drafts.js';
import { FactForm } from '../../forms/fact-form.js';
import { TextField } from '../../forms/fields/text-field.js';
import type { FactSaid } from '../../forms/said/facts.js';
import { nothingKnown } from '../../forms/said/known.js';
import { authorTyped } from '../../shared/caller.js';
import { personHere, useKnownSelf } from '../../shared/self.js';
import { useAround } from '../around.js';
import { useBy } from '../by.js';
import { LogsAs } from '../device/logs-as.js';
import { goOnceSaved } from '../place.js';
import { noteRecent } from '../recent.js';
import type { ProjectName } from './catalog.js';
import { useItems } from './pick-item.js';

/** Third tap: the fact. It is saved on the device before anything else happens. */
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
  const { t, language, nameOf, outbox, office } = useAround();
  const items = useItems(project);
  const [by, setBy] = useBy();
  const here = personHere(useKnownSelf());
  const known = projects.find((one) => one.project === project);
  const loaded = items === undefined || items === 'none' ? nothingKnown : items;
  const save = (fact: FactSaid) =>
    goOnceSaved({ at: 'outbox' }, async () => {
      const projectName = known ? nameOf(known.names) : project;
      const author = authorTyped(by);
      const named = author === undefined || here ? {} : { by: author };
      const about = aboutOf(fact, loaded, language);
      await outbox.add({ project, projectName, about, fact, ...named });
      noteRecent(project);
      office.send();
    });
  if (items === undefined) return <p className="quiet">{t('loading')}</p>;
  return (
    <>
      <h1>
        {nameIn(what, loaded, language)}
        <small>{known ? nameOf(known.names) : project}</small>
      </h1>
      <FactForm draft={draftName(project, what)} what={what} items={loaded} on={on} isOnSite onSave={save} />
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
