import { Text } from '@mantine/core';
import type { GroupAnnualPlan } from '../../../../projections/portfolio/annual-sums.js';
import {
  investedOfYearWords,
  plannedCoverage,
  unreportedWords,
} from '../../../../projections/portfolio/annual-words.js';
import { moneyShort } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import { useDistrictTexts } from '../texts.js';

/** The annual plans in one currency: their sum, how many projects have one, and what each basis reports of the year. */
export function AnnualPlan({
  plan,
  nameOf,
}: {
  plan: GroupAnnualPlan;
  /** Undefined while the names are loading. */
  nameOf: ((project: string) => string) | undefined;
}) {
  const say = useDistrictTexts();
  const language = useLanguage();
  const words = (amountMinor: number, currency: string) => ({
    en: moneyShort(amountMinor, currency, 'en'),
    zh: moneyShort(amountMinor, currency, 'zh'),
  });
  const unreported = nameOf && unreportedWords(plan, nameOf);
  return (
    <div>
      <Text size="xs">{say('annualPlan', { year: plan.year })}</Text>
      <Text fw={700}>{moneyShort(plan.plannedMinor, plan.currency, language)}</Text>
      <Text size="xs">{plannedCoverage(plan)[language]}</Text>
      {plan.invested.length === 0 && <Text size="xs">{say('noMoney')}</Text>}
      {plan.invested.map((invested) => (
        <Text size="xs" key={invested.basis}>
          {investedOfYearWords(invested, plan, words)[language]}
        </Text>
      ))}
      {unreported && <Text size="xs">{unreported[language]}</Text>}
    </div>
  );
}
