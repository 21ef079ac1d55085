import { useState } from 'react';
import styles from '../../forms/forms.module.css';
import { useKnownSelf } from '../../shared/self.js';
import { askToSignIn } from '../../sign-in/gate.js';
import { useAround } from '../around.js';
import { deviceDay } from '../days.js';
import { personName } from '../device/person-name.js';
import type { Entry } from './entry.js';
import { fileName, linesOf } from './hand-over.js';
import { OneEntry } from './one-entry.js';
import { saveText, shareOf } from './text-file.js';
import { enteredFor, type Whose, whoseIs } from './whose.js';

type NotOwn = Exclude<Whose, 'own'>;

interface Grouped {
  whose: NotOwn;
  name: string;
  entries: readonly Entry[];
}

/** Entries on this phone that are not sent as those of who is signed in: by whom they were logged, and what can be done. */
export function Others({ entries }: { entries: readonly Entry[] }) {
  const { t } = useAround();
  const { self } = useKnownSelf() ?? {};
  const groups = Map.groupBy(entries, (entry) => entry.owner?.person ?? entry.by ?? '');
  return [...groups].map(([who, theirs]) => {
    const [first] = theirs;
    const whose = first && whoseIs(first, self);
    if (!whose || whose === 'own') return null;
    const name = first.owner ? personName(first.owner, t) : (first.by ?? t('somebody'));
    return <Group key={who} whose={whose} name={name} entries={theirs} />;
  });
}

function Group({ whose, name, entries }: Grouped) {
  const { t } = useAround();
  return (
    <section className="part others" aria-label={t(`hand.${whose}`, { name })}>
      <h2>{t(`hand.${whose}`, { name })}</h2>
      <p>{t(`handHint.${whose}`, { name })}</p>
      <ul className="entries">
        {entries.toReversed().map((entry) => (
          <OneEntry key={entry.id} entry={entry} whose={whose} />
        ))}
      </ul>
      <HandOver whose={whose} name={name} entries={entries} />
    </section>
  );
}

/** Signs in again, enters the entries for who logged them, or hands them over as a file. */
function HandOver({ whose, name, entries }: Grouped) {
  const { t } = useAround();
  const { self } = useKnownSelf() ?? {};
  const text = linesOf(entries);
  const file = fileName(name, deviceDay());
  const share = shareOf(text, file);
  return (
    <>
      <div className={styles.chips}>
        {self?.mode === 'nobody' && (
          <button type="button" className={`${styles.chip} ${styles.main}`} onClick={askToSignIn}>
            {t('signInHere')}
          </button>
        )}
        {self?.person !== undefined && (
          <Enter
            self={{ person: self.person, name: self.name }}
            isForOther={whose === 'foreign' || entries.some(({ by }) => by !== undefined)}
            name={name}
            entries={entries}
          />
        )}
        <button type="button" className={styles.chip} onClick={() => saveText(text, file)}>
          {t('saveFile')}
        </button>
        {share && (
          <button type="button" className={styles.chip} onClick={share}>
            {t('shareFile')}
          </button>
        )}
      </div>
      <p className="quiet">{t('fileHint')}</p>
    </>
  );
}

/** Enters entries as those of who is signed in, after a second tap that names both. */
function Enter({
  self,
  isForOther,
  name,
  entries,
}: {
  self: Parameters<typeof enteredFor>[1];
  isForOther: boolean;
  name: string;
  entries: readonly Entry[];
}) {
  const { t, outbox, office } = useAround();
  const [isSure, setSure] = useState(false);
  const enter = async () => {
    await outbox.sendAgain(entries.map((entry) => enteredFor(entry, self)));
    office.send();
  };
  if (!isSure)
    return (
      <button type="button" className={styles.chip} onClick={() => setSure(true)}>
        {t(isForOther ? 'enterFor' : 'enterSelf', { name })}
      </button>
    );
  const values = { count: entries.length, self: personName(self, t), name };
  return (
    <>
      <button type="button" className={`${styles.chip} ${styles.main}`} onClick={() => void enter()}>
        {t(isForOther ? 'enterForSure' : 'enterSelfSure', values)}
      </button>
      <button type="button" className={styles.chip} onClick={() => setSure(false)}>
        {t('cancel')}
      </button>
    </>
  );
}
