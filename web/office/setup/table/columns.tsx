import { NativeSelect, Text, Title } from '@mantine/core';
import { facts } from '../../../../domain/project/facts/facts.js';
import type { Column, Meaning } from '../../../../domain/table/meaning.js';
import { furtherMembers, possibleMeanings } from '../../../../domain/table/possible-meanings.js';
import { tableFacts } from '../../../../domain/table/table-facts.js';
import { useLanguage } from '../../../shared/language.js';
import styles from '../setup.module.css';
import { Further } from './further.js';
import { useTableTexts } from './texts.js';

const known = tableFacts(facts);
const possible = possibleMeanings(known);

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
  const change = (at: number, meaning: Meaning | undefined) =>
    onChange(
      columns.map(({ heading, ...column }, index) =>
        index === at ? { heading, ...(meaning ? { meaning } : {}) } : { heading, ...column },
      ),
    );
  const choose = (at: number, key: string) => {
    if (key === '') return change(at, undefined);
    const next = JSON.parse(key) as Meaning;
    const meaning = columns[at]?.meaning;
    const unit = meaning?.use === 'fact' ? meaning.unit : undefined;
    change(at, next.use === 'fact' && unit ? { ...next, unit } : next);
  };
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
            <div key={heading}>
              <NativeSelect
                size="xs"
                label={heading}
                aria-label={say('meaningOf', { heading })}
                value={key}
                onChange={(event) => choose(at, event.currentTarget.value)}
                data={isListed ? options : [...options, { value: key, label: labelOf(meaning) }]}
              />
              {meaning?.use === 'fact' && (
                <Further heading={heading} meaning={meaning} onChange={(next) => change(at, next)} />
              )}
            </div>
          );
        })}
      </div>
    </section>
  );
}

/** A meaning as the list has it: without its unit, its words, and what is said further. */
function keyOf(meaning: Meaning): string {
  if (meaning.use !== 'fact') return JSON.stringify({ use: meaning.use });
  const { use, type, gives } = meaning;
  const fixed = withoutItem(meaning);
  const listed = possible.find(
    ({ meaning: one }) =>
      one.type === type &&
      one.gives.join() === gives.join() &&
      Object.entries(one.with ?? {}).every(([name, value]) => fixed[name] === value),
  );
  return JSON.stringify(listed?.meaning ?? { use, type, gives, with: fixed });
}

/** What is fixed of a meaning; a forecast of an item is listed as one of the completion. */
function withoutItem(meaning: Extract<Meaning, { use: 'fact' }>): Readonly<Record<string, string>> {
  const { with: fixed = {}, type } = meaning;
  const { item } = furtherMembers(meaning, known);
  const member = item === undefined ? undefined : known[type]?.shape[item];
  if (item === undefined || member?.kind !== 'id' || Object.hasOwn(member.named ?? {}, fixed[item] ?? ''))
    return fixed;
  return { ...fixed, [item]: 'completion' };
}

function labelOf(meaning: Meaning | undefined): string {
  if (meaning?.use !== 'fact') return '';
  return [meaning.type, ...meaning.gives, ...Object.values(meaning.with ?? {})].join(' ');
}
