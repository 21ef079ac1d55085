import { useEffect, useId, useRef, useState } from 'react';
import { v7 as newId } from 'uuid';
import { settlingWords } from '../../../projections/contradictions/settling.js';
import { authorWords } from '../../../projections/words/author-words.js';
import { offered } from '../../forms/said/wholes.js';
import { tell } from '../../shared/ask.js';
import { Problem } from '../../shared/problem.js';
import { personHere, useKnownSelf } from '../../shared/self.js';
import { useAround } from '../around.js';
import { addressOf } from '../place.js';
import { knownProjects } from '../reckoning/known-projects.js';
import type { OpenContradiction, Reckoning } from '../reckoning/reckoning.js';
import styles from './register.module.css';

const nobody = new Map<string, never>();

/** The open contradictions of a project, each with the ways to settle it: say it again, correct, or explain. */
export function Register({ project, reckoning }: { project: string; reckoning: Reckoning }) {
  const { t } = useAround();
  const self = personHere(useKnownSelf());
  const open = reckoning.openContradictions();
  const isMine = ({ contradiction: { askedOf } }: OpenContradiction) =>
    self !== undefined && askedOf?.some(({ by }) => by === self.person) === true;
  const mine = open.filter(isMine);
  if (open.length === 0) return null;
  return (
    <details className={styles.register}>
      <summary>
        {t('register', { count: open.length })}
        {mine.length > 0 && <b> · {t('registerMine', { count: mine.length })}</b>}
      </summary>
      <ul>
        {[...mine, ...open.filter((one) => !isMine(one))].map((one) => (
          <Open key={one.contradiction.id} project={project} one={one} isMine={isMine(one)} />
        ))}
      </ul>
    </details>
  );
}

function Open({ project, one, isMine }: { project: string; one: OpenContradiction; isMine: boolean }) {
  const { t, language, entries } = useAround();
  const { contradiction, last, isSent } = one;
  const { id, rule, words, askedOf = [] } = contradiction;
  const say = last && formOf(last);
  const here = entries.find(
    (entry) => contradiction.entries.includes(entry.id) && entry.state.is === 'recorded' && !entry.takesBack,
  );
  const asked = askedOf.map((author) => authorWords(author, nobody)[language]);
  return (
    <li>
      <p>{words[language]}</p>
      <small>{settlingWords[rule][language]}</small>
      <small>
        {isMine ? t('askedOfYou') : t('askedOf', { names: asked.join(language === 'zh' ? '、' : ', ') })}
      </small>
      <div className={styles.ways}>
        {say !== undefined && <a href={addressOf({ at: 'say', project, what: say })}>{t('sayAgain')}</a>}
        {here && <a href={addressOf({ at: 'wrong', entry: here.id })}>{t('correctIt')}</a>}
        {isSent ? <Explain project={project} contradiction={id} /> : <small>{t('explainLater')}</small>}
      </div>
    </li>
  );
}

/** The form in which the same can be said again; undefined for a plan, which the phone does not have. */
function formOf({ type, data }: NonNullable<OpenContradiction['last']>): string | undefined {
  const { item } = data as { item?: string };
  const isOfItem = type === 'MilestoneReached' || type === 'ProgressMeasured';
  if (isOfItem && item !== undefined) return item;
  return offered.find((whole) => whole.type === type)?.what;
}

/** Says why a contradiction stays; that needs the service, which keeps the register. */
function Explain({ project, contradiction }: { project: string; contradiction: string }) {
  const { t } = useAround();
  const field = useId();
  const input = useRef<HTMLInputElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [failed, setFailed] = useState<string>();
  // The same until it is answered, so that a lost answer doubles nothing.
  const id = useRef(newId());
  useEffect(() => {
    if (isOpen) input.current?.focus();
  }, [isOpen]);
  const explain = async () => {
    setFailed(undefined);
    const path = `/projects/${encodeURIComponent(project)}/contradictions/explanations`;
    try {
      await tell('POST', path, { contradiction, reason: reason.trim() }, { id: id.current });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      setFailed(error.status === 0 ? t('explainNeedsNetwork') : error.message || error.title || t('refused'));
      return;
    }
    await knownProjects.loadAgain(project);
  };
  if (!isOpen)
    return (
      <button type="button" onClick={() => setIsOpen(true)}>
        {t('explainIt')}
      </button>
    );
  return (
    <form
      className={styles.explain}
      onSubmit={(event) => {
        event.preventDefault();
        void explain();
      }}
    >
      <label htmlFor={field}>{t('whyItStays')}</label>
      <input
        id={field}
        ref={input}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      {failed !== undefined && <p role="alert">{failed}</p>}
      <div className={styles.ways}>
        <button type="submit" disabled={reason.trim() === ''}>
          {t('saveReason')}
        </button>
        <button type="button" onClick={() => setIsOpen(false)}>
          {t('leaveOpen')}
        </button>
      </div>
    </form>
  );
}
