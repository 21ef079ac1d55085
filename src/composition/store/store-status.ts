import type { Instant } from '../../../domain/values/days/calendar.js';
import type { StoreState, StoreStatus } from '../../event-store/event-store.js';

/** The meaning of a state for users, after "The event store at HOSTS". */
const meanings: Readonly<Record<StoreState, string>> = {
  up: 'is up',
  connecting: 'is being connected to',
  'catching-up': 'is being caught up with',
  'no-leader': 'has no leader',
  'no-quorum': 'has lost its quorum',
  unreachable: 'cannot be reached',
  silent: 'gives no answer',
  denied: 'refuses this account',
  untrusted: 'shows a certificate that is not trusted here',
  refused: 'is not the one of this data folder',
  damaged: 'holds something that Topout did not write',
  failing: 'cannot be followed because this replica fails',
  closed: 'is closed',
};

const passing: readonly StoreState[] = ['connecting', 'catching-up', 'closed'];

/**
 * Reports changes of a cluster's state as sentences: each new kind of failure once, recovery once, and each truncated
 * or repaired stream once.
 */
export function statusTeller(
  hosts: string,
  now: () => Instant,
  tell: (sentence: string) => void,
): (status: StoreStatus) => void {
  let down: { state: StoreState; at: Instant } | undefined;
  const spoilt = new Map<string, string>();
  let mute: StoreStatus['notWriting'];
  return (status) => {
    const { state, why, notWriting } = status;
    if (notWriting && !mute)
      tell(
        `The event store at ${hosts} can be read, but accepts no entries (${notWriting.why}). Each new one is tried.`,
      );
    if (mute && !notWriting) tell(`The event store at ${hosts} accepts entries again.`);
    mute = notWriting;
    for (const { stream, why: how } of status.spoilt) {
      if (spoilt.get(stream) === how) continue;
      spoilt.set(stream, how);
      tell(`Stream ${stream} on the event store accepts no entries: ${how}.`);
    }
    for (const stream of spoilt.keys()) {
      if (status.spoilt.some((one) => one.stream === stream)) continue;
      spoilt.delete(stream);
      tell(`Stream ${stream} on the event store accepts entries again.`);
    }
    if (state === 'up') {
      if (down) tell(`The event store at ${hosts} is up again, after ${secondsBetween(down.at, now())} s.`);
      down = undefined;
    } else if (!passing.includes(state) && down?.state !== state) {
      const reason = why === undefined ? '' : ` (${why})`;
      down = { state, at: down?.at ?? now() };
      tell(
        `The event store at ${hosts} ${meanings[state]}${reason}. Nothing can be recorded; reads are answered from the views, with their age; Topout keeps trying.`,
      );
    }
  };
}

function secondsBetween(from: Instant, to: Instant): number {
  return Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000));
}
