import { memo } from 'react';
import { dayNumber, dayOf } from '../../../domain/values/days/calendar.js';
import { firstWhere } from '../../../domain/values/search.js';
import { dayWords, instantWords } from '../../shared/figures.js';
import { useLanguage } from '../../shared/language.js';
import { type MomentShown, passMoment } from '../../shared/moment.js';
import type { Clock, Timeline } from '../../shared/replay/timeline.js';
import { useTimeTexts } from './texts.js';
import styles from './time-control.module.css';

/** The slider of one clock, by days or by entries, with a tick at every change. */
export function TimeSlider({
  timeline,
  clock,
  moment,
}: {
  timeline: Timeline;
  clock: Clock;
  moment: MomentShown;
}) {
  const say = useTimeTexts();
  const language = useLanguage();
  const { days, records, today } = timeline;
  const last = clock === 'asOf' ? dayNumber(today) : records.length - 1;
  const first = clock === 'asOf' ? Math.min(last, dayNumber(days[0] ?? today)) : 0;
  const record = indexUpTo(records, moment.knownAt ?? Number.POSITIVE_INFINITY);
  const value = clock === 'asOf' ? dayNumber(moment.asOf ?? today) : record;
  const said =
    clock === 'asOf'
      ? dayWords(moment.asOf ?? today, language)
      : records[record] && instantWords(records[record].recordedAt, language);
  const move = (to: number) => {
    // The last place is the present, which moves with the log.
    const { asOf, knownAt } = moment;
    if (clock === 'asOf') passMoment({ knownAt, ...(to >= last ? {} : { asOf: dayOf(to) }) });
    else passMoment({ asOf, ...(to >= last ? {} : { knownAt: records[to]?.position }) });
  };
  return (
    <div className={styles.track}>
      {clock === 'asOf' && <Ticks timeline={timeline} first={first} last={last} />}
      <input
        type="range"
        className={styles.slider}
        aria-label={say(clock)}
        aria-valuetext={said}
        disabled={last <= first}
        min={first}
        max={Math.max(first, last)}
        value={Math.max(first, value)}
        onChange={(event) => move(Number(event.currentTarget.value))}
      />
    </div>
  );
}

const Ticks = memo(({ timeline, first, last }: { timeline: Timeline; first: number; last: number }) => {
  const span = Math.max(1, last - first);
  const path = timeline.days.map((day) => `M${((dayNumber(day) - first) / span) * 1000} 0v8`).join('');
  return (
    <svg className={styles.ticks} viewBox="0 0 1000 8" preserveAspectRatio="none" aria-hidden="true">
      <path d={path} vectorEffect="non-scaling-stroke" />
    </svg>
  );
});

/** The index of the last record up to a position; records are sorted by position. */
function indexUpTo(records: Timeline['records'], position: number): number {
  const after = firstWhere(0, records.length, (index) => (records[index]?.position ?? 0) > position);
  return Math.max(0, after - 1);
}
