import { useQuery } from '@tanstack/react-query';
import type { AdoptedRules } from '../../../domain/governance/rules.js';
import type { WorkCalendar } from '../../../domain/values/days/working-days.js';
import { roleName } from '../../../projections/alerts/happening-words.js';
import type { PortfolioAnswer, ProjectsAnswer } from '../../shared/answers.js';
import { ask } from '../../shared/ask.js';
import { useLanguage } from '../../shared/language.js';

/** A selectable value and its label. */
export interface Option {
  value: string;
  label: string;
}

const staleTime = 60_000;
/** Maximum number of project pages to fetch; beyond these a project is chosen by a link or its district. */
const mostPages = 20;

/** All projects, sorted by name. */
export function useProjects(isWanted = true): Option[] {
  const language = useLanguage();
  const { data = [] } = useQuery({
    queryKey: ['choices', 'projects', language],
    queryFn: ({ signal }) => fetchProjects(signal),
    staleTime,
    enabled: isWanted,
  });
  return data;
}

async function fetchProjects(signal: AbortSignal): Promise<Option[]> {
  const found: Option[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < mostPages && (page === 0 || cursor !== undefined); page++) {
    const answer = await ask<ProjectsAnswer>('/projects', { limit: 500, cursor }, signal);
    found.push(...answer.items.map(({ project, name }) => ({ value: project, label: name })));
    cursor = answer.next;
  }
  return found.sort((a, b) => a.label.localeCompare(b.label));
}

/** The districts or sectors of the projects. */
export function useGroups(groupBy: 'district' | 'sector'): string[] {
  const { data } = useQuery({
    queryKey: ['choices', groupBy],
    queryFn: ({ signal }) => ask<PortfolioAnswer>('/portfolio', { groupBy }, signal),
    staleTime,
  });
  return (data?.groups ?? []).flatMap(({ key }) => key ?? []);
}

/** The roles in the rules, by name. */
export function useRoles(): Option[] {
  const language = useLanguage();
  const { data } = useQuery({
    queryKey: ['choices', 'rules'],
    queryFn: ({ signal }) => ask<{ rules: AdoptedRules }>('/rules', {}, signal),
    staleTime,
  });
  const names = new Map(data?.rules.ladder.map(({ duty }) => [duty.role, roleName(duty)[language]]));
  return [...names].map(([value, label]) => ({ value, label }));
}

/** The names of the working calendars. */
export function useCalendars(): string[] {
  const { data } = useQuery({
    queryKey: ['choices', 'calendars'],
    queryFn: ({ signal }) => ask<{ items: WorkCalendar[] }>('/calendars', {}, signal),
    staleTime,
  });
  return (data?.items ?? []).map(({ name }) => name);
}
