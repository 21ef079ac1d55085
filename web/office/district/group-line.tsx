import type { GroupBy, PortfolioGroup } from '../../../projections/portfolio.js';
import type { Stage } from '../../../src/domain/events.js';
import { moneyShort, percentWords } from '../../shared/figures.js';
import { type Language, useLanguage } from '../../shared/language.js';
import { stageTerms } from '../../shared/terms.js';
import styles from './district-table.module.css';
import { useDistrictTexts } from './texts.js';

/** The head of a group: what its projects share, how many they are, and their totals. */
export function GroupLine({ group, groupBy }: { group: PortfolioGroup; groupBy: GroupBy }) {
  const say = useDistrictTexts();
  const language = useLanguage();
  const { percentBasisPoints } = group.completion;
  const figures = [
    say('projects', { count: group.projects }),
    ...(percentBasisPoints === null ? [] : [percentWords(percentBasisPoints, language)]),
    ...group.investment.map(({ sinceStartMinor, currency }) =>
      moneyShort(sinceStartMinor, currency, language),
    ),
  ];
  return (
    <td className={styles.groupHead}>
      <strong>
        {say(groupBy)}: {group.key === null ? say('without') : keyWords(group.key, groupBy, language)}
      </strong>{' '}
      · {figures.join(' · ')}
    </td>
  );
}

/** The value that projects share, in words where it has any. */
export function keyWords(key: string, by: string, language: Language): string {
  return by === 'stage' ? (stageTerms[key as Stage]?.[language] ?? key) : key;
}
