import { percentWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import { RangeBar } from '../../parts/range-bar.js';
import { pointsWords } from '../since/change-words.js';
import { useDistrictTexts } from '../texts.js';
import { Change, NoChange, type NowAndThen, Tile, useHere } from './tile.js';
import styles from './tiles.module.css';

/** Mean completion with its range, over the projects with a plan. */
export function CompletionTile({ total, then, awaits }: NowAndThen) {
  const say = useDistrictTexts();
  const language = useLanguage();
  const here = useHere();
  const { floorBasisPoints, percentBasisPoints, ceilingBasisPoints, coverage } = total.completion;
  const isPlanned = floorBasisPoints !== null && percentBasisPoints !== null && ceilingBasisPoints !== null;
  const percent = (points: number | null) => (points === null ? '–' : percentWords(points, language));
  const before = then?.total.completion.percentBasisPoints ?? null;
  const by = percentBasisPoints === null || before === null ? undefined : percentBasisPoints - before;
  return (
    <Tile title={say('completion')} href={here({ sort: 'completion' })}>
      <p className={styles.figure} data-figure>
        {percent(percentBasisPoints)}
      </p>
      {isPlanned && (
        <>
          <RangeBar
            range={{ floorBasisPoints, percentBasisPoints, ceilingBasisPoints }}
            label={say('completionRange', {
              percent: percent(percentBasisPoints),
              floor: percent(floorBasisPoints),
              ceiling: percent(ceilingBasisPoints),
            })}
          />
          <p className={styles.small}>
            {say('rangeWords', { floor: percent(floorBasisPoints), ceiling: percent(ceilingBasisPoints) })}
          </p>
        </>
      )}
      <p className={styles.small}>{say('meanOf', coverage)}</p>
      {then && by !== undefined && (
        <Change day={then.day} worse={by === 0 ? undefined : by < 0}>
          {by === 0 ? say('unchanged') : pointsWords(by, say, language)}
        </Change>
      )}
      {awaits && <NoChange />}
    </Tile>
  );
}
