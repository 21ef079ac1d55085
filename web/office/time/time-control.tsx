import { Button, Group, SegmentedControl, Text } from '@mantine/core';
import { type KeyboardEvent, memo, type ReactNode, useId, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type { Day } from '../../../domain/values/days/calendar.js';
import { dayWords, instantWords, secondWords } from '../../shared/figures.js';
import { useLanguage } from '../../shared/language.js';
import { goToMoment, passMoment, useMoment } from '../../shared/moment.js';
import { useReach } from '../../shared/reach.js';
import { type Clock, stepped, type Timeline } from '../../shared/replay/timeline.js';
import { useClockSlot } from './clock-slot.js';
import { CopyLink } from './copy-link.js';
import { useTimeTexts } from './texts.js';
import styles from './time-control.module.css';
import { TimeSlider } from './time-slider.js';
import { usePlaying } from './use-playing.js';

/**
 * The two clocks in the frame: a chip that opens the replay bar. Of a past point chip and frame are marked.
 *
 * @param children the differences from now, in words; shown for a past point
 */
export function TimeControl(clocks: ClocksShown) {
  const slot = useClockSlot();
  return slot && createPortal(<Clocks {...clocks} />, slot);
}

interface ClocksShown {
  timeline: Timeline;
  /** The replay bar opens. */
  onOpen?: () => void;
  children?: ReactNode;
}

/** The chip before it can be opened: the business day, by all that is known. */
export function ClosedChip({ today }: { today: Day }) {
  return (
    <div className={styles.clocks}>
      <button type="button" className={styles.chip} data-past={false}>
        <ChipWords timeline={{ today, days: [], records: [] }} />
        <span aria-hidden="true">▾</span>
      </button>
    </div>
  );
}

function Clocks({ timeline, onOpen, children }: ClocksShown) {
  const say = useTimeTexts();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const chip = useRef<HTMLButtonElement>(null);
  const [moment] = useMoment();
  const isPast = moment.asOf !== undefined || moment.knownAt !== undefined;
  const close = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    setOpen(false);
    chip.current?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes what the button in it opened.
    <div className={styles.clocks} onKeyDown={close}>
      {isPast && <div className={styles.line} data-testid="past" />}
      <button
        ref={chip}
        type="button"
        className={styles.chip}
        data-past={isPast}
        aria-expanded={isOpen}
        aria-controls={id}
        title={isPast ? say('past') : undefined}
        onClick={() => {
          if (!isOpen) onOpen?.();
          setOpen(!isOpen);
        }}
      >
        <ChipWords timeline={timeline} />
        <span aria-hidden="true">▾</span>
      </button>
      {isPast && (
        <Button size="compact-sm" className="not-printed" onClick={() => goToMoment({})}>
          {say('toNow')}
        </Button>
      )}
      <div id={id} hidden={!isOpen}>
        {isOpen && <ReplayBar timeline={timeline}>{children}</ReplayBar>}
      </div>
    </div>
  );
}

/** The day that is shown, and whether by all that is known or by what was known earlier. */
function ChipWords({ timeline }: { timeline: Timeline }) {
  const say = useTimeTexts();
  const language = useLanguage();
  const [{ asOf, knownAt }] = useMoment();
  const { lost, at } = useReach();
  const record = timeline.records.findLast(({ position }) => position <= (knownAt ?? 0));
  const known =
    knownAt !== undefined
      ? record
        ? say('knownShort', { instant: instantWords(record.recordedAt, language) })
        : say('position', { position: knownAt })
      : lost && at !== undefined
        ? say('seenShort', { time: secondWords(at, language) })
        : say('latest');
  return (
    <span>
      {say('asOfShort', { day: dayWords(asOf ?? timeline.today, language) })} · {known}
    </span>
  );
}

/**
 * One slider for both clocks: the day in question, and what was known. A move takes effect immediately, and goes into
 * the URL once it rests.
 */
function ReplayBar({ timeline, children }: { timeline: Timeline; children?: ReactNode }) {
  const say = useTimeTexts();
  const [clock, setClock] = useState<Clock>('asOf');
  const [moment] = useMoment();
  const isPast = moment.asOf !== undefined || moment.knownAt !== undefined;
  const step = (by: 1 | -1) => {
    const next = stepped(timeline, moment, clock, by);
    if (next) passMoment(next);
    return next !== undefined;
  };
  const [isPlaying, setPlaying] = usePlaying(() => step(1));
  const play = () => {
    const first = stepped(timeline, moment, clock, 1) ? undefined : beginning(timeline, clock);
    // At the end it starts over.
    if (first) passMoment({ ...moment, ...first });
    setPlaying(true);
  };
  return (
    <section className={styles.time} aria-label={say('time')}>
      <Group gap="sm" wrap="wrap">
        <ClockChoice clock={clock} onChange={setClock} />
        <TimeSlider timeline={timeline} clock={clock} moment={moment} />
        <Group gap={4} wrap="nowrap">
          <Button size="compact-sm" variant="default" aria-label={say('before')} onClick={() => step(-1)}>
            ‹
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => (isPlaying ? setPlaying(false) : play())}
          >
            {isPlaying ? say('pause') : say('play')}
          </Button>
          <Button size="compact-sm" variant="default" aria-label={say('after')} onClick={() => step(1)}>
            ›
          </Button>
          <CopyLink />
        </Group>
      </Group>
      <Group gap="md" mt={4} aria-live={isPlaying ? 'off' : 'polite'}>
        <ClockWords timeline={timeline} />
        {isPast && children}
      </Group>
    </section>
  );
}

const ClockChoice = memo(({ clock, onChange }: { clock: Clock; onChange: (clock: Clock) => void }) => {
  const say = useTimeTexts();
  return (
    <SegmentedControl
      size="xs"
      aria-label={say('clock')}
      value={clock}
      onChange={(value) => onChange(value as Clock)}
      data={[
        { value: 'asOf', label: say('asOf') },
        { value: 'knownAt', label: say('knownAt') },
      ]}
    />
  );
});

function ClockWords({ timeline }: { timeline: Timeline }) {
  const say = useTimeTexts();
  const language = useLanguage();
  const [{ asOf, knownAt }] = useMoment();
  const { lost, at } = useReach();
  // The present is unknown while the service is away.
  const seen = lost && at !== undefined ? secondWords(at, language) : undefined;
  const record = timeline.records.findLast(
    ({ position }) => position <= (knownAt ?? Number.POSITIVE_INFINITY),
  );
  const known =
    knownAt === undefined
      ? seen === undefined
        ? say('allKnown')
        : say('allKnownBy', { time: seen })
      : record
        ? say('known', { instant: instantWords(record.recordedAt, language), position: knownAt })
        : say('position', { position: knownAt });
  return (
    <>
      <Text size="sm" title={say('asOfHint')}>
        {say('asOf')}
        {say('colon')}
        <strong>{dayWords(asOf ?? timeline.today, language)}</strong>
        {asOf === undefined && (seen === undefined ? say('itIsNow') : say('itWas', { time: seen }))}
      </Text>
      <Text size="sm" title={say('knownAtHint')}>
        {say('knownAt')}
        {say('colon')}
        <strong>{known}</strong>
      </Text>
    </>
  );
}

function beginning({ days, records }: Timeline, clock: Clock) {
  return clock === 'asOf' ? { asOf: days[0] } : { knownAt: records[0]?.position };
}
