import { ActionIcon, Text, TextInput } from '@mantine/core';
import { type KeyboardEvent, memo } from 'react';
import type { WorkItem } from '../../../../domain/project/events.js';
import { dayWords, percentWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import { type Act, type Control, calledIn, named } from './draft/actions.js';
import type { PlanMistake } from './draft/plan-checks.js';
import type { Items } from './draft/tree.js';
import { moveByArrow } from './grid-keys.js';
import { ItemDetails } from './item-details.js';
import styles from './plan.module.css';
import { usePlanTexts } from './texts.js';

/** The data of a row beside its item. */
export interface RowProps {
  item: WorkItem;
  depth: number;
  /** The number of descendants. */
  partCount: number;
  /** The sum of the weights of its direct parts; undefined for a leaf. */
  sum: number | undefined;
  shareBasisPoints: number;
  isOpen: boolean;
  isFolded: boolean;
  /** Sorted and unique, joined as one text, so that a row rerenders only when they change. */
  mistakes: string;
  fault: string | undefined;
  /** The other items, for the details only. */
  items: Items | undefined;
  act: (act: Act) => void;
  toggle: (what: 'open' | 'fold', id: string) => void;
}

/** An item of the plan as a row: name and weight are editable, the rest is in its details. */
export const ItemRow = memo(function ItemRow(props: RowProps) {
  const { item, depth, partCount, sum, shareBasisPoints, isOpen, isFolded, mistakes, fault, act, toggle } =
    props;
  const say = usePlanTexts();
  const language = useLanguage();
  const { id } = item;
  const name = calledIn(item, language, say('unnamed'));
  const wrong = mistakes === '' ? [] : (mistakes.split(' ') as PlanMistake[]);
  const button = (what: Exclude<Control, 'name'>, sign: string) => (
    <ActionIcon
      variant="default"
      size="md"
      tabIndex={-1}
      data-control={what}
      aria-label={say(what, { name })}
      title={say(what, { name })}
      onClick={() => act({ act: what, id, by: what })}
    >
      {sign}
    </ActionIcon>
  );
  const remove = partCount > 0 ? say('removeAll', { name, count: partCount }) : say('remove', { name });
  return (
    <li
      data-item={id}
      data-wrong={wrong.length > 0 || fault !== undefined || undefined}
      aria-label={say('level', { name, level: depth })}
      className={styles.row}
      style={{ '--depth': depth - 1 } as object}
    >
      <div role="toolbar" aria-label={name} className={styles.line} data-line onKeyDown={moveByArrow}>
        <span className={styles.fold}>
          {partCount > 0 && (
            <ActionIcon
              variant="subtle"
              size="sm"
              tabIndex={-1}
              aria-expanded={!isFolded}
              aria-label={say(isFolded ? 'unfold' : 'fold', { name })}
              onClick={() => toggle('fold', id)}
            >
              {isFolded ? '▸' : '▾'}
            </ActionIcon>
          )}
        </span>
        <TextInput
          size="xs"
          className={styles.name}
          data-control="name"
          aria-label={say('nameOf', { name })}
          placeholder={name}
          fw={partCount > 0 ? 600 : undefined}
          value={item.name[language] ?? ''}
          error={wrong.includes('no-name') || fault !== undefined}
          onChange={(event) =>
            act({ act: 'change', id, patch: { name: named(item.name, language, event.currentTarget.value) } })
          }
          onKeyDown={(event) => byKey(event, id, act)}
        />
        <TextInput
          size="xs"
          className={styles.weight}
          tabIndex={-1}
          inputMode="numeric"
          aria-label={say('weightOf', { name })}
          value={String(item.weight)}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => {
            const digits = event.currentTarget.value.normalize('NFKC').replace(/\D/g, '').slice(0, 7);
            act({ act: 'change', id, patch: { weight: Math.min(Number(digits), 1_000_000) } });
          }}
        />
        <span className={styles.figures}>
          {say('share', { share: percentWords(shareBasisPoints, language) })}
          {sum !== undefined && ` · ${say('sumOf', { sum })}`}
        </span>
        <ActionIcon.Group>
          {button('up', '↑')}
          {button('down', '↓')}
          {button('out', '←')}
          {button('in', '→')}
        </ActionIcon.Group>
        <ActionIcon.Group>
          <ActionIcon
            variant="default"
            size="md"
            tabIndex={-1}
            aria-label={say('addBehind', { name })}
            title={say('addBehind', { name })}
            onClick={() => act({ act: 'add-behind', id })}
          >
            +
          </ActionIcon>
          <ActionIcon
            variant="default"
            size="md"
            tabIndex={-1}
            aria-label={say('addWithin', { name })}
            title={say('addWithin', { name })}
            onClick={() => act({ act: 'add-within', id })}
          >
            ↳
          </ActionIcon>
          <ActionIcon
            variant={isOpen ? 'filled' : 'default'}
            size="md"
            tabIndex={-1}
            aria-expanded={isOpen}
            aria-label={say('details', { name })}
            title={say('details', { name })}
            onClick={() => toggle('open', id)}
          >
            …
          </ActionIcon>
          <ActionIcon
            variant="default"
            size="md"
            tabIndex={-1}
            aria-label={remove}
            title={remove}
            onClick={() => act({ act: 'remove', id })}
          >
            ×
          </ActionIcon>
        </ActionIcon.Group>
      </div>
      {!isOpen && partCount === 0 && <Summary item={item} />}
      {wrong.map((mistake) => (
        <Text key={mistake} size="sm" c="var(--bad)" className={styles.wrong}>
          {say(`mistake.${mistake}`)}
        </Text>
      ))}
      {fault && (
        <Text size="sm" c="var(--bad)" className={styles.wrong}>
          {fault}
        </Text>
      )}
      {isOpen && props.items && (
        <ItemDetails item={item} items={props.items} isGroup={partCount > 0} wrong={wrong} act={act} />
      )}
    </li>
  );
});

/** The item's measure and planned days, in one line. */
function Summary({ item }: { item: WorkItem }) {
  const say = usePlanTexts();
  const language = useLanguage();
  const { measure, of, unit, plannedStart, plannedFinish, steps } = item;
  const day = (on: string | undefined) => (on ? dayWords(on, language) : '…');
  const parts = [
    say(`measure.${measure}`),
    ...(of === undefined ? [] : [`${of} ${unit ?? ''}`.trim()]),
    ...(steps ? [steps.map(({ name }) => name[language] ?? name.en ?? name.zh).join(' → ')] : []),
    ...(plannedStart || plannedFinish ? [`${day(plannedStart)} – ${day(plannedFinish)}`] : []),
  ];
  return (
    <Text size="xs" ml="2rem">
      {parts.join(' · ')}
    </Text>
  );
}

function byKey(event: KeyboardEvent, id: string, act: (act: Act) => void): void {
  const what = keys[`${event.altKey ? 'Alt+' : ''}${event.shiftKey ? 'Shift+' : ''}${event.key}`];
  // Enter also commits a word in a Chinese input method.
  if (!what || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  act(what === 'add-behind' ? { act: what, id } : { act: what, id, by: 'name' });
}

const keys: Readonly<Record<string, 'add-behind' | 'up' | 'down' | 'in' | 'out'>> = {
  Enter: 'add-behind',
  'Alt+ArrowUp': 'up',
  'Alt+ArrowDown': 'down',
  'Alt+Shift+ArrowRight': 'in',
  'Alt+Shift+ArrowLeft': 'out',
};
