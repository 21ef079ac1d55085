import { Alert, List } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { Problem } from '../../shared/problem.js';
import { faultsIn, liesIn } from './faults.js';
import { useSetupTexts } from './texts.js';

/** The text of the service's objection to a member; undefined if there is none. */
export function useFaultAt(error: unknown): (...members: string[]) => string | undefined {
  const say = useSetupTexts();
  return (...members) => {
    const own = faultsIn(error).filter(({ member }) => liesIn(member, members));
    return own.map(({ seen, expected }) => say('fault', { seen, expected })).join(' ') || undefined;
  };
}

/**
 * Explains a refusal by the service, and focuses the first faulty field.
 *
 * @param fields members that show their own fault; the others are shown here
 */
export function Refused({ error, fields }: { error: unknown; fields: readonly string[] }) {
  const say = useSetupTexts();
  const alert = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!error) return;
    const field = document.querySelector<HTMLElement>('main [aria-invalid=true]');
    if (field) field.focus();
    else alert.current?.scrollIntoView({ block: 'nearest' });
  }, [error]);
  if (!error) return null;
  const faults = faultsIn(error);
  const others = faults.filter(({ member }) => !liesIn(member, fields));
  return (
    <Alert
      ref={alert}
      color="var(--bad)"
      variant="outline"
      role="alert"
      title={error instanceof Problem && error.title ? error.title : undefined}
      my="xs"
    >
      {words()}
      {others.length > 0 && (
        <List size="sm" mt="xs">
          {others.map((fault) => (
            <List.Item key={fault.member}>{say('faultOf', { ...fault })}</List.Item>
          ))}
        </List>
      )}
    </Alert>
  );

  function words(): string {
    if (!(error instanceof Problem)) return String(error);
    if (error.kind === 'not-permitted') return say('mayNot', { why: error.message });
    if (error.isOfAccess) return say('signIn');
    if (error.kind === 'unreachable') return say('unreachable');
    return faults.length > others.length ? say('seeMarked') : error.message;
  }
}
