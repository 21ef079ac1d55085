import { Button, Group, Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { memo, useRef } from 'react';
import type { Day } from '../../../../domain/values/days/calendar.js';
import type { Words } from '../../../../domain/values/words.js';
import type { SeriesPoint } from '../../../../projections/changes/series.js';
import type { StallEpisode } from '../../../../projections/stalls/episode.js';
import { dayWords, percentWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import { Section } from '../../parts/section.js';
import { monthsOn, timeAxis } from '../../parts/time-axis.js';
import { savePng, saveSvg } from '../../use/image-files.js';
import { useProjectTexts } from '../texts.js';
import styles from './curve.module.css';
import { curveLines } from './curve-lines.js';
import { MoneyPanel, moneyIn } from './money-panel.js';
import { dotsOf, type Panel, round } from './panel.js';
import { ProgressPanel } from './progress-panel.js';
import { drawingOf } from './saved-picture.js';
import { StallBands } from './stall-bands.js';

interface Props {
  points: readonly SeriesPoint[];
  /** The days on which somebody reported progress. */
  reportedOn: ReadonlySet<Day>;
  /** The plan in force from start to end, including future days; also between two given days. */
  planned: readonly { asOf: Day; basisPoints: number }[];
  plannedMoney: { amountMinor: number; currency: string } | undefined;
  episodes: readonly StallEpisode[];
  /** The last day that a forecast names. */
  expectedOn: Day | undefined;
  nameOf: (item: string) => Words;
  asOf: Day;
}

const margin = { left: 72, right: 16, top: 26 };
const progressHeights = { narrow: 150, wide: 230 };
const moneyHeight = 52;

/** Completion, plan and money over the same days, with the periods in which the project was stalled. */
export const Curve = memo((props: Props) => {
  const say = useProjectTexts();
  const { points, asOf } = props;
  const { ref: frame, width } = useElementSize();
  const picture = useRef<SVGSVGElement>(null);
  return (
    <Section title={say('curve')}>
      {points.length === 0 && <Text size="sm">{say('noReport')}</Text>}
      {points.length > 0 && (
        <div ref={frame} className={styles.frame}>
          {width > 0 && <Picture {...props} width={Math.round(width)} drawn={picture} />}
          <div className={styles.legend}>
            <Legend />
            {props.planned.length === 0 && (
              <Text size="xs" c="var(--quiet)">
                {say('curve.noPlan')}
              </Text>
            )}
            <Group gap={4} className="not-printed">
              {(['png', 'svg'] as const).map((kind) => (
                <Button
                  key={kind}
                  size="compact-xs"
                  variant="default"
                  aria-label={say('saveImage', { kind: kind.toUpperCase() })}
                  onClick={() =>
                    picture.current &&
                    void (kind === 'png' ? savePng : saveSvg)(
                      drawingOf(picture.current),
                      `${say('curve')}-${asOf}`,
                    )
                  }
                >
                  {kind.toUpperCase()}
                </Button>
              ))}
            </Group>
          </div>
        </div>
      )}
    </Section>
  );
});

function Picture({
  points,
  reportedOn,
  planned,
  plannedMoney,
  episodes,
  expectedOn,
  nameOf,
  asOf,
  width,
  drawn,
}: Props & { width: number; drawn: React.RefObject<SVGSVGElement | null> }) {
  const say = useProjectTexts();
  const language = useLanguage();
  const currency = points.findLast((point) => point.currency !== null)?.currency ?? null;
  const money = moneyIn(points);
  const hasMoney = currency !== null && money.length > 0;
  const progressHeight = progressHeights[width > 600 ? 'wide' : 'narrow'];
  const inner = width - margin.left - margin.right;
  const ends = [planned[0]?.asOf, planned.at(-1)?.asOf, expectedOn].filter((day) => day !== undefined);
  const axis = timeAxis(
    [...points.map((point) => point.asOf), asOf, ...ends],
    inner * (ends.length ? 1 : 0.8),
  );
  const progress: Panel = {
    axis,
    left: margin.left,
    width: inner,
    top: margin.top,
    height: progressHeight,
    right: width - margin.right,
  };
  const moneyTop = margin.top + progressHeight + 40;
  const bottom = hasMoney ? moneyTop + moneyHeight : margin.top + progressHeight;
  const now = round(margin.left + axis.place(asOf));
  const last = points.at(-1);
  return (
    <svg
      ref={drawn}
      className={styles.picture}
      viewBox={`0 0 ${width} ${bottom + 24}`}
      role="img"
      aria-label={`${say('curve')}: ${
        last ? `${dayWords(asOf, language)}, ${percentWords(last.percentBasisPoints, language)}` : ''
      }`}
    >
      <StallBands panel={progress} episodes={episodes} asOf={asOf} nameOf={nameOf} />
      <ProgressPanel panel={progress} lines={curveLines(points, reportedOn)} planned={planned} asOf={asOf} />
      {hasMoney && (
        <MoneyPanel
          panel={{ ...progress, top: moneyTop, height: moneyHeight }}
          money={money}
          currency={currency}
          plannedMinor={plannedMoney?.currency === currency ? plannedMoney.amountMinor : null}
          asOf={asOf}
        />
      )}
      {monthsOn(axis, Math.max(2, inner / 48), language).map(({ day, words }) => (
        <text key={day} className={styles.month} x={margin.left + axis.place(day)} y={bottom + 18}>
          {words}
        </text>
      ))}
      <path className={styles.today} d={`M${now} ${margin.top - 8}V${bottom}`} />
      <text className={styles.day} x={now} y={margin.top - 13} data-end={now > width - 90 || undefined}>
        {dayWords(asOf, language)}
      </text>
    </svg>
  );
}

/** What the marks mean. */
function Legend() {
  const say = useProjectTexts();
  const samples = [
    ['curve.reported', <path key="dot" className={styles.dot} d={dotsOf([[14, 6]])} />],
    ['curve.range', <path key="range" className={styles.whisker} d="M4 2v8M4 6h20M24 2v8" />],
    ['curve.silent', <path key="silent" className={styles.silent} d="M0 6h28" />],
    ['curve.planned', <path key="plan" className={styles.plan} d="M0 6h28" />],
  ] as const;
  return (
    <div className={styles.samples} aria-hidden="true">
      {samples.map(([text, mark]) => (
        <Text key={text} size="xs" c="var(--quiet)">
          <svg className={styles.sample} viewBox="0 0 28 12" aria-hidden="true">
            {mark}
          </svg>{' '}
          {say(text)}
        </Text>
      ))}
    </div>
  );
}
