import type { PortfolioGroup } from '../../../../projections/portfolio/portfolio.js';
import { numberWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import { signedWords } from '../since/change-words.js';
import { useDistrictTexts } from '../texts.js';
import { Change, NoChange, type NowAndThen, Tile, useHere } from './tile.js';
import styles from './tiles.module.css';

const blocked = ['works', 'production', 'staffing'] as const;

/** Of a past point, where no deadline is ahead: how many projects were stalled, by what the stalls block. */
export function StalledTile({ total, then, awaits }: NowAndThen) {
  const say = useDistrictTexts();
  const language = useLanguage();
  const here = useHere();
  const sumOf = ({ stalled }: PortfolioGroup) => blocked.reduce((sum, what) => sum + stalled[what], 0);
  const by = then && sumOf(total) - sumOf(then.total);
  return (
    <Tile title={say('stands')} href={here({ sort: 'stalled' })}>
      <p className={styles.figure} data-figure>
        {numberWords(sumOf(total), language)}
      </p>
      <p className={styles.small}>{say('standsWords', total.stalled)}</p>
      {then && by !== undefined && (
        <Change day={then.day} worse={by === 0 ? undefined : by > 0}>
          {by === 0 ? say('unchanged') : signedWords(by, language)}
        </Change>
      )}
      {awaits && <NoChange />}
    </Tile>
  );
}
