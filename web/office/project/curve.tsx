import { Button, Group, Skeleton, Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import type { Day } from '../../../domain/values/days/calendar.js';
import type { SeriesPoint } from '../../../projections/changes/series.js';
import type { StallEpisode } from '../../../projections/stalls/episode.js';
import { useLanguage } from '../../shared/language.js';
import { useScheme } from '../../shared/scheme.js';
import { Failure } from '../parts/failure.js';
import { Section } from '../parts/section.js';
import { part } from '../room.js';
import type { Drawn, Shown } from './curve-chart.js';
import styles from './project.module.css';
import { useProjectTexts } from './texts.js';

/** The S-curve of completion, plan and money, with the periods in which the project was stalled. */
export function Curve({
  points,
  planned,
  episodes,
  asOf,
}: {
  points: readonly SeriesPoint[];
  planned: Shown['planned'];
  episodes: readonly StallEpisode[];
  asOf: Day;
}) {
  const say = useProjectTexts();
  const language = useLanguage();
  const scheme = useScheme();
  const { ref: frame, width } = useElementSize();
  const place = useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = useState<Drawn>();
  const [failed, setFailed] = useState<{ error?: unknown; times: number }>({ times: 0 });
  const isLongEnough = points.length > 1;
  useEffect(() => {
    const element = place.current;
    if (!element || !isLongEnough) return;
    let chart: Drawn | undefined;
    let isGone = false;
    // The chart library is larger than the page, and is loaded only when a chart is shown.
    part(() => import('./curve-chart.js')).then(
      ({ drawIn }) => {
        if (isGone) return;
        chart = drawIn(element);
        setDrawn(chart);
      },
      (error: unknown) => setFailed(({ times }) => ({ error, times })),
    );
    return () => {
      isGone = true;
      chart?.end();
      setDrawn(undefined);
    };
  }, [isLongEnough, failed.times]);
  useEffect(() => {
    // The colours are read when it is drawn.
    if (scheme) drawn?.show({ points, planned, episodes, asOf, language, say });
  }, [drawn, points, planned, episodes, asOf, language, say, scheme]);
  useEffect(() => {
    if (width > 0) drawn?.fit();
  }, [drawn, width]);
  return (
    <Section title={say('curve')}>
      {!isLongEnough && <Text size="sm">{say('curveShort')}</Text>}
      {isLongEnough && (
        <div ref={frame}>
          {failed.error !== undefined && (
            <Failure error={failed.error} onAgain={() => setFailed(({ times }) => ({ times: times + 1 }))} />
          )}
          {!drawn && failed.error === undefined && <Skeleton className={styles.chart} />}
          <div ref={place} className={styles.chart} role="img" aria-label={say('curve')} />
          <Group gap="xs" className="not-printed">
            {(['png', 'svg'] as const).map((kind) => (
              <Button
                key={kind}
                size="compact-xs"
                variant="default"
                disabled={!drawn}
                onClick={() => drawn?.save(kind, `${say('curve')}-${asOf}`)}
              >
                {say('saveImage', { kind: kind.toUpperCase() })}
              </Button>
            ))}
          </Group>
        </div>
      )}
    </Section>
  );
}
