import { Skeleton } from '@mantine/core';
import { leftOutWords } from '../../../../projections/portfolio/annual-words.js';
import type { PortfolioGroup } from '../../../../projections/portfolio/portfolio.js';
import type { ProjectRow } from '../../../../projections/project/project.js';
import { shortDayWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import type { Comparison } from '../since/use-compared.js';
import { useDistrictTexts } from '../texts.js';
import { CompletionTile } from './completion-tile.js';
import { DueTile } from './due-tile.js';
import { LightsTile } from './lights-tile.js';
import { MoneyTile } from './money-tile.js';
import { StalledTile } from './stalled-tile.js';
import styles from './tiles.module.css';

/** Placeholders of the same height while the totals load. */
export function NoTiles() {
  const say = useDistrictTexts();
  return (
    <section aria-label={say('total')} aria-busy="true" className={styles.tiles}>
      {(['lights', 'completion', 'money', 'due'] as const).map((name) => (
        <div key={name} className={styles.tile}>
          <h3 className={styles.title}>{say(name)}</h3>
          <Skeleton height="5rem" mt="xs" />
        </div>
      ))}
    </section>
  );
}

/**
 * Totals over the selected projects as four pictures, each with its coverage, its change and a link.
 *
 * @param rows the selected ones; undefined while some are missing
 */
export function Tiles({
  total,
  rows,
  comparison,
  isPresent,
  nameOf,
}: {
  total: PortfolioGroup;
  rows: readonly ProjectRow[] | undefined;
  comparison: Comparison;
  isPresent: boolean;
  nameOf: ((project: string) => string) | undefined;
}) {
  const say = useDistrictTexts();
  const language = useLanguage();
  const leftOut = leftOutWords(total.cancelled);
  const { compared, totals } = comparison;
  const then = compared &&
    totals && { total: totals, day: shortDayWords(compared.from, compared.to, language) };
  const shared = { total, then, awaits: compared !== undefined && totals === undefined };
  return (
    <>
      <section aria-label={say('total')} className={styles.tiles}>
        <LightsTile {...shared} />
        <CompletionTile {...shared} />
        <MoneyTile {...shared} rows={rows} nameOf={nameOf} />
        {isPresent ? <DueTile /> : <StalledTile {...shared} />}
      </section>
      {leftOut && <p className={styles.note}>{leftOut[language]}</p>}
    </>
  );
}
