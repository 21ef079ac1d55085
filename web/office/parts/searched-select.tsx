import { type ComboboxItem, Select } from '@mantine/core';
import { useState } from 'react';
import { useInitials } from '../use/use-initials.js';

/** An option, with further names for the search. */
export interface Choosable {
  value: string;
  label: string;
  names?: readonly string[];
}

/** Options listed initially; further ones are found by typing. */
const listedMost = 60;

/** A select with search over labels, further names and pinyin initials. */
export function SearchedSelect({
  label,
  description,
  placeholder,
  nothingFound,
  choices,
  value,
  onChange,
  error,
}: {
  label: string;
  description?: string | undefined;
  placeholder?: string;
  nothingFound: string;
  choices: readonly Choosable[];
  value: string | null;
  onChange: (value: string) => void;
  error?: string | undefined;
}) {
  const [search, setSearch] = useState('');
  const initialsOf = useInitials(search);
  const namesOf = new Map(choices.map(({ value: of, label: own, names = [] }) => [of, [own, ...names]]));
  const isFound = ({ value: of }: ComboboxItem, wanted: string) =>
    (namesOf.get(of) ?? []).some(
      (name) =>
        name.toLowerCase().includes(wanted) || initialsOf?.(name).includes(wanted.replaceAll(' ', '')),
    );
  return (
    <Select
      label={label}
      description={description}
      placeholder={placeholder}
      nothingFoundMessage={nothingFound}
      error={error}
      searchable
      allowDeselect={false}
      value={value}
      onChange={(chosen) => chosen !== null && onChange(chosen)}
      onSearchChange={setSearch}
      data={choices.map(({ value: of, label: own }) => ({ value: of, label: own }))}
      filter={({ options, search: typed, limit }) => {
        const wanted = typed.trim().toLowerCase();
        // The selected label in the field is not a search: all options are listed.
        const isSearch =
          wanted !== '' &&
          !(options as ComboboxItem[]).some((one) => one.label === typed && one.value === value);
        const found = (options as ComboboxItem[]).filter((one) => !isSearch || isFound(one, wanted));
        return found.slice(0, limit);
      }}
      limit={listedMost}
      maxDropdownHeight={320}
      comboboxProps={{ transitionProps: { duration: 0 } }}
    />
  );
}
