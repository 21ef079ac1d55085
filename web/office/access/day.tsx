import { Anchor, Loader, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { permissionWords, placeWords } from '../../../domain/access/permission-words.js';
import { roleNames } from '../../../domain/access/roles.js';
import { isDay } from '../../../domain/values/days/calendar.js';
import type { PersonRights } from '../../../src/app/access/access.js';
import type { Moment } from '../../../src/app/queries/asked.js';
import { ask } from '../../shared/ask.js';
import { useLanguage } from '../../shared/language.js';
import { useParameters } from '../../shared/place.js';
import { Failure } from '../parts/failure.js';
import { useAuthor } from '../use/authors.js';
import { useToday } from '../use/today.js';
import styles from './access.module.css';
import { useAccessTexts } from './texts.js';

/** Who could do what on a day, as it was known at the end of another one. */
export default function AccessOnDay() {
  const say = useAccessTexts();
  const today = useToday();
  const [parameters, change] = useParameters();
  const asOf = dayIn(parameters.get('on')) ?? today ?? '';
  const known = dayIn(parameters.get('known'));
  const knownAt = known === undefined ? undefined : endOf(known);
  const { data, error, refetch } = useQuery({
    queryKey: ['people', 'rights', asOf, knownAt],
    queryFn: ({ signal }) =>
      ask<Moment & { items: PersonRights[] }>('/access', { asOf: asOf || undefined, knownAt }, signal),
    placeholderData: (before) => before,
  });
  return (
    <>
      <Anchor component={Link} href="/access" size="sm">
        ‹ {say('back')}
      </Anchor>
      <Title order={2} size="h4">
        {say('dayTitle')}
      </Title>
      <Text size="sm" mb="sm">
        {say('dayHint')}
      </Text>
      <div className={styles.fields}>
        <TextInput
          type="date"
          label={say('onDay')}
          value={asOf}
          max="9999-12-31"
          onChange={(event) => change({ on: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          label={say('knownOn')}
          description={say('knownHint')}
          inputWrapperOrder={['label', 'input', 'description']}
          value={known ?? ''}
          max="9999-12-31"
          onChange={(event) => change({ known: event.currentTarget.value })}
        />
      </div>
      {error && <Failure error={error} onAgain={() => void refetch()} />}
      {!data && !error && <Loader />}
      {data && <Rights people={data.items.filter(({ grants }) => grants.length > 0)} />}
    </>
  );
}

function Rights({ people }: { people: readonly PersonRights[] }) {
  const say = useAccessTexts();
  const language = useLanguage();
  const author = useAuthor();
  if (people.length === 0)
    return (
      <Text my="sm" role="status">
        {say('dayNone')}
      </Text>
    );
  return (
    <ul className={styles.rows} aria-label={say('dayTitle')}>
      {people.map(({ person, grants, permissions }) => (
        <li key={person}>
          <Anchor component={Link} fw={600} size="sm" href={`/access/${person}`}>
            {author({ by: person })}
          </Anchor>
          <div>
            {grants.map(({ grant, role, scope }) => (
              <Text size="sm" key={grant}>
                {roleNames[role][language]} · {placeWords(scope)[language]}
              </Text>
            ))}
          </div>
          <Text size="sm">
            {say('could', {
              what:
                permissions
                  .map((permission) => permissionWords[permission][language])
                  .join(language === 'zh' ? '、' : ', ') || say('couldNothing'),
            })}
          </Text>
        </li>
      ))}
    </ul>
  );
}

function dayIn(text: string | null): string | undefined {
  return text !== null && isDay(text) ? text : undefined;
}

/** The last instant of a day where the reader is. */
function endOf(day: string): string {
  return new Date(`${day}T23:59:59.999`).toISOString();
}
