import { useEffect, useState } from 'react';
import type { Happening } from '../alert-answers.js';
import { happenings } from '../happenings.js';
import { heldAnswers } from '../held/held-answers.js';

const freshMs = 6_000;
/** Below this the list is scrolled, so that a change would move what somebody reads. */
const scrolledPx = 120;

/**
 * Follows what happens to alerts. At the top of the page the list is read again immediately; while it is scrolled, or
 * something in it is selected or being answered, what happened is counted and waits.
 *
 * @param isBusy somebody works in the list
 */
export function useNews(isBusy: boolean, readAgain: () => void) {
  const [fresh, setFresh] = useState<readonly Happening[]>([]);
  const [waiting, setWaiting] = useState<ReadonlySet<string>>(new Set());
  useEffect(
    () =>
      happenings.hear((happened) => {
        if (happened === 'reset') {
          readAgain();
          return;
        }
        const others = happened.filter(({ type, alert }) => !isOwn(type, alert.alert));
        if (others.length === 0) return;
        if (isBusy || scrollY > scrolledPx)
          setWaiting((all) => new Set([...all, ...others.map(({ alert }) => alert.alert)]));
        else readAgain();
        setFresh((all) => [...all, ...others]);
        setTimeout(() => setFresh((all) => all.filter((one) => !others.includes(one))), freshMs);
      }),
    [isBusy, readAgain],
  );
  return {
    fresh: new Set(fresh.map(({ alert }) => alert.alert)) as ReadonlySet<string>,
    waiting: waiting.size,
    show: () => {
      setWaiting(new Set());
      readAgain();
      scrollTo({ top: 0 });
    },
  };
}

/** What this page said itself is shown already. */
function isOwn(type: Happening['type'], alert: string): boolean {
  return type === 'AlertAcknowledged' && heldAnswers.current().has(alert);
}
