import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { isSame } from '../../../domain/values/equal.js';
import type { GrantAnswer, PersonAnswer } from '../../../src/app/access/access.js';
import { ask, tell } from '../../shared/ask.js';

/** The query for all people within the reach of the user. */
export const peopleQuery = queryOptions({
  queryKey: ['people', 'all'],
  queryFn: ({ signal }) => ask<{ items: PersonAnswer[] }>('/people', {}, signal),
});

/** The query for one person. */
export function personQuery(person: string) {
  return queryOptions({
    queryKey: ['people', 'one', person],
    queryFn: ({ signal }) => ask<PersonAnswer>(`/people/${person}`, {}, signal),
  });
}

/** A change of people: sends it, and reads the people again. */
export function useChange<Input = void, Answer = unknown>(
  request: (input: Input) => { method: 'POST' | 'PUT' | 'DELETE'; path: string; body?: unknown },
  onDone: (answer: Answer) => void = () => undefined,
) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (input: Input) => {
      const { method, path, body } = request(input);
      return (await tell<Answer>(method, path, body)).answer;
    },
    onSuccess: async (answer) => {
      await queries.invalidateQueries({ queryKey: ['people'] });
      onDone(answer);
    },
  });
}

/** The roles that a person has now. */
export function rolesNow({ grants }: PersonAnswer): GrantAnswer[] {
  return grants.filter(({ revoked }) => !revoked);
}

/** True if a person has a role in exactly this scope. */
export function hasRole(person: PersonAnswer, { role, scope }: Pick<GrantAnswer, 'role' | 'scope'>): boolean {
  return rolesNow(person).some((held) => held.role === role && isSame(held.scope, scope));
}
