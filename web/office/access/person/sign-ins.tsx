import { Group, Text } from '@mantine/core';
import type { CredentialAnswer, PersonAnswer } from '../../../../src/app/access/access.js';
import { Sure } from '../../parts/sure.js';
import styles from '../access.module.css';
import { useChange } from '../people-queries.js';
import { useAccessTexts } from '../texts.js';
import { CredentialLine, isValid } from './keys.js';

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
            <CredentialLine credential={one} title={say(one.kind, { id: one.credential })} />
            {canManage && <EndSignIn person={person.person} credential={one} />}
          </li>
        ))}
      </ul>
      {canManage && present.length > 0 && (
        <Group mb="sm">
          <Everywhere person={person.person} name={name} />
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
                <CredentialLine credential={one} title={say(one.kind, { id: one.credential })} />
              </li>
            ))}
          </ul>
        </details>
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
