import { Checkbox, List, Text } from '@mantine/core';
import type { TableRead } from '../../../../src/http/routes/read-table.js';
import styles from '../setup.module.css';
import { useTableTexts } from './texts.js';

type TableRow = TableRead['rows'][number];

/** What was not understood, row by row. */
export function Doubts({ rows }: { rows: readonly TableRow[] }) {
  const say = useTableTexts();
  const doubts = rows.flatMap(({ line, said, unclear }) =>
    unclear.map((doubt) => ({ line, said, ...doubt })),
  );
  if (doubts.length === 0) return null;
  return (
    <>
      <Text size="sm" c="var(--bad)" fw={600} mt="sm">
        {say('unclear', { count: doubts.length })}
      </Text>
      <List size="sm">
        {doubts.map((doubt) => (
          <List.Item key={`${doubt.line}/${doubt.heading}/${doubt.seen}`}>
            {doubt.heading === undefined
              ? say('doubtOfRow', { ...doubt })
              : say('doubt', { ...doubt, heading: doubt.heading })}
          </List.Item>
        ))}
      </List>
    </>
  );
}

/** The rows with their sentences; each may be left out. */
export function Rows({
  rows,
  left,
  onLeave,
}: {
  rows: readonly TableRow[];
  left: ReadonlySet<number>;
  onLeave: (left: ReadonlySet<number>) => void;
}) {
  const say = useTableTexts();
  const turn = (line: number) => {
    const next = new Set(left);
    if (!next.delete(line)) next.add(line);
    onLeave(next);
  };
  return (
    <ul className={styles.rows} aria-label={say('rows')}>
      {rows.map(({ line, said, sentences, unclear }) => (
        <li key={line}>
          <Checkbox
            size="xs"
            label={`${line}. ${said}${unclear.length > 0 ? ' ⚠' : ''}`}
            aria-label={say('take', { line, said })}
            checked={!left.has(line)}
            onChange={() => turn(line)}
          />
          <Text size="xs">{sentences.join(' ')}</Text>
        </li>
      ))}
    </ul>
  );
}
