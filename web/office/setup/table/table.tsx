import { Button, Checkbox, Group, List, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keptColumns } from '../../../../domain/table/mapping.js';
import type { Column } from '../../../../domain/table/meaning.js';
import {
  outcomeOf,
  type ProjectLine,
  rowsTogether,
  type TableOutcome,
} from '../../../../domain/table/rows-together.js';
import { longestOnBehalfOf } from '../../../../domain/values/author.js';
import type { LineResult } from '../../../../src/http/routes/import-lines.js';
import type { TableRead } from '../../../../src/http/routes/read-table.js';
import { tell, tellLines } from '../../../shared/ask.js';
import { Head } from '../head.js';
import { useKept } from '../kept.js';
import { Refused } from '../refused.js';
import styles from '../setup.module.css';
import { Columns } from './columns.js';
import { MappingFile } from './mapping-file.js';
import { Doubts, Rows } from './rows.js';
import { TableFile } from './table-file.js';
import { useTableTexts } from './texts.js';

/** Maximum number of columns that are kept; the service accepts as many. */
const mostColumns = 200;

/** What the table is read by. */
interface Asked {
  columns: readonly Column[];
  /** The table is the one that was read before. */
  isSame?: boolean;
}

/** The monthly table of a district: pasted, read, looked at, and recorded in one go. */
export default function TableScreen() {
  const say = useTableTexts();
  const queries = useQueryClient();
  const [text, setText] = useState('');
  const [document, setDocument] = useState('');
  const [asOf, setAsOf] = useState('');
  const [onBehalfOf, setOnBehalfOf] = useState('');
  const [columns, keepColumns] = useKept<Column[]>('table.columns', []);
  const [left, leave] = useState<ReadonlySet<number>>(new Set());
  const [leavesOut, setLeavesOut] = useState(false);
  // The last answer stays while the table is read again.
  const [read, setRead] = useState<TableRead>();
  const [readText, setReadText] = useState('');
  const reading = useMutation({
    mutationFn: async ({ columns }: Asked) => {
      const body = {
        text,
        document: document.trim() || say('title'),
        asOf: asOf.trim() || undefined,
        onBehalfOf: onBehalfOf.trim() || undefined,
        columns: columns.filter(({ meaning }) => meaning !== undefined),
      };
      return (await tell<TableRead>('POST', '/tables/reading', body)).answer;
    },
    onSuccess: (read, { isSame }) => {
      setRead(read);
      setReadText(text);
      // Rows that were left out stay so while only the meaning of a column changes.
      if (!isSame) leave(new Set());
      if (!isSame) setLeavesOut(false);
      keepColumns(keptColumns(columns, read.columns).slice(-mostColumns));
      recording.reset();
    },
  });
  const recording = useMutation({
    mutationFn: (sent: readonly ProjectLine<object>[]) =>
      tellLines<LineResult>(
        '/entries',
        sent.map(({ line }) => line),
      ),
    onSuccess: () => void queries.invalidateQueries(),
  });
  const take = (loaded: readonly Column[]) => {
    const next = keptColumns(columns, loaded).slice(-mostColumns);
    keepColumns(next);
    if (text.trim() !== '') reading.mutate({ columns: next, isSame: text === readText });
  };
  const taken = (read?.rows ?? []).filter(({ line }) => !left.has(line));
  const sent = rowsTogether(taken);
  const count = taken.reduce((sum, row) => sum + row.entries.length, 0);
  const isDoubted = taken.some(({ unclear }) => unclear.length > 0);
  const headings = new Set(read?.columns.map(({ heading }) => heading));
  return (
    <>
      <Head title={say('title')} />
      <Textarea
        label={say('paste')}
        description={say('pasteHint')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        minRows={4}
        maxRows={10}
        autosize
        spellCheck={false}
        styles={{ input: { fontFamily: 'monospace', whiteSpace: 'pre' } }}
      />
      <TableFile
        onText={(read, name) => {
          setText(read);
          if (document === '') setDocument(name);
        }}
      />
      <div className={styles.fields}>
        <TextInput
          label={say('document')}
          value={document}
          onChange={(event) => setDocument(event.currentTarget.value)}
        />
        <TextInput
          label={say('month')}
          description={say('monthHint')}
          placeholder="2018-06"
          value={asOf}
          onChange={(event) => setAsOf(event.currentTarget.value)}
        />
        <TextInput
          label={say('onBehalfOf')}
          description={say('onBehalfOfHint')}
          maxLength={longestOnBehalfOf}
          value={onBehalfOf}
          onChange={(event) => setOnBehalfOf(event.currentTarget.value)}
        />
      </div>
      <Group my="sm">
        <Button
          disabled={text.trim() === ''}
          loading={reading.isPending}
          onClick={() => reading.mutate({ columns })}
        >
          {say(read ? 'readAgain' : 'read')}
        </Button>
      </Group>
      <Refused error={reading.error} fields={[]} />
      {read && (
        <>
          <div role="status">
            <Text size="sm" fw={600}>
              {say('understood', {
                count: read.rows.reduce((sum, row) => sum + row.entries.length, 0),
                rows: read.rows.length,
              })}{' '}
              {recording.data === undefined && say('nothingYet')}
            </Text>
          </div>
          <Doubts rows={read.rows} />
          <Columns columns={columns.filter(({ heading }) => headings.has(heading))} onChange={take} />
          <MappingFile columns={columns.filter(({ heading }) => headings.has(heading))} onLoad={take} />
          <Rows rows={read.rows} left={left} onLeave={leave} />
          {isDoubted && (
            <Checkbox
              my="sm"
              label={say('leaveOut')}
              checked={leavesOut}
              onChange={(event) => setLeavesOut(event.currentTarget.checked)}
            />
          )}
          <Group my="sm">
            <Button
              disabled={count === 0 || reading.isPending || text !== readText || (isDoubted && !leavesOut)}
              loading={recording.isPending}
              onClick={() => recording.mutate(sent)}
            >
              {say('record', { count })}
            </Button>
          </Group>
          <Refused error={recording.error} fields={[]} />
          {recording.data && <Outcome outcome={outcomeOf(recording.variables, recording.data)} />}
        </>
      )}
    </>
  );
}

function Outcome({ outcome: { recorded, there, refused, refusals } }: { outcome: TableOutcome }) {
  const say = useTableTexts();
  return (
    <div role="status">
      <Text size="sm" fw={600}>
        {say('recorded', { recorded, there, refused })}
      </Text>
      <List size="sm">
        {refusals.map((one) => (
          <List.Item key={one.project}>{say('refusedProject', one)}</List.Item>
        ))}
      </List>
    </div>
  );
}
