import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { RuleKind, Severity } from '../../../../domain/governance/rules.js';
import { ruleWords, severityWords } from '../../../../projections/alerts/happening-words.js';
import type { ProjectsAnswer } from '../../../shared/answers.js';
import { ask } from '../../../shared/ask.js';
import { numberWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import type { Changes } from '../../../shared/place.js';
import { type Option, useGroups, useRoles } from '../choices.js';
import { useAlertTexts } from '../texts.js';
import {
  type ByProjectAnswer,
  type Choice,
  chosenCount,
  facets,
  facetsOfCleared,
  noChoice,
  places,
} from './choice.js';
import styles from './facets.module.css';

type Facet = (typeof facets)[number];

/** What alerts are chosen by, each choice with its number among the others; one choice of each kind. */
export function Facets({
  choice,
  counts,
  cleared,
  change,
}: {
  choice: Choice;
  /** Undefined until they are loaded. */
  counts: ByProjectAnswer['facets'] | undefined;
  /** How many are cleared. */
  cleared: number | undefined;
  change: (changes: Changes) => void;
}) {
  const say = useAlertTexts();
  const language = useLanguage();
  const roles = useRoles();
  const isCleared = choice.state === 'cleared';
  const labelOf: Record<Facet, (key: string) => string> = {
    state: (key) => say(`state.${key as 'waiting'}`),
    due: (key) => say(`due.${key as 'overdue'}`),
    severity: (key) => severityWords[key as Severity][language],
    rule: (key) => ruleWords[key as RuleKind][language],
    role: (key) => roles.find(({ value }) => value === key)?.label ?? key,
  };
  const chosen = chosenCount(choice);
  return (
    <details className={styles.facets} open={matchMedia('(min-width: 62em)').matches}>
      <summary>{say(chosen > 0 ? 'filtersChosen' : 'filters', { count: chosen })}</summary>
      {facets
        .filter((facet) => !isCleared || facetsOfCleared.includes(facet))
        .map((facet) => (
          <Choices
            key={facet}
            name={say(`facet.${facet}`)}
            chosen={choice[facet]}
            onChoose={(key) => change({ ...(facet === 'state' ? noChoice : {}), [facet]: key })}
            choices={[
              ...(counts?.[facet] ?? []).map(({ key, count }) => ({
                ...{ key, count, label: labelOf[facet](key) },
                ...(facet === 'severity' ? { light: key } : {}),
              })),
              ...(facet === 'state' ? [{ key: 'cleared', count: cleared, label: say('cleared') }] : []),
            ]}
          />
        ))}
      <Places choice={choice} change={change} />
    </details>
  );
}

interface Counted {
  key: string;
  label: string;
  count: number | undefined;
  light?: string;
}

function Choices({
  name,
  choices,
  chosen,
  onChoose,
}: {
  name: string;
  choices: readonly Counted[];
  chosen: string | undefined;
  onChoose: (key: string | undefined) => void;
}) {
  const language = useLanguage();
  return (
    <fieldset className={styles.facet}>
      <legend>{name}</legend>
      {choices.map(({ key, label, count, light }) => (
        <button
          key={key}
          type="button"
          aria-pressed={key === chosen}
          data-zero={count === 0}
          data-light={light}
          className={styles.choice}
          onClick={() => onChoose(key === chosen ? undefined : key)}
        >
          <span>{label}</span> <span>{count === undefined ? '' : numberWords(count, language)}</span>
        </button>
      ))}
    </fieldset>
  );
}

function Places({ choice, change }: { choice: Choice; change: (changes: Changes) => void }) {
  const say = useAlertTexts();
  const language = useLanguage();
  const { data } = useQuery({
    queryKey: ['alerts-projects', language],
    queryFn: ({ signal }) => ask<ProjectsAnswer>('/projects', { limit: 500 }, signal),
    staleTime: 60_000,
  });
  const named = (value: string) => ({ value, label: value });
  const options: Record<(typeof places)[number], Option[]> = {
    district: useGroups('district').map(named),
    sector: useGroups('sector').map(named),
    project: (data?.items ?? []).map(({ project, name }) => ({ value: project, label: name })),
  };
  return (
    <div className={styles.places}>
      {places.map((place) => {
        const chosen = choice[place];
        const known = options[place];
        // The URL may name a project beyond the first pages.
        const more = chosen && !known.some(({ value }) => value === chosen) ? [named(chosen)] : [];
        return (
          <NativeSelect
            key={place}
            size="xs"
            label={say(place)}
            value={chosen ?? ''}
            onChange={(event) => change({ [place]: event.currentTarget.value || undefined })}
            data={[{ value: '', label: say('all') }, ...known, ...more]}
          />
        );
      })}
    </div>
  );
}
