import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { Severity } from '../../../domain/governance/rules.js';
import { severityWords } from '../../../projections/alerts/happening-words.js';
import type { ProjectRow } from '../../../projections/project/project.js';
import { useLanguage } from '../../shared/language.js';
import type { Changes } from '../../shared/place.js';
import { type Choice, type Filter, filters, groupings, sorts } from './choice.js';
import { valuesOf } from './chosen.js';
import styles from './controls.module.css';
import { useDistrictTexts } from './texts.js';
import { keyWords } from './totals/group-line.js';

/** Search, filters, grouping and order; each choice goes into the URL. */
export function Controls({
  rows,
  choice,
  change,
  children,
}: {
  rows: readonly ProjectRow[];
  choice: Choice;
  change: (changes: Changes) => void;
  children: ReactNode;
}) {
  const say = useDistrictTexts();
  const language = useLanguage();
  const [isOpen, setOpen] = useState(false);
  const active =
    Object.values(choice.filter).filter((value) => value !== undefined && value !== '').length +
    (choice.groupBy === undefined ? 0 : 1);
  const wordsOf = (filter: Filter, value: string) =>
    filter === 'light' ? severityWords[value as Severity][language] : keyWords(value, filter, language);
  return (
    <search className={styles.controls} data-open={isOpen}>
      <TextInput
        size="xs"
        label={say('search')}
        placeholder={say('searchHint')}
        value={choice.search}
        onChange={(event) => change({ search: event.currentTarget.value })}
        className={styles.search}
      />
      <Button
        size="xs"
        variant="default"
        className={styles.more}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {say('filters')}
        {active > 0 && (
          <span className={styles.count} title={say('activeFilters', { count: active })}>
            {active}
          </span>
        )}
      </Button>
      {filters.map((filter) => (
        <NativeSelect
          key={filter}
          size="xs"
          label={say(filter)}
          value={choice.filter[filter] ?? ''}
          onChange={(event) => change({ [filter]: event.currentTarget.value })}
          data={[
            { value: '', label: say('all') },
            ...valuesOf(rows, filter, language).map((value) => ({ value, label: wordsOf(filter, value) })),
            { value: 'none', label: filter === 'light' ? say('noLight') : say('without') },
          ]}
        />
      ))}
      <NativeSelect
        size="xs"
        label={say('groupBy')}
        value={choice.groupBy ?? ''}
        onChange={(event) => change({ group: event.currentTarget.value })}
        data={[
          { value: '', label: say('noGroup') },
          ...groupings.map((by) => ({ value: by, label: say(by) })),
        ]}
      />
      <NativeSelect
        size="xs"
        label={say('sortBy')}
        value={choice.sort}
        onChange={(event) =>
          change({ sort: `${choice.isDescending ? '-' : ''}${event.currentTarget.value}` })
        }
        data={sorts.map((sort) => ({ value: sort, label: say(sort) }))}
      />
      <Button
        size="xs"
        variant="default"
        onClick={() => change({ sort: `${choice.isDescending ? '' : '-'}${choice.sort}` })}
      >
        {choice.isDescending ? say('descending') : say('ascending')}
      </Button>
      <div className={styles.aside}>{children}</div>
    </search>
  );
}
