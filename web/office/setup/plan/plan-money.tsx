import { ActionIcon, Button, Fieldset, Group, TextInput } from '@mantine/core';
import { type Day, yearOf } from '../../../../domain/values/days/calendar.js';
import { MoneyField } from '../money-field.js';
import setup from '../setup.module.css';
import { noMoney, type PlanDraft } from './draft/plan-draft.js';
import { MonthTargets } from './month-targets.js';
import { usePlanTexts } from './texts.js';

/** The planned investment, in total and by year, and the name of the plan as a baseline. */
export function PlanMoney({
  draft,
  today,
  change,
  faultAt,
}: {
  draft: PlanDraft;
  today: Day;
  change: (part: Partial<PlanDraft>) => void;
  faultAt: (...members: string[]) => string | undefined;
}) {
  const say = usePlanTexts();
  const { investment, annual, baseline = '' } = draft;
  const set = (at: number, part: Partial<PlanDraft['annual'][number]>) =>
    change({ annual: annual.map((one, index) => (index === at ? { ...one, ...part } : one)) });
  const nextYear = String(Number(annual.at(-1)?.year || yearOf(today) - 1) + 1);
  return (
    <Fieldset legend={say('money')}>
      <div className={setup.fields}>
        <MoneyField
          label={say('investment')}
          value={investment}
          error={faultAt('plannedInvestment')}
          onChange={(next) => change({ investment: next })}
        />
        <TextInput
          label={say('baseline')}
          description={say('baselineHint')}
          maxLength={100}
          value={baseline}
          error={faultAt('baseline')}
          onChange={(event) => change({ baseline: event.currentTarget.value })}
        />
      </div>
      {annual.map((one, at) => (
        <Group key={at} gap="xs" mt="xs" align="flex-end" wrap="wrap">
          <TextInput
            label={say('year')}
            inputMode="numeric"
            w="5rem"
            value={one.year}
            error={faultAt(`annualPlans[${at}].year`)}
            onChange={(event) => set(at, { year: event.currentTarget.value })}
          />
          <MoneyField
            label={say('annual')}
            value={one.investment}
            error={faultAt(`annualPlans[${at}].investment`)}
            onChange={(next) => set(at, { investment: next })}
          />
          <ActionIcon
            variant="default"
            size="lg"
            aria-label={say('yearRemove', { year: one.year })}
            onClick={() => change({ annual: annual.filter((_, index) => index !== at) })}
          >
            ×
          </ActionIcon>
          <MonthTargets
            year={one}
            change={(next) => change({ annual: annual.map((other, index) => (index === at ? next : other)) })}
            faultAt={(place) => faultAt(`annualPlans[${at}].months[${place}]`)}
          />
        </Group>
      ))}
      <Button
        size="xs"
        variant="default"
        mt="xs"
        onClick={() => change({ annual: [...annual, { year: nextYear, investment: noMoney }] })}
      >
        {say('yearAdd')}
      </Button>
    </Fieldset>
  );
}
