import { NativeSelect, Stack, Text } from '@mantine/core';
import { useLanguage } from '../../../../shared/language.js';
import { calledIn } from '../draft/actions.js';
import type { Items } from '../draft/tree.js';
import { usePlanTexts } from '../texts.js';
import type { Doubt } from './matching.js';

const isNew = ' new';

/** Asks for each doubtful row which existing item it is. */
export function PasteDoubts({
  doubts,
  inForce,
  onChoose,
}: {
  doubts: readonly Doubt[];
  inForce: Items;
  onChoose: (row: string, item: string | null | undefined) => void;
}) {
  const say = usePlanTexts();
  const language = useLanguage();
  const known = new Map(inForce.map((item) => [item.id, item]));
  const pathOf = (id: string) => {
    const path: string[] = [];
    for (let up = known.get(id); up; up = known.get(up.parent ?? ''))
      path.unshift(calledIn(up, language, up.id));
    return path.join(' / ');
  };
  return (
    <Stack gap="xs" mt="sm" role="group" aria-label={say('doubts', { count: doubts.length })}>
      <Text size="sm" fw={600}>
        {say('doubts', { count: doubts.length })}
      </Text>
      {doubts.map(({ row: { row, item }, candidates, chosen }) => (
        <NativeSelect
          key={item.id}
          size="xs"
          maw="36rem"
          label={say('doubtRow', { row, name: calledIn(item, language, item.id) })}
          value={chosen === null ? isNew : (chosen ?? '')}
          onChange={(event) => {
            const { value } = event.currentTarget;
            onChoose(item.id, value === '' ? undefined : value === isNew ? null : value);
          }}
          data={[
            { value: '', label: say('doubtChoose') },
            ...candidates.map(({ id }) => ({ value: id, label: say('doubtSame', { name: pathOf(id) }) })),
            { value: isNew, label: say('doubtNew') },
          ]}
        />
      ))}
    </Stack>
  );
}
