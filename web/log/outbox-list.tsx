import { useState } from 'react';
import { dayWords } from '../shared/figures.js';
import { inWords } from './about.js';
import { useAround } from './around.js';
import type { Entry } from './outbox.js';
import { addressOf } from './place.js';

/** Every entry of this device with what became of it, the latest on top. */
export function OutboxList() {
  const { t, entries, post, office } = useAround();
  const isWaiting = entries.some(({ state }) => state.is === 'waiting');
  return (
    <>
      <h1>{t('outbox')}</h1>
      <p role="status" className="status">
        {entries.length === 0
          ? t('outboxEmpty')
          : isWaiting || post !== 'at-rest'
            ? t(`post.${post}`)
            : t('post.at-rest')}
      </p>
      {isWaiting && post !== 'sending' && (
        <button type="button" className="chip" onClick={() => office.send()}>
          {t('sendNow')}
        </button>
      )}
      <ul className="entries">
        {entries.toReversed().map((entry) => (
          <OneEntry key={entry.id} entry={entry} />
        ))}
      </ul>
    </>
  );
}

function OneEntry({ entry }: { entry: Entry }) {
  const { t, language, outbox, entries } = useAround();
  const [isSure, setSure] = useState(false);
  const { state, fact, about, projectName, takesBack } = entry;
  const undone = entries.find(
    (other) => other.takesBack?.entry === entry.id && other.state.is !== 'refused',
  )?.takesBack;
  const what = state.is === 'recorded' && state.alreadySaid ? t('alreadySaid') : t(state.is);
  // What somebody else had said is not of this device; and a correction is corrected in the office.
  const mayBeWrong = state.is === 'recorded' && !state.alreadySaid && !undone && !takesBack;
  return (
    <li className={`entry is-${state.is}`} data-testid="entry">
      <p>
        {takesBack && `${t(takesBack.isReplaced ? 'corrects' : 'takes')} · `}
        <b>{about}</b>: {inWords(fact, language)}
      </p>
      <small>
        {projectName} · {dayWords(fact.asOf, language)}
        {fact.note ? ` · ${fact.note}` : ''}
      </small>
      <p className="state">
        {what}
        {undone && ` · ${t(undone.isReplaced ? 'corrected' : 'takenBack')}`}
      </p>
      {mayBeWrong && (
        <a className="chip" href={addressOf({ at: 'wrong', entry: entry.id })}>
          {t('wrong')}
        </a>
      )}
      {state.is === 'refused' && (
        <>
          <p className="fault">{state.refusal.detail}</p>
          <div className="chips">
            {takesBack?.isReplaced !== false && (
              <a className="chip" href={addressOf({ at: 'mend', entry: entry.id })}>
                {t('mend')}
              </a>
            )}
            {isSure ? (
              <>
                <button type="button" className="chip" onClick={() => void outbox.discard(entry)}>
                  {t('discardSure')}
                </button>
                <button type="button" className="chip" onClick={() => setSure(false)}>
                  {t('keep')}
                </button>
              </>
            ) : (
              <button type="button" className="chip" onClick={() => setSure(true)}>
                {t('discard')}
              </button>
            )}
          </div>
        </>
      )}
    </li>
  );
}
