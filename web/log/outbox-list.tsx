import { useState } from 'react';
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
  const { t, language, outbox } = useAround();
  const [isSure, setSure] = useState(false);
  const { state, fact, about, projectName } = entry;
  const what = state.is === 'recorded' && state.alreadySaid ? t('alreadySaid') : t(state.is);
  return (
    <li className={`entry is-${state.is}`} data-testid="entry">
      <p>
        <b>{about}</b>: {inWords(fact, language)}
      </p>
      <small>
        {projectName} · {fact.asOf}
        {fact.note ? ` · ${fact.note}` : ''}
      </small>
      <p className="state">{what}</p>
      {state.is === 'refused' && (
        <>
          <p className="fault">{state.refusal.detail}</p>
          <div className="chips">
            <a className="chip" href={addressOf({ at: 'mend', entry: entry.id })}>
              {t('mend')}
            </a>
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
