import { Button, Fieldset, NativeSelect, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { isDay } from '../../../../domain/values/days/calendar.js';
import { useLanguage } from '../../../shared/language.js';
import setup from '../setup.module.css';
import type { PlanDraft } from './draft/plan-draft.js';
import { itemsOf } from './templates/template.js';
import { templatesFor } from './templates/templates.js';
import { usePlanTexts } from './texts.js';

/** Offers work breakdown templates, those for the sector first. */
export function TemplatePanel({
  sector,
  first,
  draft,
  onTake,
}: {
  sector: string | undefined;
  /** The planned period of the whole project, as far as known. */
  first: { start: string; finish: string };
  draft: PlanDraft;
  onTake: (part: Pick<PlanDraft, 'items' | 'basis'>) => void;
}) {
  const say = usePlanTexts();
  const language = useLanguage();
  const choices = templatesFor(sector);
  const [name, setName] = useState(choices[0]?.template.name);
  const [{ start, finish }, setPeriod] = useState(first);
  const chosen = choices.find(({ template }) => template.name === name)?.template;
  if (!chosen) return null;
  const isReversed = start !== '' && finish !== '' && finish < start;
  const period = isDay(start) && isDay(finish) && !isReversed ? { start, finish } : undefined;
  const parts = chosen.parts.map(({ name, weight }) => `${name[language]} ${weight}`);
  return (
    <Fieldset legend={say('fromTemplate')}>
      <div className={setup.fields}>
        <NativeSelect
          label={say('templateFor')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          data={choices.map(({ template, fits }) => ({
            value: template.name,
            label: template.title[language] + (fits ? ` (${say('fits')})` : ''),
          }))}
        />
        <TextInput
          type="date"
          label={say('from')}
          value={start}
          onChange={(event) => setPeriod({ start: event.currentTarget.value, finish })}
        />
        <TextInput
          type="date"
          label={say('to')}
          value={finish}
          error={isReversed ? say('mistake.reversed') : undefined}
          onChange={(event) => setPeriod({ start, finish: event.currentTarget.value })}
        />
      </div>
      <Text size="xs" mt={4}>
        {say('periodHint')}
      </Text>
      <Text size="sm" mt="sm">
        {parts.join(' · ')}
      </Text>
      <Text size="sm" my="sm" maw="60rem">
        {say('templateReason')}: {chosen.reason[language]}
      </Text>
      <Button
        size="xs"
        disabled={isReversed}
        onClick={() => onTake({ items: itemsOf(chosen, period), basis: `template:${chosen.name}` })}
      >
        {draft.items.length === 0 ? say('take') : say('takeReplaces', { count: draft.items.length })}
      </Button>
    </Fieldset>
  );
}
