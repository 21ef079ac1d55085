import { queryOptions } from '@tanstack/react-query';
import { textOfAnswer, typedText } from '../../../domain/values/by-language.js';
import type { ProjectsAnswer, Row } from '../../shared/answers.js';
import { ask } from '../../shared/ask.js';
import type { Language } from '../../shared/language.js';

/** The query for all projects in their current state. */
export function projectsQuery(language: Language) {
  return queryOptions({
    queryKey: ['all projects', language],
    queryFn: async ({ signal }) => {
      const all: Row[] = [];
      let cursor: string | undefined;
      do {
        const page: ProjectsAnswer = await ask('/projects', { limit: 500, cursor }, signal);
        all.push(...page.items);
        cursor = page.next;
      } while (cursor !== undefined);
      return all;
    },
  });
}

/** The distinct values of a member, sorted. */
export function valuesOf(rows: readonly Row[], member: 'district' | 'sector'): string[] {
  return [...new Set(rows.flatMap((row) => row[member] ?? []))].sort((a, b) => a.localeCompare(b));
}

/** The distinct values of a member as they are typed: in both languages where they were given so. */
export function typedValuesOf(
  rows: readonly Row[],
  member: 'district' | 'sector' | 'owner' | 'phase',
): string[] {
  const typed = rows.flatMap((row) => {
    const text = textOfAnswer(row, member);
    return text ? typedText(text) : [];
  });
  return [...new Set(typed)].sort((a, b) => a.localeCompare(b));
}
