import { Button, Group, Text } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { CredentialAnswer, PersonAnswer } from '../../../../src/app/access/access.js';
import { Sure } from '../../parts/sure.js';
import { part } from '../../room.js';
import { useSelf } from '../../use/self.js';
import styles from '../access.module.css';
import { useChange } from '../people-queries.js';
import { type SayAccess, useAccessTexts } from '../texts.js';
import { CredentialLine, isValid } from './keys.js';

const EnrolPhone = lazy(() =>
  part(async () => ({ default: (await import('../../enrol/enrol-phone.js')).EnrolPhone })),
);

const endings = {
  device: ['endDeviceTitle', 'endDeviceHint'],
  session: ['endSessionTitle', 'endSessionHint'],
  link: ['endLinkTitle', 'endLinkHint'],
  identity: ['endIdentityTitle', 'endIdentityHint'],
} as const;

/** The phones and browsers of a person, and credentials that have ended. */
export function SignIns({
  person,
  name,
  canManage,
}: {
  person: PersonAnswer;
  name: string;
  canManage: boolean;
}) {
  const say = useAccessTexts();
  const here = useSelf()?.signedInBy?.credential;
  const present = person.credentials.filter((one) => one.kind !== 'key' && isValid(one));
  const past = person.credentials.filter((one) => !isValid(one));
  return (
    <>
      <Text size="sm" mb="xs">
        {say('signInsHint')}
      </Text>
      {present.length === 0 && <Text size="sm">{say('noSignIns')}</Text>}
      <ul className={styles.held}>
        {present.map((one) => (
          <li key={one.credential}>
            <CredentialLine
              credential={one}
              title={nameOf(one, say) + (one.credential === here ? ` · ${say('here')}` : '')}
            />
            {canManage && <EndSignIn person={person.person} credential={one} />}
          </li>
        ))}
      </ul>
      {canManage && (
        <Group mb="sm" gap="xs">
          <Enrol person={person.person} name={name} />
          {present.length > 0 && <Everywhere person={person.person} name={name} />}
        </Group>
      )}
      {past.length > 0 && (
        <details>
          <summary>
            {say('pastCredentials')} ({past.length})
          </summary>
          <ul className={styles.held}>
            {past.map((one) => (
              <li key={one.credential}>
                <CredentialLine credential={one} title={nameOf(one, say)} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

/** A phone by what its person calls it, anything else by its public id. */
function nameOf({ kind, label, credential }: CredentialAnswer, say: SayAccess): string {
  const name = say(kind, { id: credential });
  return label === undefined ? name : `${name} · ${label}`;
}

/** Enrols a phone for the person. */
function Enrol({ person, name }: { person: string; name: string }) {
  const say = useAccessTexts();
  const self = useSelf();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setOpen(true)}>
        {say('enrol')}
      </Button>
      {isOpen && (
        <Suspense fallback={null}>
          <EnrolPhone
            person={person}
            name={name}
            isSelf={self?.person === person}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </>
  );
}

function EndSignIn({
  person,
  credential: { credential: id, kind },
}: {
  person: string;
  credential: CredentialAnswer;
}) {
  const say = useAccessTexts();
  const act = useChange<undefined>(() => ({ method: 'DELETE', path: `/people/${person}/keys/${id}` }));
  const [title, hint] = endings[kind === 'key' ? 'session' : kind];
  return (
    <Sure label={say('endKey')} name={say('endKeyOf', { id })} title={say(title, { id })} act={act}>
      {say(hint)}
    </Sure>
  );
}

function Everywhere({ person, name }: { person: string; name: string }) {
  const say = useAccessTexts();
  const act = useChange<undefined>(() => ({ method: 'POST', path: `/people/${person}/sign-out` }));
  return (
    <Sure label={say('everywhere')} title={say('everywhereTitle', { name })} act={act}>
      {say('everywhereHint')}
    </Sure>
  );
}
