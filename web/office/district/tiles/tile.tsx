import type { ReactNode } from 'react';
import type { PortfolioGroup } from '../../../../projections/portfolio/portfolio.js';
import { useParameters, withParameters } from '../../../shared/place.js';
import { useDistrictTexts } from '../texts.js';
import styles from './tiles.module.css';

/** A tile: its title is a link that covers it, to what the figure is about. */
export function Tile({ title, href, children }: { title: string; href: string; children: ReactNode }) {
  return (
    <div className={styles.tile}>
      <h3 className={styles.title}>
        <a href={href} className={styles.cover}>
          {title}
        </a>
      </h3>
      {children}
    </div>
  );
}

/** The totals on the day of comparison, and that day in words. */
export interface Then {
  total: PortfolioGroup;
  day: string;
}

/** The totals of a tile now, and then; `awaits` while the latter load. */
export interface NowAndThen {
  total: PortfolioGroup;
  then: Then | undefined;
  awaits: boolean;
}

/** Keeps the place of a change that is loading, so that nothing below it moves. */
export function NoChange() {
  return <p className={styles.change}>{'\u00a0'}</p>;
}

/** What changed of a figure since the day of comparison. @param worse whether that is for the worse; undefined if it is neither */
export function Change({
  children,
  day,
  worse,
}: {
  children: ReactNode;
  day: string;
  worse: boolean | undefined;
}) {
  const say = useDistrictTexts();
  return (
    <p className={styles.change} data-worse={worse}>
      {children} <span className={styles.quiet}>{say('changedSince', { day })}</span>
    </p>
  );
}

/** The address of this screen with some parameters changed. */
export function useHere(): (changes: Readonly<Record<string, string | undefined>>) => string {
  const [parameters] = useParameters();
  return (changes) => `#${withParameters(`/?${parameters}`, changes)}`;
}
