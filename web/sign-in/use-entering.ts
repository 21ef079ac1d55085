import { useState } from 'react';
import { tell } from '../shared/ask.js';
import { Problem } from '../shared/problem.js';
import type { Self } from '../shared/self.js';
import { textOf, useSignInTexts } from './texts.js';

type Said = Readonly<Record<string, string>>;

/** A sign-in under way, or what was wrong with the last one. */
interface Entering {
  isUnderWay: boolean;
  fault?: string;
  enter(body: Said | (() => Promise<Said>)): void;
  refuse(fault: string): void;
}

/**
 * Sends a sign-in, and hands on who signed in.
 *
 * @param path of the route that takes it
 */
export function useEntering(
  onEntered: (self: Self) => void,
  path: '/session' | '/devices' = '/session',
): Entering {
  const t = useSignInTexts();
  const [isUnderWay, setUnderWay] = useState(false);
  const [fault, setFault] = useState<string>();
  const enter: Entering['enter'] = (body) => {
    setUnderWay(true);
    setFault(undefined);
    Promise.resolve(typeof body === 'function' ? body() : body)
      .then((said) => tell<Self>('POST', path, said))
      .then(({ answer }) => onEntered(answer))
      .catch((error: unknown) => {
        const known = error instanceof Problem ? textOf(error.kind) : undefined;
        const why = error instanceof Problem && error.title ? error.title : String(error);
        setFault(known ? t(known) : t('otherwise', { why }));
      })
      .finally(() => setUnderWay(false));
  };
  return { isUnderWay, enter, refuse: setFault, ...(fault === undefined ? {} : { fault }) };
}
