import { useRef } from 'react';
import { wholeBasisPoints } from '../../../domain/values/amounts/basis-points.js';
import type { Day } from '../../../domain/values/days/calendar.js';
import { draftName, draftOf, dropDraft } from '../../forms/drafts.js';
import type { ItemName } from '../../forms/said/known.js';
import { percentWords, shortDayWords } from '../../shared/figures.js';
import { useAround } from '../around.js';
import { CheckIcon } from '../icons.js';
import { addressOf } from '../place.js';
import styles from './item-row.module.css';
import { isPercent, tabOf } from './items-of-walk.js';
import { Stepper } from './stepper.js';
import { useSwipe } from './use-swipe.js';

/** One item: its last value and day, "done" by one tap, and its percentage in place. */
export function ItemRow({
  project,
  item,
  on,
  isOpened,
  onOpen,
  onSay,
}: {
  project: string;
  item: ItemName;
  on: Day;
  isOpened: boolean;
  onOpen(): void;
  /** Saves a fact of the item; false if the person cancelled. */
  onSay(fact: object): Promise<boolean>;
}) {
  const { t, nameOf, language } = useAround();
  const row = useRef<HTMLLIElement>(null);
  const { percentBasisPoints, saidOn, status, steps } = item;
  const name = nameOf(item.names);
  const tab = tabOf(item);
  const draft = draftName(project, item.item);
  const typed = draftOf(draft);
  const isInPlace = tab === 'open' && isPercent(item);
  const say = async (fact: object) => {
    const next = nextOf(row.current);
    if (!(await onSay(fact))) return;
    dropDraft(draft);
    // The row may move away under the finger: the keyboard goes on with the next one.
    next?.focus({ preventScroll: true });
  };
  const done = () => void say({ type: 'MilestoneReached', item: item.item });
  const swipe = useSwipe(done);
  const value = (
    <span className={styles.value}>
      {status === 'unreported' ? (
        <span className={styles.unreported}>{t('notReported')}</span>
      ) : (
        <>
          <b>{percentWords(percentBasisPoints, language)}</b>
          <small>
            {status === 'implied' ? t('impliedMark') : saidOn && shortDayWords(saidOn, on, language)}
          </small>
        </>
      )}
    </span>
  );
  const words = (
    <span className={styles.name}>
      {name}
      {steps.length > 0 && <small>{steps.map(({ names }) => nameOf(names)).join(' · ')}</small>}
      {typed && !isOpened && <em>{t('draftMark')}</em>}
    </span>
  );
  return (
    <li ref={row} className={styles.item}>
      {swipe.by > 0 && (
        <span className={styles.behind} data-meant={swipe.isMeant} aria-hidden="true">
          <CheckIcon /> {t('swipedDone')}
        </span>
      )}
      <div
        className={styles.line}
        {...(tab === 'open' ? swipe.handlers : {})}
        style={swipe.by > 0 ? { transform: `translateX(${swipe.by}px)` } : undefined}
      >
        {isInPlace ? (
          <button type="button" className={styles.main} aria-expanded={isOpened} onClick={onOpen}>
            {words}
            {!isOpened && value}
          </button>
        ) : (
          <a className={styles.main} href={addressOf({ at: 'say', project, what: item.item })}>
            {words}
            {value}
          </a>
        )}
        {tab === 'open' ? (
          <button
            type="button"
            className={styles.done}
            data-done
            aria-label={t('markDone', { item: name })}
            onClick={done}
          >
            <span>
              <CheckIcon />
            </span>
          </button>
        ) : (
          <span className={`${styles.done} ${tab === 'done' ? styles.isDone : ''}`}>
            <span>
              <CheckIcon />
            </span>
          </span>
        )}
      </div>
      {isOpened && isInPlace && (
        <Stepper
          project={project}
          item={item}
          on={on}
          draft={draft}
          onSave={(percent) =>
            void say({
              type: 'ProgressMeasured',
              item: item.item,
              measure: { kind: 'percent', percent },
            })
          }
        />
      )}
      {!isOpened && status !== 'unreported' && tab === 'open' && (
        <span
          className={styles.bar}
          style={{ width: `${(100 * percentBasisPoints) / wholeBasisPoints}%` }}
          aria-hidden="true"
        />
      )}
    </li>
  );
}

/** The "done" of the next row, or of the one before at the end. */
function nextOf(row: HTMLLIElement | null): HTMLElement | undefined {
  const all = [...(row?.closest('main')?.querySelectorAll<HTMLElement>('[data-done]') ?? [])];
  const at = all.findIndex((one) => row?.contains(one));
  return all[at + 1] ?? all[at - 1];
}
