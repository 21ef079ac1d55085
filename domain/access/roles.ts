import type { Words } from '../values/words.js';
import { type Permission, separateDuties } from './permissions.js';

/**
 * What each role may do within its scope.
 *
 * An administrator does not log, and an auditor does not write (`separateDuties`): who needs both sides is two people.
 */
const table = {
  inspector: ['project-read', 'entry-log', 'alerts-answer', 'subscriptions-own'],
  auditor: ['project-read', 'replay', 'log-read', 'rules-test', 'access-read', 'subscriptions-own'],
  subscriber: ['project-read', 'alerts-answer', 'subscriptions-own'],
  planner: [
    'project-read',
    'replay',
    'entry-withdraw-others',
    'project-set-up',
    'alerts-answer',
    'alerts-silence',
    'subscriptions-own',
  ],
  administrator: [
    'project-read',
    'project-set-up',
    'subscriptions-all',
    'rules-adopt',
    'rules-test',
    'access-read',
    'people-manage',
  ],
  operator: ['operate'],
} as const satisfies Record<string, readonly Permission[]>;

export type Role = keyof typeof table;

export const roles = Object.keys(table) as Role[];

/** The name of each role, as it is shown. */
export const roleNames: Readonly<Record<Role, Words>> = {
  inspector: { en: 'inspector', zh: '巡查员' },
  auditor: { en: 'auditor', zh: '审计员' },
  subscriber: { en: 'subscriber', zh: '订阅人' },
  planner: { en: 'planner', zh: '计划员' },
  administrator: { en: 'administrator', zh: '管理员' },
  operator: { en: 'operator', zh: '运维员' },
};

/** The permissions of a role. */
export function permissionsOf(role: Role): readonly Permission[] {
  return table[role];
}

/** A held role that one person must not have beside another one; undefined if there is none. */
export function conflicting(role: Role, held: readonly Role[]): Role | undefined {
  const has = (one: Role, some: readonly Permission[]) =>
    permissionsOf(one).some((permission) => some.includes(permission));
  return held.find((other) =>
    separateDuties.some(
      ({ these, those }) =>
        (has(role, these) && has(other, those)) || (has(role, those) && has(other, these)),
    ),
  );
}
