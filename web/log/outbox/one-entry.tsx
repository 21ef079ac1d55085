import type { ReactNode } from 'react';
import { sourceWords } from '../../../projections/words/source-words.js';
import { inWords } from '../../forms/about.js';
import styles from '../../forms/forms.module.css';
import { RefusalWords } from '../../forms/refusal-words.js';
import { daySaidWords } from '../../forms/said/day.js';
import type { FactSaid } from '../../forms/said/facts.js';
import { timeWords } from '../../shared/figures.js';
import { EditIcon } from '../../shared/icon.js';
import { useAround } from '../around.js';
import { personName } from '../device/person-name.js';
import { BinIcon, CheckIcon, ClockIcon, SendIcon } from '../icons.js';
import { addressOf } from '../place.js';
import { effectWords } from '../saving/effect-words.js';
import { show } from '../saving/saved.js';
import type { Entry, Refusal } from './entry.js';
import { isSaidAfter } from './sending.js';
import type { Whose } from './whose.js';

/** The state of an entry at a glance; the words are below. */
const icons: Readonly<Record<Entry['state']['is'], ReactNode>> = {
  waiting: <ClockIcon />,
  recorded: <CheckIcon />,
  refused: null,
};

/** Attempts after which the user may want to act on an entry that is retried automatically. */
const attemptsUnnoticed = 2;

/** An entry with its state and the possible actions. */
export function OneEntry({ entry, whose = 'own' }: { entry: Entry; whose?: Whose }) {
  const { t, language, entries, outbox } = useAround();
  const { state, fact, about, projectName, takesBack, madeAt, by, owner, effect } = entry;
  const name = owner ? personName(owner, t) : (by ?? '');
  const isOwn = whose === 'own';
  const from = fact.source && sourceWords(fact.source)[language];
  const undone = entries.find(
    (other) => other.takesBack?.entry === entry.id && other.state.is !== 'refused',
  )?.takesBack;
  const what = isOwn
    ? t(state.is === 'recorded' && state.alreadySaid ? 'alreadySaid' : state.is)
    : t(`waits.${whose}`, { name });
  // The replaced entry may be on another device; a correction is corrected in the office.
  const mayBeWrong = state.is === 'recorded' && !state.alreadySaid && !undone && !takesBack;
  const trouble = isOwn && state.is === 'waiting' ? state.trouble : undefined;
  return (
    <li className={`entry is-${state.is}`} data-testid="entry">
      <p className="entry-head">
        {icons[state.is]}
        <span>
          {takesBack && `${t(takesBack.isReplaced ? 'corrects' : 'takes')} · `}
          <b>{about}</b>
          <span className="unseen">: </span>
        </span>
        <b className="entry-value">{inWords(fact, language)}</b>
      </p>
      <small>
        {[
          projectName,
          fact.place,
          from,
          daySaidWords(fact, language),
          timeWords(madeAt, language),
          name,
          fact.onBehalfOf && t('onBehalfOf', { name: fact.onBehalfOf }),
        ]
          .filter(Boolean)
          .join(' · ')}
        {fact.note ? ` · ${fact.note}` : ''}
      </small>
      {!(isOwn && state.is === 'refused') && (
        <p className="state">
          {what}
          {state.is === 'recorded' && state.notBegun && ` · ${t('notBegun')}`}
          {undone && ` · ${t(undone.isReplaced ? 'corrected' : 'takenBack')}`}
        </p>
      )}
      {effect && <p className="effect">{effectWords(effect, t, language)}</p>}
      {effect?.contradictions.map((words) => (
        <p key={words.en} className="overtaken">
          {t('contradicts', { words: words[language] })}
        </p>
      ))}
      {isOwn && state.is === 'waiting' && !trouble && !undone && !takesBack && (
        <div className={styles.chips}>
          <button
            type="button"
            className={styles.chip}
            onClick={() => void outbox.undo(entry, t('wrongReason')).then(() => show({ is: 'undone' }))}
          >
            {t('undo')}
          </button>
        </div>
      )}
      {mayBeWrong && (
        <a className={styles.chip} href={addressOf({ at: 'wrong', entry: entry.id })}>
          {t('wrong')}
        </a>
      )}
      {!isOwn && (
        <div className={styles.chips}>
          <Discard entry={entry} />
        </div>
      )}
      {isOwn && state.is === 'refused' && (
        <>
          <Why refusal={state.refusal} fact={fact} />
          <WhatNow entry={entry} />
        </>
      )}
      {trouble && trouble.attempts > attemptsUnnoticed && (
        <>
          <Why refusal={trouble.last} fact={fact} attempts={trouble.attempts} />
          <WhatNow entry={entry} />
        </>
      )}
    </li>
  );
}

/** The answer in plain words, and verbatim for the network administrator. */
export function Why({
  refusal,
  fact,
  attempts,
}: {
  refusal: Refusal;
  /** The refused fact, whose members have labels. */
  fact: FactSaid;
  attempts?: number;
}) {
  const { t } = useAround();
  const { by, status, problem, title, detail, errors } = refusal;
  if (by === 'service' && attempts === undefined)
    return (
      <div className="why">
        <RefusalWords title={title ?? t('refused')} detail={detail} errors={errors} fact={fact} />
      </div>
    );
  const known = by === 'gateway' ? problem : 'failing';
  const words = asides.find((one) => one === known) ?? 'refused';
  const hint = words === 'too-large' ? 'asideHint.too-large' : 'asideHint';
  return (
    <div className="why">
      <strong>{t(`aside.${words}`, { status: status === 0 ? '' : ` (${status})` })}</strong>
      <p>{attempts === undefined ? t(hint) : t('troubleHint', { count: attempts })}</p>
      {(detail || title) && (
        <details>
          <summary>{t('details')}</summary>
          <p>
            {t('answered')}: {[status || undefined, title, detail].filter(Boolean).join(' · ')}
          </p>
        </details>
      )}
    </div>
  );
}

const asides = ['login', 'too-large', 'refused', 'failing', 'cut'] as const;

/** Edit, resend or discard. */
function WhatNow({ entry }: { entry: Entry }) {
  const { t, outbox, office, entries } = useAround();
  const isOvertaken = entries.some((other) => other.state.is === 'recorded' && isSaidAfter(other, entry));
  const sendAgain = async () => {
    await outbox.sendAgain([entry]);
    office.send();
  };
  return (
    <>
      {isOvertaken && <p className="overtaken">{t('laterSaid')}</p>}
      <div className="entry-ways">
        {entry.takesBack?.isReplaced !== false && (
          <a className={`${styles.chip} ${styles.main}`} href={addressOf({ at: 'mend', entry: entry.id })}>
            <EditIcon />
            {t('mend')}
          </a>
        )}
        {entry.state.is === 'refused' && (
          <button type="button" className={styles.chip} onClick={() => void sendAgain()}>
            <SendIcon />
            {t('sendAgain')}
          </button>
        )}
      </div>
      <Discard entry={entry} />
    </>
  );
}

/** Discards an entry; it can be put back for some seconds. */
function Discard({ entry }: { entry: Entry }) {
  const { t, outbox, office } = useAround();
  const putBack = () => void outbox.putBack(entry).then(() => office.send());
  const discard = async () => {
    await outbox.discard(entry);
    show({ is: 'discarded', about: entry.about, putBack });
  };
  return (
    <button type="button" className="entry-discard" onClick={() => void discard()}>
      <BinIcon />
      {t('discard')}
    </button>
  );
}
