import { useEffect, useRef, useSyncExternalStore } from 'react';
import { type EpisodeCause, episodeCauseWords } from '../../../domain/project/facts/stall-declared.js';
import { knownDayWords, percentWords } from '../../shared/figures.js';
import { useAround } from '../around.js';
import type { Outlook } from '../reckoning/reckoning.js';
import { pointsWords } from '../walk/points.js';
import styles from './question.module.css';

/** How a fact is saved, as the person answered. */
export type Answer = 'save' | 're-measured' | 'undone' | 'resumed' | 'still';

/** One question before a fact is saved. */
interface Question {
  about: string;
  /** The figure that the fact says. */
  now: string;
  outlook: Outlook;
  answer(answer: Answer | undefined): void;
}

let open: Question | undefined;
const listeners = new Set<() => void>();

function become(next: Question | undefined): void {
  open = next;
  for (const listener of listeners) listener();
}

/** Asks the person; undefined if they cancel. */
export function askPerson(asked: Omit<Question, 'answer'>): Promise<Answer | undefined> {
  return new Promise((resolve) => {
    become({
      ...asked,
      answer: (answer) => {
        become(undefined);
        resolve(answer);
      },
    });
  });
}

/** Implied items that are named; the others are counted. */
const mostNamed = 5;

/** The open question, over the page. */
export function QuestionSheet() {
  const question = useSyncExternalStore(
    (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    () => open,
  );
  return question ? <Sheet {...question} /> : null;
}

function Sheet({ about, now, outlook, answer }: Question) {
  const { t, language, nameOf } = useAround();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const { lowerThan, implied, stall } = outlook;
  const isLower = lowerThan !== undefined;
  const sum = implied.reduce((total, { basisPoints }) => total + basisPoints, 0);
  const choices: readonly Answer[] = isLower
    ? ['re-measured', 'undone']
    : stall
      ? ['resumed', 'still']
      : ['save'];
  const title = isLower
    ? t('ask.lower', { about })
    : stall
      ? t('ask.stall')
      : t('ask.implied', { about, count: implied.length });
  return (
    <dialog
      ref={dialog}
      className={styles.sheet}
      aria-labelledby="question"
      onCancel={(event) => {
        event.preventDefault();
        answer(undefined);
      }}
    >
      <h2 id="question">{title}</h2>
      {isLower && <p>{t('ask.lowerHint', { before: percentWords(lowerThan, language), now })}</p>}
      {!isLower && stall && (
        <p>
          {t('ask.stallHint', {
            day: knownDayWords(stall.from, stall.fromExactness, language),
            cause: causeOf(stall.cause, language),
          })}
        </p>
      )}
      {!isLower && implied.length > 0 && (
        <>
          {stall && <h3>{t('ask.implied', { about, count: implied.length })}</h3>}
          <p>{t('ask.impliedHint', { by: pointsWords(sum, language) })}</p>
          <ul>
            {implied.slice(0, mostNamed).map(({ names, basisPoints }) => (
              <li key={nameOf(names)}>
                {nameOf(names)} <b>{pointsWords(basisPoints, language)}</b>
              </li>
            ))}
          </ul>
          {implied.length > mostNamed && <p>{t('ask.andMore', { count: implied.length - mostNamed })}</p>}
        </>
      )}
      <div className={styles.answers}>
        {choices.map((one, index) => (
          <button
            key={one}
            type="button"
            className={index === 0 ? styles.main : undefined}
            onClick={() => answer(one)}
          >
            {t(`ask.${one}`)}
          </button>
        ))}
        <button type="button" onClick={() => answer(undefined)}>
          {t('ask.cancel')}
        </button>
      </div>
    </dialog>
  );
}

/** A cause of a newer service is shown as it is called. */
function causeOf(cause: string, language: 'en' | 'zh'): string {
  return Object.hasOwn(episodeCauseWords, cause) ? episodeCauseWords[cause as EpisodeCause][language] : cause;
}
