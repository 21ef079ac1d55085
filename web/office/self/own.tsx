import { Alert, Loader, Paper, Stack, Text, Title } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { mayWords } from '../../../domain/access/permission-words.js';
import { roleNames } from '../../../domain/access/roles.js';
import type { PersonAnswer } from '../../../src/app/access/access.js';
import { ask } from '../../shared/ask.js';
import { useLanguage } from '../../shared/language.js';
import type { Self } from '../../shared/self.js';
import styles from '../access/access.module.css';
import { rolesNow } from '../access/people-queries.js';
import { Keys } from '../access/person/keys.js';
import { SignIns } from '../access/person/sign-ins.js';
import { Failure } from '../parts/failure.js';
import { Section } from '../parts/section.js';
import { useSelf } from '../use/self.js';
import { ChangePassword } from './change-password.js';
import { useOwnTexts } from './texts.js';

const ownQuery = queryOptions({
  queryKey: ['people', 'self'],
  queryFn: ({ signal }) => ask<Self>('/people/self', {}, signal),
});

/** The own roles, keys, devices and password of who signed in. */
export default function Own() {
  const say = useOwnTexts();
  const self = useSelf();
  const { data, error, refetch } = useQuery({ ...ownQuery, enabled: self?.mode === 'signed-in' });
  if (self && self.mode !== 'signed-in')
    return (
      <Alert color="var(--waits)" variant="outline" role="status" my="md">
        {say('open')}
      </Alert>
    );
  if (error) return <Failure error={error} onAgain={() => void refetch()} />;
  if (!data) return <Loader />;
  return <Shown key={data.person} self={data} person={personIn(data)} />;
}

function Shown({ self, person }: { self: Self; person: PersonAnswer }) {
  const say = useOwnTexts();
  const language = useLanguage();
  const name = person.name ?? person.person;
  const roles = rolesNow(person);
  return (
    <Stack gap="md">
      <div>
        <Title order={2} size="h3">
          {say('title')}
        </Title>
        <Text size="sm">{[name, person.contact].filter(Boolean).join(' · ')}</Text>
      </div>
      <div className={styles.panels}>
        <Stack gap="md">
          <Panel title={say('may')}>
            {roles.length === 0 && <Text size="sm">{say('mayNothing')}</Text>}
            {roles.map(({ grant, role, scope }) => (
              <Text size="sm" key={grant}>
                {say('asRole', { role: roleNames[role][language], may: mayWords(role, scope)[language] })}
              </Text>
            ))}
          </Panel>
          <Panel title={say('password')}>
            {self.signedInBy?.kind === 'session' ? (
              <ChangePassword />
            ) : (
              <Text size="sm">{say('passwordElsewhere')}</Text>
            )}
          </Panel>
        </Stack>
        <Stack gap="md">
          <Panel title={say('signIns')}>
            <SignIns person={person} name={name} canManage />
          </Panel>
          <Panel title={say('keys')}>
            <Keys person={person} name={name} canManage />
          </Panel>
        </Stack>
      </div>
    </Stack>
  );
}

function Panel({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Paper withBorder p="md">
      <Section title={title}>{children}</Section>
    </Paper>
  );
}

/** Who signed in, as a person; the service names all of it for them. */
function personIn({ person = '', added, grants = [], credentials = [], ...rest }: Self): PersonAnswer {
  return { ...rest, person, added: added ?? { on: '', at: '', by: '' }, grants, credentials };
}
