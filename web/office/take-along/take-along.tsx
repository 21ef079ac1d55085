import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { labelled } from '../../../domain/values/punctuation.js';
import { useLanguage } from '../../shared/language.js';
import { type Cell, saveCsv, saveXlsx } from '../use/sheet-files.js';
import { useTakeAlongTexts } from './texts.js';

type Table = readonly (readonly Cell[])[];

/**
 * Offers a table as CSV and as an Excel file.
 *
 * @param table header first; created on demand
 * @param name of the file, without its extension
 */
export function TakeAlong({
  table,
  name,
  what,
  isReady = true,
}: {
  table: () => Table | Promise<Table>;
  name: string;
  what: string;
  /** False while the data are incomplete. */
  isReady?: boolean;
}) {
  const language = useLanguage();
  const say = useTakeAlongTexts();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const take = async (keep: (table: Table, name: string) => void | Promise<void>) => {
    setBusy(true);
    setError(undefined);
    try {
      await keep(await table(), name);
    } catch (error) {
      setError(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Group gap={4} wrap="nowrap" className="not-printed">
      {(
        [
          ['csv', saveCsv],
          ['xlsx', saveXlsx],
        ] as const
      ).map(([kind, keep]) => (
        <Button
          key={kind}
          size="compact-xs"
          variant="default"
          loading={isBusy}
          disabled={!isReady}
          aria-label={labelled(say(kind), what, language)}
          onClick={() => void take(keep)}
        >
          {say(kind)}
        </Button>
      ))}
      {error !== undefined && (
        <Text size="xs" c="var(--bad)" role="alert">
          {say('failed')}
        </Text>
      )}
    </Group>
  );
}
