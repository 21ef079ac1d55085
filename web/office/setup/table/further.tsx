import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { facts as logged } from '../../../../domain/project/facts/facts.js';
import type { Meaning } from '../../../../domain/table/meaning.js';
import { furtherMembers } from '../../../../domain/table/possible-meanings.js';
import { tableFacts } from '../../../../domain/table/table-facts.js';
import { useLanguage } from '../../../shared/language.js';
import styles from './further.module.css';
import { useTableTexts } from './texts.js';

type FactMeaning = Extract<Meaning, { use: 'fact' }>;

const facts = tableFacts(logged);
const measured = new Set(['money', 'percent', 'measure']);

/** What a person says further of a column: the basis, the source of funds, the item, the unit. */
export function Further({
  heading,
  meaning,
  onChange,
}: {
  heading: string;
  meaning: FactMeaning;
  onChange: (meaning: FactMeaning) => void;
}) {
  const say = useTableTexts();
  const language = useLanguage();
  const { choices, item } = furtherMembers(meaning, facts);
  const shape = facts[meaning.type]?.shape ?? {};
  const hasUnit = meaning.gives.some((name) => measured.has(shape[name]?.kind ?? ''));
  const { with: fixed = {} } = meaning;
  const target = item === undefined ? undefined : shape[item];
  const named = target?.kind === 'id' ? target.named : undefined;
  const about =
    item === undefined || Object.hasOwn(named ?? {}, fixed[item] ?? '') ? '' : (fixed[item] ?? '');
  const put = (name: string, value: string) => {
    const { [name]: _, ...others } = fixed;
    const next = value === '' ? others : { ...others, [name]: value };
    const { with: __, ...rest } = meaning;
    onChange({ ...rest, ...(Object.keys(next).length > 0 ? { with: next } : {}) });
  };
  const unit = (value: string) => {
    const { unit: _, ...rest } = meaning;
    onChange({ ...rest, ...(value === '' ? {} : { unit: value }) });
  };
  if (choices.length === 0 && item === undefined && !hasUnit) return null;
  const isSaid =
    about !== '' || meaning.unit !== undefined || choices.some(({ name }) => fixed[name] !== undefined);
  return (
    <details className={styles.further} open={isSaid || undefined}>
      <summary>{say('further')}</summary>
      {choices.map(({ name, label, choices: all }) => (
        <NativeSelect
          key={name}
          size="xs"
          label={label[language]}
          aria-label={say('furtherFor', { what: label[language], heading })}
          value={fixed[name] ?? ''}
          onChange={(event) => put(name, event.currentTarget.value)}
          data={[
            { value: '', label: say('notSaid') },
            ...Object.entries(all).map(([value, words]) => ({ value, label: words[language] })),
          ]}
        />
      ))}
      {item !== undefined && (
        <Typed
          label={say('item')}
          hint={say('itemHint')}
          name={say('furtherFor', { what: say('item'), heading })}
          value={about}
          onChange={(value) => put(item, value === '' && named ? 'completion' : value)}
        />
      )}
      {hasUnit && (
        <Typed
          label={say('unit')}
          hint={say('unitHint')}
          name={say('furtherFor', { what: say('unit'), heading })}
          value={meaning.unit ?? ''}
          onChange={unit}
        />
      )}
    </details>
  );
}

/** A text that counts once it is left, because the table is then read again. */
function Typed({
  label,
  hint,
  name,
  value,
  onChange,
}: {
  label: string;
  hint: string;
  name: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const [typed, setTyped] = useState(value);
  const end = () => {
    if (typed.trim() !== value) onChange(typed.trim());
  };
  return (
    <TextInput
      size="xs"
      label={label}
      description={hint}
      aria-label={name}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={end}
      onKeyDown={(event) => {
        if (event.key === 'Enter') end();
      }}
    />
  );
}
