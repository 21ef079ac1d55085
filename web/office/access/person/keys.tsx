import { Alert, Button, Group, Select, Text } from '@mantine/core';
import { useState } from 'react';
import { placeWords } from '../../../../domain/access/permission-words.js';
import { roleNames } from '../../../../domain/access/roles.js';
import type { CredentialAnswer, KeyIssued, PersonAnswer } from '../../../../src/app/access/access.js';
import { instantWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import { Sure } from '../../parts/sure.js';
import { Refused } from '../../setup/refused.js';
import { useAuthor } from '../../use/authors.js';
import styles from '../access.module.css';
import { useChange } from '../people-queries.js';
import { useAccessTexts } from '../texts.js';
import { ShownOnce } from './shown-once.js';

const lifetimes = ['30', '90', '365', '730'] as const;

/** How many keys of one person may be valid at a time. */
const mostKeys = 2;

/** The valid keys of a person, and the issue of the next one, which is shown once. */
export function Keys({
  person,
  name,
  canManage,
}: {
  person: PersonAnswer;
  name: string;
  canManage: boolean;
}) {
  const say = useAccessTexts();
  const [days, setDays] = useState<(typeof lifetimes)[number]>('365');
  const [issued, setIssued] = useState<KeyIssued>();
  const issue = useChange<void, KeyIssued>(
    () => ({ method: 'POST', path: `/people/${person.person}/keys`, body: { days: Number(days) } }),
    setIssued,
  );
  const keys = person.credentials.filter((one) => one.kind === 'key' && isValid(one));
  return (
    <>
      <Text size="sm" mb="xs">
        {say('keysHint', { name })}
      </Text>
      {keys.length === 0 && <Text size="sm">{say('noKeys')}</Text>}
      <ul className={styles.held}>
        {keys.map((one) => (
          <li key={one.credential}>
            <CredentialLine credential={one} title={say('key', { id: one.credential })} />
            {canManage && <EndKey person={person.person} id={one.credential} />}
          </li>
        ))}
      </ul>
      {issued && (
        <ShownOnce
          title={say('shownOnce', { name })}
          hint={say('shownOnceHint', { name })}
          secret={issued.key}
          onDone={() => setIssued(undefined)}
        />
      )}
      {canManage && !issued && keys.length >= mostKeys && <Text size="sm">{say('twoKeys')}</Text>}
      {canManage && !issued && keys.length < mostKeys && (
        <>
          {keys.length > 0 && (
            <Alert variant="outline" color="var(--main)" mb="sm">
              {say('rotateHint')}
            </Alert>
          )}
          <Group align="end" gap="sm">
            <Select
              label={say('days')}
              allowDeselect={false}
              data={lifetimes.map((one) => ({ value: one, label: say(`days.${one}`) }))}
              value={days}
              onChange={(next) => next && setDays(next as typeof days)}
              comboboxProps={{ transitionProps: { duration: 0 } }}
              w="9rem"
            />
            <Button variant="default" loading={issue.isPending} onClick={() => issue.mutate()}>
              {say(keys.length > 0 ? 'rotate' : 'issue')}
            </Button>
          </Group>
          <Refused error={issue.error} fields={[]} />
        </>
      )}
    </>
  );
}

/** True for a credential that signs somebody in now. */
export function isValid({ revoked, expiresAt }: CredentialAnswer): boolean {
  return !revoked && new Date(expiresAt) > new Date();
}

/** A credential: issued when and by whom, and until when it is valid or how it ended. */
export function CredentialLine({ credential, title }: { credential: CredentialAnswer; title: string }) {
  const say = useAccessTexts();
  const language = useLanguage();
  const author = useAuthor();
  const { issued, expiresAt, revoked, limits } = credential;
  const at = (instant: string) => instantWords(instant, language);
  const only = [
    ...(limits?.roles ?? []).map((role) => roleNames[role][language]),
    ...(limits?.scope ? [placeWords(limits.scope)[language]] : []),
  ];
  const ending = revoked
    ? say('ended', { at: at(revoked.at), by: author(revoked) })
    : say(isValid(credential) ? 'validUntil' : 'expired', { at: at(expiresAt) });
  return (
    <div>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      <Text size="xs">
        {[
          say('issued', { at: at(issued.at), by: author(issued) }),
          ending,
          ...(only.length > 0 ? [say('limited', { what: only.join(' · ') })] : []),
        ].join(' · ')}
      </Text>
    </div>
  );
}

function EndKey({ person, id }: { person: string; id: string }) {
  const say = useAccessTexts();
  const act = useChange<undefined>(() => ({ method: 'DELETE', path: `/people/${person}/keys/${id}` }));
  return (
    <Sure label={say('endKey')} name={say('endKeyOf', { id })} title={say('endKeyTitle', { id })} act={act}>
      {say('endKeyHint')}
    </Sure>
  );
}
