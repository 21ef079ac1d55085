import { Text } from '@mantine/core';
import { placeWords, scopeWords } from '../../../../domain/access/permission-words.js';
import { roleNames } from '../../../../domain/access/roles.js';
import type { GrantAnswer, PersonAnswer } from '../../../../src/app/access/access.js';
import { instantWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import { Sure } from '../../parts/sure.js';
import { useAuthor } from '../../use/authors.js';
import styles from '../access.module.css';
import { rolesNow, useChange } from '../people-queries.js';
import { useAccessTexts } from '../texts.js';

/** The roles of a person in force, and past ones folded away. */
export function Roles({ person, canManage }: { person: PersonAnswer; canManage: boolean }) {
  const say = useAccessTexts();
  const present = rolesNow(person);
  const past = person.grants.filter(({ revoked }) => revoked);
  return (
    <>
      {present.length === 0 && <Text size="sm">{say('noRoles')}</Text>}
      <ul className={styles.held}>
        {present.map((grant) => (
          <li key={grant.grant}>
            <GrantLine grant={grant} />
            {canManage && <Revoke person={person} grant={grant} />}
          </li>
        ))}
      </ul>
      {past.length > 0 && (
        <details>
          <summary>
            {say('past')} ({past.length})
          </summary>
          <ul className={styles.held}>
            {past.map((grant) => (
              <li key={grant.grant}>
                <GrantLine grant={grant} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function GrantLine({ grant: { role, scope, granted, revoked } }: { grant: GrantAnswer }) {
  const say = useAccessTexts();
  const language = useLanguage();
  const author = useAuthor();
  return (
    <div>
      <Text size="sm" fw={600}>
        {roleNames[role][language]} · {placeWords(scope)[language]}
      </Text>
      <Text size="xs">
        {[
          say('granted', { at: instantWords(granted.at, language), by: author(granted) }),
          ...(revoked
            ? [say('revoked', { at: instantWords(revoked.at, language), by: author(revoked) })]
            : []),
        ].join(' · ')}
      </Text>
    </div>
  );
}

function Revoke({ person, grant: { grant, role, scope } }: { person: PersonAnswer; grant: GrantAnswer }) {
  const say = useAccessTexts();
  const language = useLanguage();
  const act = useChange<undefined>(() => ({
    method: 'DELETE',
    path: `/people/${person.person}/grants/${grant}`,
  }));
  const named = { role: roleNames[role][language], where: scopeWords(scope)[language] };
  return (
    <Sure label={say('revoke')} name={say('revokeOf', named)} title={say('revokeTitle', named)} act={act}>
      <p>{say('revokeHint')}</p>
      {rolesNow(person).length === 1 && <p>{say('revokeLast')}</p>}
    </Sure>
  );
}
