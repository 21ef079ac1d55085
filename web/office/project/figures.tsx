import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { stageWords } from '../../../domain/project/facts/stage-entered.js';
import { nameWords } from '../../../domain/values/words.js';
import { coverageWords } from '../../../projections/completion/coverage-words.js';
import { annualPlanWords } from '../../../projections/money/annual-plan-words.js';
import { otherMoney, otherMoneyWords } from '../../../projections/money/other-money.js';
import { askedOfPassed, stallWords } from '../../../projections/stalls/stall-words.js';
import type { EvidentFigure } from '../../shared/figure-evidence.js';
import { knownDayWords, moneyShort, numberWords, percentWords } from '../../shared/figures.js';
import { useLanguage } from '../../shared/language.js';
import type { ShownFigures } from '../../shared/replay/replay.js';
import { Evidence } from '../evidence/evidence.js';
import { Light } from '../parts/light.js';
import { RangeBar } from '../parts/range-bar.js';
import styles from './project.module.css';
import { useProjectTexts } from './texts.js';

/**
 * The figures of a project, each linked to its entries.
 *
 * @param find finds the entries of a figure on demand
 */
export function Figures({
  shown,
  find,
  isLit = true,
}: {
  shown: ShownFigures;
  find: (figure: EvidentFigure) => string[];
  /** False beside a status that has the light already. */
  isLit?: boolean;
}) {
  const say = useProjectTexts();
  const language = useLanguage();
  const {
    completion,
    investment,
    schedule,
    stalls,
    alerts,
    stage,
    isSuspended,
    lastReportOn,
    lastReportOnExactness,
  } = shown;
  const percent = (basisPoints: number) => percentWords(basisPoints, language);
  const nameOf = (id: string) => nameWords(completion.items.find(({ item }) => item === id)?.name, id);
  const open = stalls.episodes.filter(({ status }) => status === 'open');
  const stages = [
    ...(stage ? [stageWords[stage.stage][language]] : []),
    ...(isSuspended ? [stageWords.suspended[language]] : []),
  ];
  const shortMoney = (amountMinor: number, currency: string) => ({
    en: moneyShort(amountMinor, currency, 'en'),
    zh: moneyShort(amountMinor, currency, 'zh'),
  });
  const beside = otherMoneyWords(investment.figures, shortMoney, (id) =>
    nameWords(completion.items.find(({ item }) => item === id)?.name, id),
  );
  const range = say('range', {
    percent: percent(completion.percentBasisPoints),
    floor: percent(completion.floorBasisPoints),
    ceiling: percent(completion.ceilingBasisPoints),
  });
  return (
    <div className={styles.figures}>
      <Figure
        title={say('completion')}
        note={
          stages.length > 0 && (
            <Evidence title={say('stage')} entries={() => find('stage')}>
              {stages.join(' · ')}
            </Evidence>
          )
        }
      >
        {completion.plan || completion.isStatedWhole ? (
          <>
            <Evidence title={say('completion')} figure="percent" entries={() => find('percent')}>
              <span className={styles.large}>{percent(completion.percentBasisPoints)}</span>
            </Evidence>
            <RangeBar range={completion} label={range} />
            <Text size="xs">
              {say('stated')}{' '}
              <Evidence title={say('stated')} figure="floor" entries={() => find('floor')}>
                {percent(completion.floorBasisPoints)}
              </Evidence>
              {' · '}
              {say('atMost')}{' '}
              <Evidence title={say('atMost')} figure="ceiling" entries={() => find('ceiling')}>
                {percent(completion.ceilingBasisPoints)}
              </Evidence>
            </Text>
            <Text size="xs">
              {completion.plan
                ? coverageWords(completion, percent(completion.coverageBasisPoints))[language]
                : say('withoutPlan')}
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
          <Evidence title={say('money')} figure="invested" entries={() => find('money')}>
            <span className={styles.large}>
              {moneyShort(investment.sinceStartMinor, investment.currency, language)}
            </span>
          </Evidence>
        )}
        {investment.shareOfPlanBasisPoints !== null && (
          <Evidence title={say('share')} figure="share-of-plan" entries={() => find('share')}>
            <Text span size="xs">
              {say('ofPlan', { share: percent(investment.shareOfPlanBasisPoints) })}
            </Text>
          </Evidence>
        )}
        {investment.byBasis.length > 1 && investment.why !== null && (
          <Text size="xs">{investment.why[language]}</Text>
        )}
        {investment.annualPlan && (
          <Evidence
            title={say('annualPlan')}
            figure={investment.annualPlan.shareBasisPoints === null ? undefined : 'annual-ahead'}
            entries={() => investment.annualPlan?.entries ?? []}
          >
            <Text span size="xs">
              {annualPlanWords(investment.annualPlan, shortMoney)[language]}
            </Text>
          </Evidence>
        )}
        {beside && (
          <Evidence
            title={say('otherMoney')}
            entries={() => otherMoney(investment.figures).map(({ entry }) => entry)}
          >
            <Text span size="xs">
              {say('besideIt', { figures: beside[language] })}
            </Text>
          </Evidence>
        )}
      </Figure>
      <Figure title={say('planned')}>
        {schedule.plannedBasisPoints === null ? (
          <Text size="sm">{say(completion.plan ? 'noDates' : 'noPlanYet')}</Text>
        ) : (
          <Evidence title={say('planned')} figure="planned" entries={() => find('planned')}>
            <span className={styles.large}>{percent(schedule.plannedBasisPoints)}</span>
          </Evidence>
        )}
        {schedule.aheadBasisPoints !== null && (
          <Evidence title={say('planned')} figure="ahead" entries={() => find('planned')}>
            <Text span size="xs">
              {say('ahead', { points: numberWords(schedule.aheadBasisPoints / 100, language, 1) })}
            </Text>
          </Evidence>
        )}
      </Figure>
      {isLit && (
        <Figure title={say('light')}>
          <Evidence title={say('light')} figure="light" entries={() => find('light')}>
            <Light light={alerts.light} none={say('noLight')} language={language} />
          </Evidence>
        </Figure>
      )}
      <Figure title={say('stands')}>
        {open.length === 0 ? (
          <Text size="sm">{say('moves')}</Text>
        ) : (
          open.map((episode) => (
            <div key={episode.stall}>
              <Evidence title={say('stands')} figure={`stall:${episode.stall}`} entries={episode.entries}>
                {stallWords(episode, nameOf)[language]}
                {' · '}
                {say('since', { day: knownDayWords(episode.from, episode.fromExactness, language) })}
              </Evidence>
              {episode.isPastExpectedEnd && <Text size="xs">{askedOfPassed[language]}</Text>}
            </div>
          ))
        )}
      </Figure>
      <Figure title={say('lastReport')}>
        {lastReportOn ? (
          <Evidence title={say('lastReport')} entries={() => find('report')}>
            {knownDayWords(lastReportOn, lastReportOnExactness, language)}
          </Evidence>
        ) : (
          <Text size="sm">{say('noReport')}</Text>
        )}
      </Figure>
    </div>
  );
}

function Figure({ title, note, children }: { title: string; note?: ReactNode; children: ReactNode }) {
  return (
    <div className={styles.figure}>
      <Text size="sm" fw={600}>
        {title}
        {note && <> · {note}</>}
      </Text>
      {children}
    </div>
  );
}
