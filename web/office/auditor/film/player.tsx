import { Button, Group, Text } from '@mantine/core';
import { instantWords } from '../../../shared/figures.js';
import { useLanguage } from '../../../shared/language.js';
import type { Ticking } from '../../../shared/replay/timeline.js';
import { usePlaying } from '../../time/use-playing.js';
import styles from '../auditor.module.css';
import { useAuditorTexts } from '../texts.js';

/** Plays, steps and seeks through a replay; all by keyboard as well. */
export function Player({
  ticking,
  at,
  go,
}: {
  ticking: readonly Ticking[];
  at: number;
  go: (index: number) => void;
}) {
  const say = useAuditorTexts();
  const language = useLanguage();
  const last = ticking.length - 1;
  const tick = ticking[at];
  const [isPlaying, setPlaying] = usePlaying(() => {
    if (at < last) go(at + 1);
    return at < last;
  });
  const play = () => {
    // At the end it starts over.
    if (at >= last) go(0);
    setPlaying(true);
  };
  const button = (sign: string, name: 'first' | 'back' | 'on' | 'last', to: number) => (
    <Button
      size="compact-sm"
      variant="default"
      aria-label={say(name)}
      disabled={to < 0 || to > last || to === at}
      onClick={() => go(to)}
    >
      {sign}
    </Button>
  );
  return (
    <Group gap="sm" className={styles.player}>
      <Group gap={4} wrap="nowrap">
        {button('«', 'first', 0)}
        {button('‹', 'back', at - 1)}
        <Button size="compact-sm" onClick={() => (isPlaying ? setPlaying(false) : play())} miw="4.5rem">
          {say(isPlaying ? 'pause' : 'play')}
        </Button>
        {button('›', 'on', at + 1)}
        {button('»', 'last', last)}
      </Group>
      <input
        type="range"
        className={styles.slider}
        aria-label={say('entry')}
        aria-valuetext={tick && say('entryNumber', numbered(tick))}
        disabled={last < 1}
        min={0}
        max={Math.max(0, last)}
        value={at}
        onChange={(event) => go(Number(event.currentTarget.value))}
      />
      <Text size="sm" className={styles.count}>
        {say('entryOf', { number: at + 1, count: ticking.length })}
      </Text>
    </Group>
  );

  function numbered({ position, recordedAt }: Ticking) {
    return { position, instant: instantWords(recordedAt, language) };
  }
}
