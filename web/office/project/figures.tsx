import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { causeWords } from '../../../projections/words.js';
import { dayWords, moneyShort, numberWords, percentWords } from '../../shared/figures.js';
import { useLanguage } from '../../shared/language.js';
import type { Shown } from '../../shared/replay.js';
import { stageTerms } from '../../shared/terms.js';
import { Evidence } from '../evidence/evidence.js';
import { Light } from '../light.js';
import { RangeBar } from '../range-bar.js';
import styles from './project.module.css';
import { useProjectTexts } from './texts.js';

/** The figures of a project, each of which opens into its entries. */
export function Figures({ shown }: { shown: Shown }) {
  const say = useProjectTexts();
  const language = useLanguage();
  const { completion, investment, schedule, stalls, alerts, stage, isSuspended, lastReportOn } = shown;
  const percent = (basisPoints: number) => percentWords(basisPoints, language);
  const open = stalls.episodes.filter(({ status }) => status === 'open');
  const stages = [
    ...(stage ? [stageTerms[stage.stage][language]] : []),
    ...(isSuspended ? [stageTerms.suspended[language]] : []),
  ];
  const range = say('range', {
    percent: percent(completion.percentBasisPoints),
    floor: percent(completion.floorBasisPoints),
    ceiling: percent(completion.ceilingBasisPoints),
  });
  return (
    <div className={styles.figures}>
      <Figure title={say('completion')} note={stages.join(', ')}>
        {completion.plan ? (
          <>
            <Evidence title={say('completion')} entries={completion.entries}>
              <span className={styles.large}>{percent(completion.percentBasisPoints)}</span>
            </Evidence>
            <RangeBar range={completion} label={range} />
            <Text size="xs">
              {say('stated')} {percent(completion.floorBasisPoints)}, {say('atMost')}{' '}
              {percent(completion.ceilingBasisPoints)}
            </Text>
            <Text size="xs">
              {say('reported', {
                reported: completion.reportedItems,
                planned: completion.plannedItems,
                coverage: percent(completion.coverageBasisPoints),
              })}
            </Text>
          </>
        ) : (
          <Text size="sm">{say('noPlan')}</Text>
        )}
      </Figure>
      <Figure title={say('money')}>
        {investment.sinceStartMinor === null || investment.currency === null ? (
          <Text size="sm">{say('noMoney')}</Text>
        ) : (
          <Evidence title={say('money')} entries={investment.entries}>
            <span className={styles.large}>
              {moneyShort(investment.sinceStartMinor, investment.currency, language)}
            </span>
          </Evidence>
        )}
        {investment.shareOfPlanBasisPoints !== null && (
          <Text size="xs">{say('ofPlan', { share: percent(investment.shareOfPlanBasisPoints) })}</Text>
        )}
      </Figure>
      <Figure title={say('planned')}>
        {schedule.plannedBasisPoints === null ? (
          <Text size="sm">{say('noDates')}</Text>
        ) : (
          <Evidence title={say('planned')} entries={schedule.entries}>
            <span className={styles.large}>{percent(schedule.plannedBasisPoints)}</span>
          </Evidence>
        )}
        {schedule.aheadBasisPoints !== null && (
          <Text size="xs">
            {say('ahead', { points: numberWords(schedule.aheadBasisPoints / 100, language, 1) })}
          </Text>
        )}
      </Figure>
      <Figure title={say('light')}>
        <Light light={alerts.light} none={say('noLight')} language={language} />
      </Figure>
      <Figure title={say('stands')}>
        {open.length === 0 ? (
          <Text size="sm">{say('moves')}</Text>
        ) : (
          open.map((episode) => (
            <div key={episode.stall}>
              <Evidence title={say('stands')} entries={episode.entries}>
                {causeWords[episode.cause][language]}
              </Evidence>
              <Text size="xs">{say('since', { day: dayWords(episode.from, language) })}</Text>
            </div>
          ))
        )}
      </Figure>
      <Figure title={say('lastReport')}>
        <Text size="sm">{lastReportOn ? dayWords(lastReportOn, language) : say('noReport')}</Text>
      </Figure>
    </div>
  );
}

function Figure({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return (
    <div className={styles.figure}>
      <Text size="sm" fw={600}>
        {title}
        {note && ` · ${note}`}
      </Text>
      {children}
    </div>
  );
}
