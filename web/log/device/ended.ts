import { useEffect } from 'react';
import { msPerDay } from '../../../domain/values/days/durations.js';
import { tell } from '../../shared/ask.js';
import { forgetAnswers } from '../../shared/known-answers.js';
import { type Known, ownSelf, type Self, useKnownSelf } from '../../shared/self.js';
import { deviceShelf } from '../outbox/device.js';
import type { Outbox } from '../outbox/outbox.js';

/** An enrolled phone asks for more time once fewer days than these are left. */
const renewedBelowDays = 150;

/** True on a phone whose enrolment has expired or was ended. */
function hasEnded(known: Known | undefined): boolean {
  return known?.self.mode === 'nobody' && known.before?.signedInBy?.kind === 'device';
}

/**
 * True on a phone whose enrolment has ended: it then forgets what the service answered, because nobody knows who holds
 * it now. What is not recorded yet stays.
 */
export function useHasEnded(outbox: Outbox): boolean {
  const known = useKnownSelf();
  const isEnded = hasEnded(known);
  useEffect(() => {
    if (isEnded) void forget(outbox);
  }, [isEnded, outbox]);
  return isEnded;
}

async function forget(outbox: Outbox): Promise<void> {
  await forgetAnswers();
  // What is recorded is safe in the service.
  for (const { id, state, owner } of await deviceShelf.all())
    if (state.is === 'recorded' && owner) await deviceShelf.remove(id);
  outbox.tell();
}

/** Renews the enrolment of this phone, if little of its time is left. */
export function useRenewal(): void {
  const { self } = useKnownSelf() ?? {};
  const until = self?.signedInBy?.kind === 'device' ? self.until : undefined;
  useEffect(() => {
    if (until === undefined || Date.parse(until) - Date.now() > renewedBelowDays * msPerDay) return;
    // Without a network it is tried again when the page is opened next.
    tell<Self>('POST', '/devices/renewal')
      .then(({ answer }) => ownSelf.become(answer))
      .catch(() => undefined);
  }, [until]);
}
