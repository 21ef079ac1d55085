import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { facts } from '../../../../domain/project/facts/facts.js';
import { columnsOfFile, mappingText } from '../../../../domain/table/mapping-file.js';
import type { Column } from '../../../../domain/table/meaning.js';
import { tableFacts } from '../../../../domain/table/table-facts.js';
import { save } from '../../use/sheet-files.js';
import { useTableTexts } from './texts.js';

/** Saves what the columns mean as a file, and takes such a file of a colleague or of the terminal. */
export function MappingFile({
  columns,
  onLoad,
}: {
  columns: readonly Column[];
  onLoad: (columns: Column[]) => void;
}) {
  const say = useTableTexts();
  const [isWrong, setWrong] = useState(false);
  const load = async (file: File | undefined) => {
    if (!file) return;
    const read = columnsOfFile(await file.text(), tableFacts(facts));
    setWrong(read === undefined);
    if (read) onLoad(read);
  };
  return (
    <Group my="xs" gap="md">
      <Button
        size="xs"
        variant="default"
        disabled={columns.length === 0}
        onClick={() =>
          save(new Blob([mappingText(columns)], { type: 'application/json' }), 'topout-columns.json')
        }
      >
        {say('saveColumns')}
      </Button>
      <Text size="sm" component="label">
        {say('loadColumns')}{' '}
        <input
          type="file"
          accept=".json,application/json"
          onChange={(event) => {
            void load(event.currentTarget.files?.[0]);
            // The same file may be chosen again once it was changed.
            event.currentTarget.value = '';
          }}
        />
      </Text>
      {isWrong && (
        <Text size="sm" c="var(--bad)" role="alert">
          {say('noColumns')}
        </Text>
      )}
    </Group>
  );
}
