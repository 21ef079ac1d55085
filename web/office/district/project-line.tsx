import { Fragment, memo } from 'react';
import type { Day } from '../../../domain/values/days/calendar.js';
import { bracketed } from '../../../domain/values/punctuation.js';
import type { ProjectRow } from '../../../projections/project/project.js';
import { stallWords } from '../../../projections/stalls/stall-words.js';
import type { Language } from '../../shared/language.js';
import { KnownDay } from '../parts/known-day.js';
import { Light } from '../parts/light.js';
import { RangeBar } from '../parts/range-bar.js';
import styles from './district-table.module.css';
import { LightStrip } from './light-strip.js';
import { rowWords, type SayDistrict } from './row-words.js';
import { pointsWords } from './since/change-words.js';

interface Props {
  row: ProjectRow;
  /** True if the project no longer exists. */
  isGone: boolean;
  /** Its completion on the day of comparison; undefined without a plan then, and while loading. */
  percentThen: number | undefined;
  /** Its lights of the last weeks, as runs; undefined while loading. */
  lights: string | undefined;
  days: readonly Day[];
  // Passed as props, because a lookup in each of many rows costs more than rendering it.
  say: SayDistrict;
  language: Language;
  placeOf: (path: string) => string;
}

/** One project as a row of the district; the cells form a grid, and stack on a narrow screen. */
export const ProjectLine = memo(
  ({ row, isGone, percentThen, lights, days, say, language, placeOf }: Props) => {
    const words = rowWords(row, say, language);
    const by =
      percentThen === undefined || !row.hasPlan ? 0 : row.completion.percentBasisPoints - percentThen;
    return (
      <>
        <th scope="row" className={styles.name}>
          <a id={`name-${row.project}`} href={`#${placeOf(`/projects/${row.project}`)}`}>
            {words.name}
          </a>{' '}
          <a
            className={`${styles.log} not-printed`}
            href={`#${placeOf(`/projects/${row.project}/log`)}`}
            aria-describedby={`name-${row.project}`}
          >
            {say('log')}
          </a>
          {isGone && <small className={styles.now}>{say('gone')}</small>}
        </th>
        <td className={styles.stage}>{words.stage}</td>
        <td className={styles.completion}>
          <span className={row.hasPlan ? styles.percent : undefined}>{words.percent}</span>
          {by !== 0 && (
            <span className={styles.by} data-falls={by < 0}>
              {pointsWords(by, say, language)}
            </span>
          )}
          {row.hasPlan && <RangeBar range={row.completion} label={words.range} />}
        </td>
        <td className={styles.weeks}>
          {lights && (
            <LightStrip project={row.project} runs={lights} days={days} say={say} language={language} />
          )}
        </td>
        <td className={styles.money}>
          {words.money}
          {words.share && <small>{words.share}</small>}
        </td>
        <td className={styles.light}>
          <Light light={row.light} none={say('noLight')} language={language} />
        </td>
        <td className={styles.stalled} data-stands={row.stalls.length > 0}>
          {row.stalls.length === 0 && say('moves')}
          {row.stalls.map((stall, index) => (
            <Fragment key={stall.stall}>
              {index > 0 && '; '}
              <KnownDay day={stall.from} known={stall.fromExactness} language={language} />
              {bracketed('', stallWords(stall)[language], language)}
            </Fragment>
          ))}
        </td>
        <td className={styles.report}>
          {row.lastReportOn ? (
            <KnownDay day={row.lastReportOn} known={row.lastReportOnExactness} language={language} />
          ) : (
            say('noReport')
          )}
          {row.openContradictions > 0 && (
            <small>{say('contradictions', { count: row.openContradictions })}</small>
          )}
        </td>
      </>
    );
  },
);
