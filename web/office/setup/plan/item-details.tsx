import { Button, Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { WorkItem } from '../../../../domain/project/events.js';
import { stageWords } from '../../../../domain/project/facts/stage-entered.js';
import { itemStages } from '../../../../domain/project/stages.js';
import { parseMoney } from '../../../../domain/values/money-text.js';
import { useLanguage } from '../../../shared/language.js';
import { MoneyField } from '../money-field.js';
import { moneyFormOf, moneySaid } from '../money-form.js';
import setup from '../setup.module.css';
import { type Act, calledIn, named } from './draft/actions.js';
import type { PlanMistake } from './draft/plan-checks.js';
import { branch, type Items } from './draft/tree.js';
import { MeasureFields } from './measure-fields.js';
import styles from './plan.module.css';
import { StepFields } from './step-fields.js';
import { usePlanTexts } from './texts.js';

/** All members of an item other than name and weight. */
export function ItemDetails({
  item,
  items,
  isGroup,
  wrong,
  act,
}: {
  item: WorkItem;
  items: Items;
  isGroup: boolean;
  wrong: readonly PlanMistake[];
  act: (act: Act) => void;
}) {
  const say = usePlanTexts();
  const language = useLanguage();
  const { id, measure, plannedStart, plannedFinish, stage } = item;
  const change = (patch: (Act & { act: 'change' })['patch']) => act({ act: 'change', id, patch });
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <div className={styles.details}>
      <div className={setup.fields}>
        <TextInput
          size="xs"
          label={say(other === 'en' ? 'nameEn' : 'nameZh')}
          lang={other === 'en' ? 'en' : 'zh-CN'}
          value={item.name[other] ?? ''}
          onChange={(event) => change({ name: named(item.name, other, event.currentTarget.value) })}
        />
        <MeasureFields item={item} onChange={change} />
        <TextInput
          size="xs"
          type="date"
          label={say('start')}
          value={plannedStart ?? ''}
          error={wrong.includes('reversed')}
          onChange={(event) => change({ plannedStart: event.currentTarget.value || undefined })}
        />
        <TextInput
          size="xs"
          type="date"
          label={say('finish')}
          value={plannedFinish ?? ''}
          error={wrong.includes('reversed')}
          onChange={(event) => change({ plannedFinish: event.currentTarget.value || undefined })}
        />
        <CostField item={item} onChange={(plannedCost) => change({ plannedCost })} />
        {(!isGroup || stage) && (
          <NativeSelect
            size="xs"
            label={say('stage')}
            value={stage ?? ''}
            error={wrong.includes('stage-of-group')}
            onChange={(event) =>
              change({ stage: (event.currentTarget.value || undefined) as WorkItem['stage'] })
            }
            data={[
              { value: '', label: say('stage.none') },
              ...itemStages.map((value) => ({ value, label: stageWords[value][language] })),
            ]}
          />
        )}
      </div>
      {measure === 'steps' && <StepFields steps={item.steps ?? []} onChange={(steps) => change({ steps })} />}
      <AfterField item={item} items={items} onChange={(after) => change({ after })} />
      <StatesField item={item} items={items} onChange={(states) => change({ states })} />
      <Text size="xs" mt="xs">
        {say('id')}: {/^new-\d+$/.test(id) ? say('idLater') : id}
      </Text>
    </div>
  );
}

/** Typed text is kept until it is a valid amount. */
function CostField({
  item: { plannedCost },
  onChange,
}: {
  item: WorkItem;
  onChange: (cost: WorkItem['plannedCost'] | undefined) => void;
}) {
  const say = usePlanTexts();
  const [form, setForm] = useState(() =>
    plannedCost ? moneyFormOf(plannedCost) : { amount: '', unit: '万元' },
  );
  const said = moneySaid(form);
  const read = said && parseMoney(said.amount, said.unit);
  return (
    <MoneyField
      label={say('cost')}
      size="xs"
      value={form}
      error={read && 'fault' in read ? `${form.amount}?` : undefined}
      onChange={(next) => {
        setForm(next);
        const amount = moneySaid(next);
        const money = amount && parseMoney(amount.amount, amount.unit);
        if (!money) onChange(undefined);
        else if (!('fault' in money)) onChange(money);
      }}
    />
  );
}

/** The item that is done when this one is. */
function StatesField({
  item,
  items,
  onChange,
}: {
  item: WorkItem;
  items: Items;
  onChange: (states: string | undefined) => void;
}) {
  const say = usePlanTexts();
  const language = useLanguage();
  return (
    <NativeSelect
      size="xs"
      mt="xs"
      label={say('states')}
      value={item.states ?? ''}
      maw="20rem"
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
      data={[
        { value: '', label: say('statesNone') },
        ...items
          .filter(({ id }) => id !== item.id)
          .map((one) => ({ value: one.id, label: calledIn(one, language, say('unnamed')) })),
      ]}
    />
  );
}

/** The predecessors of an item, each removable, and the others to choose from. */
function AfterField({
  item,
  items,
  onChange,
}: {
  item: WorkItem;
  items: Items;
  onChange: (after: string[] | undefined) => void;
}) {
  const say = usePlanTexts();
  const language = useLanguage();
  const { after = [] } = item;
  const own = new Set(branch(items, item.id).map(({ id }) => id));
  for (let up = item.parent; up !== undefined; up = items.find(({ id }) => id === up)?.parent) own.add(up);
  const nameOf = (id: string) => {
    const found = items.find((one) => one.id === id);
    return found ? calledIn(found, language, say('unnamed')) : id;
  };
  return (
    <Group gap="xs" align="flex-end" mt="xs">
      <NativeSelect
        size="xs"
        label={say('afterAdd')}
        value=""
        maw="20rem"
        onChange={(event) => event.currentTarget.value && onChange([...after, event.currentTarget.value])}
        data={[
          { value: '', label: say('afterNone') },
          ...items
            .filter(({ id }) => !own.has(id) && !after.includes(id))
            .map(({ id }) => ({ value: id, label: nameOf(id) })),
        ]}
      />
      {after.length > 0 && (
        <Text size="xs" component="span">
          {say('after')}:
        </Text>
      )}
      {after.map((id) => (
        <Button
          key={id}
          size="xs"
          variant="default"
          rightSection={<span aria-hidden>×</span>}
          aria-label={say('afterRemove', { name: nameOf(id) })}
          onClick={() => {
            const rest = after.filter((one) => one !== id);
            onChange(rest.length > 0 ? rest : undefined);
          }}
        >
          {nameOf(id)}
        </Button>
      ))}
    </Group>
  );
}
