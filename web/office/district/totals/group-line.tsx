import type { Stage } from '../../../../domain/project/events.js';
import type { GroupBy, PortfolioGroup } from '../../../../projections/portfolio/portfolio.js';
import { moneyShort, percentWords } from '../../../shared/figures.js';
import { type Language, useLanguage } from '../../../shared/language.js';
import { stageTerms } from '../../../shared/terms.js';
import styles from '../district-table.module.css';
import type { SayDistrict } from '../row-words.js';
import { useDistrictTexts } from '../texts.js';

/**
 * The head of a group: what its projects share, how many they are, and their totals.
 *
 * @param group undefined while its totals are not there
 */
export function GroupLine({
  groupKey,
  group,
  groupBy,
}: {
  groupKey: string | null;
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
  return [
    say('projects', { count: group.projects }),
    ...(percentBasisPoints === null ? [] : [percentWords(percentBasisPoints, language)]),
    ...group.investment.map(({ sinceStartMinor, currency }) =>
      moneyShort(sinceStartMinor, currency, language),
    ),
  ];
}

/** The value that projects share, in words where it has any. */
export function keyWords(key: string, by: string, language: Language): string {
  return by === 'stage' ? (stageTerms[key as Stage]?.[language] ?? key) : key;
}
