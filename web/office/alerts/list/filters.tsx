import { Group, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ruleKinds, severities } from '../../../../domain/governance/rules.js';
import { ruleWords, severityWords } from '../../../../projections/alerts/happening-words.js';
import type { ProjectsAnswer } from '../../../shared/answers.js';
import { ask } from '../../../shared/ask.js';
import { useLanguage } from '../../../shared/language.js';
import type { Changes } from '../../../shared/place.js';
import styles from '../alerts.module.css';
import { useGroups } from '../choices.js';
import { useAlertTexts } from '../texts.js';

const names = ['status', 'atLeast', 'district', 'sector', 'rule', 'project'] as const;
type Name = (typeof names)[number];
export type Filter = Readonly<Partial<Record<Name, string>>>;

/** Removes all filters. */
export const noFilter: Changes = Object.fromEntries(names.map((name) => [name, undefined]));

/** The filter in the URL. */
export function filterIn(parameters: URLSearchParams): Filter {
  return Object.fromEntries(
    names.flatMap((name) => (parameters.get(name) ? [[name, parameters.get(name)]] : [])),
  );
}

/** Filters the alerts; the filter is part of the URL. */
export function AlertFilters({ filter, change }: { filter: Filter; change: (changes: Changes) => void }) {
  const say = useAlertTexts();
  const language = useLanguage();
  const { data } = useQuery({
    queryKey: ['alerts-projects', language],
    queryFn: ({ signal }) => ask<ProjectsAnswer>('/projects', { limit: 500 }, signal),
    staleTime: 60_000,
  });
  const projects = data?.items ?? [];
  const named = (value: string) => ({ value, label: value });
  const options: Record<Name, { value: string; label: string }[]> = {
    status: (['open', 'cleared'] as const).map((value) => ({ value, label: say(value) })),
    atLeast: severities.map((value) => ({ value, label: severityWords[value][language] })),
    district: useGroups('district').map(named),
    sector: useGroups('sector').map(named),
    rule: ruleKinds.map((value) => ({ value, label: ruleWords[value][language] })),
    project: projects.map(({ project, name }) => ({ value: project, label: name })),
  };
  return (
    <Group component="fieldset" gap="sm" aria-label={say('filters')} className={styles.filters}>
      {names.map((name) => {
        const chosen = filter[name];
        const known = options[name];
        // The URL may name a project beyond the first pages.
        const more =
          chosen && !known.some(({ value }) => value === chosen) ? [{ value: chosen, label: chosen }] : [];
        return (
          <NativeSelect
            key={name}
            size="xs"
            maw={220}
            label={say(name)}
            value={chosen ?? ''}
            onChange={(event) => change({ [name]: event.currentTarget.value || undefined })}
            data={[{ value: '', label: say('all') }, ...known, ...more]}
          />
        );
      })}
    </Group>
  );
}
