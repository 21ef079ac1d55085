import { NativeSelect, Text } from '@mantine/core';
import { useParameters } from '../../../shared/place.js';
import { useAuthor } from '../../use/authors.js';
import { useAuditorTexts } from '../texts.js';
import styles from './clocks.module.css';
import { type Dot, type EntryFilter, type EntryKind, entryKinds, kindsInUrl } from './entry-filter.js';

/** Chooses which new entries are shown, by kind and by who recorded them; the buttons are the legend as well. */
export function EntryFilters({
  dots,
  filter,
  shown,
}: {
  dots: readonly Dot[];
  filter: EntryFilter;
  /** How many of them are shown. */
  shown: number;
}) {
  const say = useAuditorTexts();
  const author = useAuthor();
  const [, change] = useParameters();
  const { kinds, who } = filter;
  const count = (kind: EntryKind) => dots.filter((dot) => dot.kind === kind).length;
  const isLateOnly = kinds.size === 1 && kinds.has('late');
  const toggle = (kind: EntryKind) => {
    const next = new Set(kinds);
    if (!next.delete(kind)) next.add(kind);
    change({ kinds: kindsInUrl(next) });
  };
  const authors = new Map(
    dots.map((dot) => [dot.by, author({ by: dot.by, verification: dot.verification })]),
  );
  if (who !== undefined && !authors.has(who)) authors.set(who, who);
  return (
    <fieldset className={`${styles.filters} not-printed`}>
      <legend>{say('shownEntries')}</legend>
      {entryKinds.map((kind) => (
        <button
          key={kind}
          type="button"
          data-kind={kind}
          aria-pressed={kinds.has(kind)}
          onClick={() => toggle(kind)}
        >
          {say(`kind.${kind}`)} {count(kind)}
        </button>
      ))}
      <button
        type="button"
        aria-pressed={isLateOnly}
        onClick={() => change({ kinds: isLateOnly ? undefined : 'late' })}
      >
        {say('lateOnly')}
      </button>
      <NativeSelect
        size="xs"
        aria-label={say('recordedBy')}
        value={who ?? ''}
        onChange={(event) => change({ who: event.currentTarget.value || undefined })}
        data={[
          { value: '', label: say('everybody') },
          ...[...authors].map(([value, label]) => ({ value, label })),
        ]}
      />
      <Text size="xs" role="status">
        {say('shownOf', { shown, count: dots.length })}
      </Text>
    </fieldset>
  );
}
