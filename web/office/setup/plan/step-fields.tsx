import { ActionIcon, Button, Group, Text, TextInput } from '@mantine/core';
import type { PlanStep } from '../../../../domain/project/events.js';
import { useLanguage } from '../../../shared/language.js';
import { named } from './draft/actions.js';
import { usePlanTexts } from './texts.js';

/** The weighted steps of an item, in order. */
export function StepFields({
  steps,
  onChange,
}: {
  steps: readonly PlanStep[];
  onChange: (steps: PlanStep[]) => void;
}) {
  const say = usePlanTexts();
  const language = useLanguage();
  const other = language === 'zh' ? 'en' : 'zh';
  const set = (at: number, part: Partial<PlanStep>) =>
    onChange(steps.map((step, index) => (index === at ? { ...step, ...part } : step)));
  const add = () => {
    let number = steps.length + 1;
    while (steps.some(({ id }) => id === `step-${number}`)) number += 1;
    onChange([...steps, { id: `step-${number}`, name: {}, weight: 1 }]);
  };
  return (
    <>
      <Text size="sm" fw={600} mt="xs">
        {say('steps')}
      </Text>
      {steps.map((step, at) => (
        <Group key={step.id} gap="xs" mb={4} wrap="nowrap">
          <TextInput
            size="xs"
            flex={1}
            aria-label={say('stepName', { number: at + 1 })}
            placeholder={step.name[other] ?? say('stepName', { number: at + 1 })}
            value={step.name[language] ?? ''}
            onChange={(event) => set(at, { name: named(step.name, language, event.currentTarget.value) })}
          />
          <TextInput
            size="xs"
            w="5rem"
            inputMode="numeric"
            aria-label={say('stepWeight', { number: at + 1 })}
            value={String(step.weight)}
            onChange={(event) => {
              const digits = event.currentTarget.value.normalize('NFKC').replace(/\D/g, '').slice(0, 6);
              set(at, { weight: Number(digits) });
            }}
          />
          <ActionIcon
            variant="default"
            aria-label={say('stepRemove', { number: at + 1 })}
            onClick={() => onChange(steps.filter((_, index) => index !== at))}
          >
            ×
          </ActionIcon>
        </Group>
      ))}
      <Button size="xs" variant="default" onClick={add}>
        {say('stepAdd')}
      </Button>
    </>
  );
}
