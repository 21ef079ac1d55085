import type { Limits } from '../../../domain/access/events.js';
import { permissionWords } from '../../../domain/access/permission-words.js';
import { roleNames } from '../../../domain/access/roles.js';
import type { Scope } from '../../../domain/access/scope.js';
import { bracketed } from '../../../domain/values/punctuation.js';
import { removedPersonWords } from '../../../projections/words/author-words.js';
import type { GrantAnswer, PersonAnswer, PersonRights } from '../../app/access/access.js';
import type { Language } from '../terminal.js';
import { pairs, table } from './table.js';
import { columns, either, label } from './words.js';

type Rates = Limits['rates'];

/** The people, one line each, with the roles in force. */
export function peopleTable(people: readonly PersonAnswer[], language: Language): string {
  const rows = people.map(({ person, grants, removed, ...named }) => [
    person,
    nameText({ ...named, removed }, language),
    rolesText(
      grants.filter(({ revoked }) => !revoked),
      language,
    ),
  ]);
  return table(columns(['person', 'name', 'roles'], language), rows);
}

/** The name; of one that was removed, or that this replica cannot read, that. */
function nameText(
  { name, isUnreadable, removed }: Pick<PersonAnswer, 'name' | 'isUnreadable' | 'removed'>,
  language: Language,
): string {
  if (removed) return removedPersonWords[language];
  return name ?? (isUnreadable ? either(language, 'unreadable on this replica', '此副本无法读取') : '-');
}

/** One person with roles and keys, each with its id. */
export function personPage(
  { person, contact, grants, credentials, erasure, ...named }: PersonAnswer,
  language: Language,
): string {
  const ended = (revoked: unknown) => (revoked ? either(language, ' (revoked)', '（已撤销）') : '');
  return pairs([
    [label('person', language), person],
    [label('name', language), nameText(named, language)],
    ...(contact === undefined ? [] : [[label('contact', language), contact] as [string, string]]),
    ...(erasure === undefined
      ? []
      : [[label('erasure', language), requestText(erasure, language)] as [string, string]]),
    ...grants.map((grant): [string, string] => [
      label('role', language),
      `${grant.grant}  ${roleText(grant, language)}${ended(grant.revoked)}`,
    ]),
    ...credentials.map(({ credential, kind, expiresAt, limits, revoked }): [string, string] => [
      label('key', language),
      `${credential}  ${kind}  ${either(language, 'until', '至')} ${expiresAt.slice(0, 10)}${ratesText(limits?.rates, language)}${ended(revoked)}`,
    ]),
  ]);
}

/** What came of the request to erase a person. */
export function erasureText({ person, erasure }: PersonAnswer, language: Language): string {
  if (!erasure) return either(language, 'Erased.', '已彻底删除。');
  const command = `topout admin erase ${person}`;
  return either(
    language,
    `Requested. Nothing is erased until another administrator confirms it, by ${erasure.until.slice(0, 10)}: ${command}`,
    `已申请。须由另一名管理员在 ${erasure.until.slice(0, 10)} 前确认，此前不会删除：${command}`,
  );
}

function requestText({ on, by, until }: NonNullable<PersonAnswer['erasure']>, language: Language): string {
  return either(
    language,
    `requested on ${on} by ${by}; another administrator can confirm it until ${until.slice(0, 10)}`,
    `${by} 于 ${on} 申请；另一名管理员可在 ${until.slice(0, 10)} 前确认`,
  );
}

/** The rates of a key, if it has some of its own. */
function ratesText(rates: Rates, language: Language): string {
  const { reads, writes } = rates ?? {};
  const parts = [
    reads === undefined ? '' : either(language, `${reads} reads a second`, `每秒读取 ${reads} 次`),
    writes === undefined ? '' : either(language, `${writes} writes a second`, `每秒写入 ${writes} 次`),
  ].filter(Boolean);
  return parts.length > 0 ? `  ${parts.join(either(language, ', ', '，'))}` : '';
}

/** What people could do, one line each. */
export function rightsTable(people: readonly PersonRights[], language: Language): string {
  const rows = people.map(({ person, grants, permissions }) => [
    person,
    rolesText(grants, language),
    permissions.map((permission) => permissionWords[permission][language]).join(either(language, ', ', '、')),
  ]);
  return table(columns(['person', 'roles', 'permissions'], language), rows);
}

function rolesText(grants: readonly GrantAnswer[], language: Language): string {
  return grants.map((grant) => roleText(grant, language)).join(either(language, ', ', '、')) || '-';
}

function roleText({ role, scope }: Pick<GrantAnswer, 'role' | 'scope'>, language: Language): string {
  const place = placeText(scope);
  return place === undefined
    ? roleNames[role][language]
    : bracketed(roleNames[role][language], place, language);
}

function placeText(scope: Scope): string | undefined {
  if (scope.kind === 'district') return scope.district;
  return scope.kind === 'project' ? scope.project : undefined;
}
