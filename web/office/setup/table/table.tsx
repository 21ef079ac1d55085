import { Button, Checkbox, Group, List, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { textOf } from '../../../../domain/table/cells.js';
import type { Column } from '../../../../domain/table/meaning.js';
import type { LineResult } from '../../../../src/http/routes/import-lines.js';
import type { TableRead } from '../../../../src/http/routes/read-table.js';
import { tell, tellLines } from '../../../shared/ask.js';
import { Head } from '../head.js';
import { useKept } from '../kept.js';
import { Refused } from '../refused.js';
import styles from '../setup.module.css';
import { Columns } from './columns.js';
import { Doubts, Rows } from './rows.js';
import { useTableTexts } from './texts.js';

/** The monthly table of a district: pasted, read, looked at, and recorded in one go. */
export default function TableScreen() {
  const say = useTableTexts();
  const queries = useQueryClient();
  const [text, setText] = useState('');
  const [document, setDocument] = useState('');
  const [asOf, setAsOf] = useState('');
  const [columns, keepColumns] = useKept<Column[]>('table.columns', []);
  const [left, leave] = useState<ReadonlySet<number>>(new Set());
  const [leavesOut, setLeavesOut] = useState(false);
  const reading = useMutation({
    mutationFn: async (columns: readonly Column[]) => {
      const body = {
        text,
        document: document.trim() || say('title'),
        asOf: asOf.trim() || undefined,
        columns: columns.filter(({ meaning }) => meaning !== undefined),
      };
      return (await tell<TableRead>('POST', '/tables/reading', body)).answer;
    },
    onSuccess: (read) => {
      leave(new Set());
      setLeavesOut(false);
      // Columns of other tables keep what was said of them.
      const here = new Set(read.columns.map(({ heading }) => heading));
      keepColumns([...columns.filter(({ heading }) => !here.has(heading)), ...read.columns]);
      recording.reset();
    },
  });
  const recording = useMutation({
    mutationFn: (entries: readonly object[]) => tellLines<LineResult>('/entries', entries),
    onSuccess: () => void queries.invalidateQueries(),
  });
  const read = reading.data;
  const taken = (read?.rows ?? []).filter(({ line }) => !left.has(line));
  const entries = taken.flatMap(({ entries, line }) => entries.map((entry) => ({ line, entry })));
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
      <Text size="sm" component="label">
        {say('file')}{' '}
        <input
          type="file"
          accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values"
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            if (!file) return;
            if (document === '') setDocument(file.name);
            void file.arrayBuffer().then((bytes) => setText(textOf(bytes)));
          }}
        />
      </Text>
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
      </div>
      <Group my="sm">
        <Button
          disabled={text.trim() === ''}
          loading={reading.isPending}
          onClick={() => reading.mutate(columns)}
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
          <Columns
            columns={columns.filter(({ heading }) => headings.has(heading))}
            onChange={(changed) => {
              const next = [...columns.filter(({ heading }) => !headings.has(heading)), ...changed];
              keepColumns(next);
              reading.mutate(next);
            }}
          />
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
              disabled={entries.length === 0 || (isDoubted && !leavesOut)}
              loading={recording.isPending}
              onClick={() => recording.mutate(entries.map(({ entry }) => entry))}
            >
              {say('record', { count: entries.length })}
            </Button>
          </Group>
          <Refused error={recording.error} fields={[]} />
          {recording.data && <Outcome results={recording.data} lines={entries.map(({ line }) => line)} />}
        </>
      )}
    </>
  );
}

function Outcome({ results, lines }: { results: readonly LineResult[]; lines: readonly number[] }) {
  const say = useTableTexts();
  const refused = results.flatMap((result) =>
    'problem' in result ? [{ line: lines[result.line - 1] ?? 0, detail: result.problem.detail }] : [],
  );
  const recorded = results.filter((result) => 'outcome' in result && result.outcome === 'recorded').length;
  return (
    <div role="status">
      <Text size="sm" fw={600}>
        {say('recorded', {
          recorded,
          there: results.length - recorded - refused.length,
          refused: refused.length,
        })}
      </Text>
      <List size="sm">
        {refused.map((one) => (
          <List.Item key={`${one.line}/${one.detail}`}>{say('refusedRow', one)}</List.Item>
        ))}
      </List>
    </div>
  );
}
