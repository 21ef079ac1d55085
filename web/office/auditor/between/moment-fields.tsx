import { Button, Group, Text, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useParameters } from '../../../shared/place.js';
import { useAuditorTexts } from '../texts.js';
import styles from './between.module.css';
import type { TwoMoments } from './two-moments.js';

const sides = [
  { side: 'from', letter: 'A', known: 'fromKnown' },
  { side: 'to', letter: 'B', known: 'toKnown' },
] as const;

/** Selects both moments, each on both clocks, and exchanges them. */
export function MomentFields({
  moments,
  positions,
  today,
}: {
  moments: TwoMoments;
  /** The positions of the log that the answer is for. */
  positions: readonly [number, number] | undefined;
  today: string;
}) {
  const say = useAuditorTexts();
  const [, change] = useParameters();
  const { from, to, wrong } = moments;
  const swap = () => change({ from: to.asOf, fromKnown: to.knownAt, to: from.asOf, toKnown: from.knownAt });
  return (
    <Group gap="md" align="stretch" className="not-printed">
      {sides.map(({ side, letter, known }, index) => {
        const dayWrong = wrong[index]?.asOf;
        return (
          <fieldset key={side} className={styles.moment} data-side={letter}>
            <legend>{letter}</legend>
            <TextInput
              type="date"
              label={say('actualDay')}
              max={today}
              value={moments[side].asOf}
              error={dayWrong && say(`wrong.${dayWrong}`)}
              onChange={(event) => change({ [side]: event.currentTarget.value || undefined })}
            />
            <KnownField
              value={moments[side].knownAt}
              isWrong={wrong[index]?.knownAt !== undefined}
              position={positions?.[index]}
              onChange={(value) => change({ [known]: value })}
            />
          </fieldset>
        );
      })}
      <Button variant="default" size="sm" onClick={swap} className={styles.swap}>
        {say('swap')}
      </Button>
    </Group>
  );
}

/** What was known; it goes into the URL when the field is left, or by Enter. */
function KnownField({
  value,
  isWrong,
  position,
  onChange,
}: {
  value: string;
  isWrong: boolean;
  position: number | undefined;
  onChange: (value: string | undefined) => void;
}) {
  const say = useAuditorTexts();
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const take = () => typed !== value && onChange(typed.trim() || undefined);
  return (
    <div>
      <TextInput
        label={say('knownThen')}
        placeholder={say('latest')}
        value={typed}
        error={isWrong && say('wrong.moment')}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={take}
        onKeyDown={(event) => event.key === 'Enter' && take()}
      />
      {position !== undefined && (
        <Text size="xs" mt={2}>
          {say('upToEntry', { position })}
        </Text>
      )}
    </div>
  );
}
