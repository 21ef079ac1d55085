import type { Stage } from '../../../../domain/project/events.js';
import { stageWords } from '../../../../domain/project/facts/stage-entered.js';
import { type ByLanguage, textByLanguage } from '../../../../domain/values/by-language.js';
import { leftOutWords, shareOfYearShort } from '../../../../projections/portfolio/annual-words.js';
import type { GroupBy, GroupKey, PortfolioGroup } from '../../../../projections/portfolio/portfolio.js';
import { moneyShort, percentWords } from '../../../shared/figures.js';
import { type Language, useLanguage } from '../../../shared/language.js';
import styles from '../district-table.module.css';
import type { SayDistrict } from '../row-words.js';
import { useDistrictTexts } from '../texts.js';

/**
 * The header of a group: the shared value, the number of projects, and their totals.
 *
 * @param group undefined while its totals are loading
 */
export function GroupLine({
  groupKey,
  group,
  groupBy,
}: {
  groupKey: GroupKey;
  group: PortfolioGroup | undefined;
  groupBy: GroupBy;
}) {
  const say = useDistrictTexts();
  const language = useLanguage();
  return (
    <td className={styles.groupHead}>
      <strong>
        {say(groupBy)}: {groupKey === null ? say('without') : keyWords(groupKey, groupBy, language)}
      </strong>{' '}
      · {group ? figuresOf(group, say, language).join(' · ') : say('loading')}
    </td>
  );
}

function figuresOf(group: PortfolioGroup, say: SayDistrict, language: Language): string[] {
  const { percentBasisPoints } = group.completion;
  const leftOut = leftOutWords(group.cancelled);
  return [
    say('projects', { count: group.projects }),
    ...(percentBasisPoints === null ? [] : [percentWords(percentBasisPoints, language)]),
    ...group.investment.map(({ sinceStartMinor, currency }) =>
      moneyShort(sinceStartMinor, currency, language),
    ),
    ...group.annualPlans.flatMap(({ invested }) =>
      invested.flatMap((one) => shareOfYearShort(one)?.[language] ?? []),
    ),
    ...(leftOut ? [leftOut[language]] : []),
  ];
}

/** The shared value of the projects, translated if it is a known term. */
export function keyWords(key: string | ByLanguage, by: string, language: Language): string {
  if (typeof key !== 'string') return textByLanguage(key, language);
  return by === 'stage' ? (stageWords[key as Stage]?.[language] ?? key) : key;
}
