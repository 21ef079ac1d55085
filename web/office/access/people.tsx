import {
  Alert,
  Anchor,
  Badge,
  Button,
  Checkbox,
  Code,
  Group,
  Loader,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { placeWords } from '../../../domain/access/permission-words.js';
import { roleNames } from '../../../domain/access/roles.js';
import type { PersonAnswer } from '../../../src/app/access/access.js';
import { type Language, useLanguage } from '../../shared/language.js';
import { Failure } from '../parts/failure.js';
import { useMay, useSelf } from '../use/self.js';
import { useInitials } from '../use/use-initials.js';
import styles from './access.module.css';
import { AddPerson } from './add-person.js';
import { nameOf } from './name-of.js';
import { peopleQuery, rolesNow } from './people-queries.js';
import { useAccessTexts } from './texts.js';

/** People listed initially; further ones are found by typing. */
const mostShown = 60;

/** The people of the installation: found, added, and opened. */
export default function People() {
  const say = useAccessTexts();
  const self = useSelf();
  const may = useMay();
  const { data, error, refetch } = useQuery({ ...peopleQuery, enabled: self?.mode === 'signed-in' });
  return (
    <>
      <Group justify="space-between" align="baseline" mb="sm">
        <Title order={2} size="h4">
          {say('title')}
        </Title>
        {self?.mode === 'signed-in' && may('access-read') && (
          <Anchor component={Link} href="/access/day" size="sm">
            {say('whoCould')}
          </Anchor>
        )}
      </Group>
      {self?.mode === 'open' && (
        <Alert color="var(--waits)" variant="outline" title={say('openTitle')}>
          <Text size="sm" mb="sm">
            {say('openHint')}
          </Text>
          <Code block>topout admin init --name "…"</Code>
        </Alert>
      )}
      {error && <Failure error={error} onAgain={() => void refetch()} />}
      {!data && !error && self?.mode !== 'open' && <Loader />}
      {data && (
        <>
          {may('people-manage') && <AddPerson isFirst={data.items.length === 0} />}
          {data.items.length > 0 && <Found people={data.items} />}
        </>
      )}
    </>
  );
}

function Found({ people }: { people: readonly PersonAnswer[] }) {
  const say = useAccessTexts();
  const language = useLanguage();
  const [search, setSearch] = useState('');
  const [isWithRemoved, setWithRemoved] = useState(false);
  const initialsOf = useInitials(search);
  const wanted = search.trim().toLowerCase();
  const found = people
    .filter(({ removed, erasure }) => isWithRemoved || !removed || erasure)
    .filter(
      (one) =>
        wanted === '' ||
        textsOf(one, language).some(
          (text) =>
            text.toLowerCase().includes(wanted) || initialsOf?.(text).includes(wanted.replaceAll(' ', '')),
        ),
    )
    .sort((a, b) => nameOf(a, say, language).localeCompare(nameOf(b, say, language), language));
  return (
    <section aria-label={say('who')}>
      <Group align="end" gap="md" mb="xs">
        <TextInput
          type="search"
          label={say('find')}
          description={say('findHint')}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          className={styles.search}
        />
        {people.some(({ removed }) => removed) && (
          <Checkbox
            label={say('showRemoved')}
            checked={isWithRemoved}
            onChange={(event) => setWithRemoved(event.currentTarget.checked)}
          />
        )}
      </Group>
      <Text size="sm" role="status" mb="xs">
        {found.length === 0 ? say('noneFound') : say('count', { count: found.length })}
      </Text>
      <ul className={styles.rows}>
        {found.slice(0, mostShown).map((one) => (
          <li key={one.person}>
            <Anchor component={Link} href={`/access/${one.person}`} fw={600} size="sm">
              {nameOf(one, say, language)}
            </Anchor>
            <Text size="sm" className={styles.contact}>
              {one.contact}
            </Text>
            <Group gap={4} className={styles.roles}>
              {one.erasure && (
                <Badge color="var(--waits)" variant="outline" tt="none">
                  {say('erasureAsked')}
                </Badge>
              )}
              {one.removed ? (
                <Badge color="#495057" variant="filled" tt="none">
                  {say('removed')}
                </Badge>
              ) : (
                <RolesOf person={one} />
              )}
            </Group>
          </li>
        ))}
      </ul>
      {found.length > mostShown && (
        <Text size="sm" mt="xs">
          {say('more', { count: found.length - mostShown })}
        </Text>
      )}
      {wanted !== '' && (
        <Button size="xs" variant="default" mt="sm" onClick={() => setSearch('')}>
          {say('cancel')}
        </Button>
      )}
    </section>
  );
}

function RolesOf({ person }: { person: PersonAnswer }) {
  const say = useAccessTexts();
  const language = useLanguage();
  const roles = rolesNow(person);
  if (roles.length === 0) return <Text size="sm">{say('noRole')}</Text>;
  return roles.map(({ grant, role, scope }) => (
    <Badge key={grant} variant="outline" color="var(--soft-ink)" tt="none" className={styles.role}>
      {roleNames[role][language]} · {placeWords(scope)[language]}
    </Badge>
  ));
}

/** The texts by which a person is found. */
function textsOf(one: PersonAnswer, language: Language): string[] {
  const roles = rolesNow(one).map(
    ({ role, scope }) => `${roleNames[role][language]} ${placeWords(scope)[language]}`,
  );
  return [one.name ?? '', one.contact ?? '', one.person, ...roles];
}
