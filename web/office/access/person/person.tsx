import { Anchor, Loader, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useParams } from 'wouter';
import { mayWords } from '../../../../domain/access/permission-words.js';
import { roleNames } from '../../../../domain/access/roles.js';
import type { PersonAnswer } from '../../../../src/app/access/access.js';
import { dayWords, instantWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import { Failure } from '../../parts/failure.js';
import { Section } from '../../parts/section.js';
import { useAuthor } from '../../use/authors.js';
import { useMay, useSelf } from '../../use/self.js';
import styles from '../access.module.css';
import { nameOf } from '../name-of.js';
import { personQuery, rolesNow } from '../people-queries.js';
import { useAccessTexts } from '../texts.js';
import { Erasure } from './erasure.js';
import { GiveRole } from './give-role.js';
import { Keys } from './keys.js';
import { Removal } from './removal.js';
import { Roles } from './roles.js';
import { SignInLink } from './sign-in-link.js';
import { SignIns } from './sign-ins.js';
import { TieIdentity } from './tie-identity.js';

/** One person: what they may do, their roles, their keys, and where they are signed in. */
export default function OnePerson() {
  const { person = '' } = useParams<{ person: string }>();
  const { data, error, refetch } = useQuery(personQuery(person));
  if (error) return <Failure error={error} onAgain={() => void refetch()} />;
  if (!data) return <Loader />;
  return <Shown key={person} person={data} />;
}

function Shown({ person }: { person: PersonAnswer }) {
  const say = useAccessTexts();
  const language = useLanguage();
  const author = useAuthor();
  const may = useMay();
  const self = useSelf();
  const name = nameOf(person, say, language);
  const canManage = may('people-manage') && !person.removed;
  const isSelf = self?.person === person.person;
  return (
    <Stack gap="md">
      <div>
        <Anchor component={Link} href="/access" size="sm">
          ‹ {say('back')}
        </Anchor>
        <Title order={2} size="h3">
          {name}
        </Title>
        <Text size="sm">
          {[
            person.contact,
            say('added', { at: instantWords(person.added.at, language), by: author(person.added) }),
            `${say('id')} ${person.person}`,
          ]
            .filter(Boolean)
            .join(' · ')}
        </Text>
        {isSelf && <Text size="sm">{say('self')}</Text>}
        {person.removed && (
          <Text size="sm" fw={600}>
            {say('removedOn', { day: dayWords(person.removed.on, language) })}
          </Text>
        )}
      </div>
      <div className={styles.panels}>
        <Stack gap="md">
          {!person.removed && <MayDo person={person} />}
          <Panel title={say('roles')}>
            <Roles person={person} canManage={canManage} />
          </Panel>
          {canManage && (
            <Panel title={say('give')}>
              <GiveRole person={person} name={name} />
            </Panel>
          )}
        </Stack>
        <Stack gap="md">
          {canManage && (
            <Panel title={say('signInLink')}>
              <SignInLink person={person} name={name} />
            </Panel>
          )}
          <Panel title={say('keys')}>
            <Keys person={person} name={name} canManage={canManage || (isSelf && !person.removed)} />
          </Panel>
          <Panel title={say('signIns')}>
            <SignIns person={person} name={name} canManage={canManage || (isSelf && !person.removed)} />
          </Panel>
          {canManage && self?.provider !== undefined && (
            <Panel title={say('tie')}>
              <TieIdentity person={person} provider={self.provider} />
            </Panel>
          )}
          {canManage && <Removal person={person} name={name} />}
          {may('people-manage', {}) && <Erasure person={person} name={name} />}
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

/** Every role in a sentence. */
function MayDo({ person }: { person: PersonAnswer }) {
  const say = useAccessTexts();
  const language = useLanguage();
  const roles = rolesNow(person);
  return (
    <Panel title={say('may')}>
      {roles.length === 0 && <Text size="sm">{say('mayNothing')}</Text>}
      {roles.map(({ grant, role, scope }) => (
        <Text size="sm" key={grant}>
          {say('asRole', { role: roleNames[role][language], may: mayWords(role, scope)[language] })}
        </Text>
      ))}
    </Panel>
  );
}
