import { NativeSelect, Text, Title } from '@mantine/core';
import { facts } from '../../../../domain/project/facts/facts.js';
import type { Column, Meaning } from '../../../../domain/table/meaning.js';
import { possibleMeanings } from '../../../../domain/table/possible-meanings.js';
import { tableFacts } from '../../../../domain/table/table-facts.js';
import { useLanguage } from '../../../shared/language.js';
import styles from '../setup.module.css';
import { useTableTexts } from './texts.js';

const possible = possibleMeanings(tableFacts(facts));

/** What each column of a table means; a person may say otherwise. */
export function Columns({
  columns,
  onChange,
}: {
  columns: readonly Column[];
  onChange: (columns: Column[]) => void;
}) {
  const say = useTableTexts();
  const language = useLanguage();
  const options = [
    { value: '', label: say('open') },
    { value: keyOf({ use: 'project' }), label: say('project') },
    { value: keyOf({ use: 'nothing' }), label: say('nothing') },
    ...possible.map(({ meaning, words }) => ({ value: keyOf(meaning), label: words[language] })),
  ];
  const choose = (at: number, key: string) =>
    onChange(
      columns.map((column, index) => {
        if (index !== at) return column;
        const { heading, meaning } = column;
        if (key === '') return { heading };
        const next = JSON.parse(key) as Meaning;
        const unit = meaning?.use === 'fact' ? meaning.unit : undefined;
        return { heading, meaning: next.use === 'fact' && unit ? { ...next, unit } : next };
      }),
    );
  return (
    <section aria-label={say('columns')}>
      <Title order={3} size="h5" mt="md">
        {say('columns')}
      </Title>
      <Text size="sm" mb="xs">
        {say('columnsHint')}
      </Text>
      <div className={styles.fields}>
        {columns.map(({ heading, meaning }, at) => {
          const key = meaning ? keyOf(meaning) : '';
          const isListed = options.some(({ value }) => value === key);
          return (
            <NativeSelect
              key={heading}
              size="xs"
              label={heading}
              aria-label={say('meaningOf', { heading })}
              value={key}
              onChange={(event) => choose(at, event.currentTarget.value)}
              data={isListed ? options : [...options, { value: key, label: labelOf(meaning) }]}
            />
          );
        })}
      </div>
    </section>
  );
}

/** A meaning without the unit and the words of its column. */
function keyOf(meaning: Meaning): string {
  if (meaning.use !== 'fact') return JSON.stringify({ use: meaning.use });
  const { use, type, gives, with: fixed } = meaning;
  return JSON.stringify({ use, type, gives, ...(fixed ? { with: fixed } : {}) });
}

function labelOf(meaning: Meaning | undefined): string {
  if (meaning?.use !== 'fact') return '';
  return [meaning.type, ...meaning.gives, ...Object.values(meaning.with ?? {})].join(' ');
}
