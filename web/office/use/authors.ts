import { queryOptions, useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import {
  type Authored,
  authorWords,
  namesById,
  type PeopleNames,
  type PersonName,
} from '../../../projections/words/author-words.js';
import { ask } from '../../shared/ask.js';
import { useLanguage } from '../../shared/language.js';

const nobody: PeopleNames = new Map();

/** The names of the people of whom the user may know. */
const namesQuery = queryOptions({
  queryKey: ['people', 'names'],
  queryFn: async ({ signal }) =>
    namesById((await ask<{ items: PersonName[] }>('/people/names', {}, signal)).items),
  staleTime: 60_000,
});

/** Says who recorded something, in the language of the page: by name where the user may know it. */
export type SayAuthor = (authored: Authored) => string;

/** The names of the people of whom the user may know; nobody's until they are loaded. */
export function usePeopleNames(): PeopleNames {
  return useQuery(namesQuery).data ?? nobody;
}

export function useAuthor(): SayAuthor {
  const language = useLanguage();
  const data = usePeopleNames();
  return useCallback((authored) => authorWords(authored, data)[language], [data, language]);
}
