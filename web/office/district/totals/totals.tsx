import { Group, Skeleton, Text } from '@mantine/core';
import { severities } from '../../../../domain/governance/rules.js';
import { severityWords } from '../../../../projections/alerts/happening-words.js';
import { leftOutWords } from '../../../../projections/portfolio/annual-words.js';
import type { PortfolioGroup } from '../../../../projections/portfolio/portfolio.js';
import { moneyShort, percentWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import { RangeBar } from '../../parts/range-bar.js';
import { useDistrictTexts } from '../texts.js';
import { AnnualPlan } from './annual-plan.js';
import styles from './totals.module.css';

/** A placeholder while the totals load. */
export function NoTotals() {
  const say = useDistrictTexts();
  return (
    <section aria-label={say('total')} aria-busy="true" className={styles.totals}>
      {(['completion', 'money', 'stands', 'lights'] as const).map((name) => (
        <div key={name} className={styles.figure}>
          <Text size="xs">{say(name)}</Text>
          <Skeleton height="1.4rem" mt={2} maw="12rem" />
        </div>
      ))}
    </section>
  );
}

/** Totals over the selected projects, each with its coverage. */
export function Totals({ total, nameOf }: { total: PortfolioGroup; nameOf: (project: string) => string }) {
  const say = useDistrictTexts();
  const language = useLanguage();
  const { floorBasisPoints, percentBasisPoints, ceilingBasisPoints, coverage } = total.completion;
  const isPlanned = floorBasisPoints !== null && percentBasisPoints !== null && ceilingBasisPoints !== null;
  const percent = (points: number | null) => (points === null ? '–' : percentWords(points, language));
  const lights = severities
    .toReversed()
    .map((severity) => `${severityWords[severity][language]} ${total.lights[severity]}`);
  const leftOut = leftOutWords(total.cancelled);
  return (
    <section aria-label={say('total')} className={styles.totals}>
      <div className={styles.figure}>
        <Text size="xs">{say('completion')}</Text>
        <Text fw={700}>{percent(percentBasisPoints)}</Text>
        {isPlanned && (
          <RangeBar
            range={{ floorBasisPoints, percentBasisPoints, ceilingBasisPoints }}
            label={say('completionRange', {
              percent: percent(percentBasisPoints),
              floor: percent(floorBasisPoints),
              ceiling: percent(ceilingBasisPoints),
            })}
          />
        )}
        <Text size="xs">{say('meanOf', coverage)}</Text>
      </div>
      <div className={styles.figure}>
        <Text size="xs">{say('money')}</Text>
        {total.investment.length === 0 && <Text fw={700}>{say('noMoney')}</Text>}
        {total.investment.map(({ basis, currency, sinceStartMinor, reported, of }) => (
          <Group key={`${basis} ${currency}`} gap="xs" align="baseline">
            <Text fw={700}>{moneyShort(sinceStartMinor, currency, language)}</Text>
            <Text size="xs">{say('moneyOf', { basis: say(basis), reported, of })}</Text>
          </Group>
        ))}
      </div>
      {total.annualPlans.map((plan) => (
        <AnnualPlan key={`${plan.year} ${plan.currency}`} plan={plan} nameOf={nameOf} />
      ))}
      <div className={styles.figure}>
        <Text size="xs">{say('stands')}</Text>
        <Text fw={700}>{say('standsWords', total.stalled)}</Text>
      </div>
      <div className={styles.figure}>
        <Text size="xs">{say('lights')}</Text>
        <Text fw={700}>{[...lights, `${say('noLight')} ${total.lights.none}`].join(' · ')}</Text>
      </div>
      {leftOut && (
        <Text size="xs" className={styles.note}>
          {leftOut[language]}
        </Text>
      )}
    </section>
  );
}
