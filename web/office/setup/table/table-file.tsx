import { NativeSelect, Text } from '@mantine/core';
import { useState } from 'react';
import { textOf } from '../../../../domain/table/cells.js';
import type { Words } from '../../../../domain/values/words.js';
import type { SheetAsked, SheetRead } from '../../../../domain/workbook/read-sheet.js';
import { refusals, workbookLimits } from '../../../../domain/workbook/refused.js';
import { isWorkbook, type SheetName } from '../../../../domain/workbook/workbook.js';
import { useLanguage } from '../../../shared/language.js';
import { useTableTexts } from './texts.js';

interface Opened {
  bytes: Uint8Array;
  sheets: SheetName[];
  sheet: string;
}

/** A file with a table: CSV, text with tabs, or a sheet of a workbook. */
export function TableFile({ onText }: { onText: (text: string, name: string) => void }) {
  const say = useTableTexts();
  const language = useLanguage();
  const [opened, setOpened] = useState<Opened>();
  const [refused, setRefused] = useState<Words>();
  const show = async (bytes: Uint8Array, name: string, sheet?: string) => {
    const read = await readWorkbook({ bytes, sheet });
    if ('refused' in read) {
      setOpened(undefined);
      return setRefused(read.refused);
    }
    const first = read.sheets.find(({ isHidden }) => !isHidden) ?? read.sheets[0];
    setOpened({ bytes, sheets: read.sheets, sheet: sheet ?? first?.name ?? '' });
    onText(read.text, name);
  };
  const choose = async (file: File | undefined) => {
    if (!file) return;
    setRefused(undefined);
    setOpened(undefined);
    if (file.size > workbookLimits.file) return setRefused(refusals.large);
    const bytes = await file.arrayBuffer();
    if (isWorkbook(new Uint8Array(bytes))) return show(new Uint8Array(bytes), file.name);
    if (/\.(xlsx?|et)$/i.test(file.name)) return setRefused(refusals.other);
    onText(textOf(bytes), file.name);
  };
  return (
    <>
      <Text size="sm" component="label">
        {say('file')}{' '}
        <input
          type="file"
          accept=".xlsx,.csv,.tsv,.txt,text/csv,text/tab-separated-values"
          onChange={(event) => void choose(event.currentTarget.files?.[0])}
        />
      </Text>
      {opened && opened.sheets.length > 1 && (
        <NativeSelect
          size="xs"
          my="xs"
          maw="20rem"
          label={say('sheet')}
          value={opened.sheet}
          onChange={(event) => void show(opened.bytes, '', event.currentTarget.value)}
          data={opened.sheets.map(({ name, isHidden }) => ({
            value: name,
            label: isHidden ? say('hiddenSheet', { name }) : name,
          }))}
        />
      )}
      {refused && (
        <Text size="sm" c="var(--bad)" role="alert" my="xs">
          {refused[language]}
        </Text>
      )}
    </>
  );
}

/** Reads a workbook in a worker, which is ended when it takes too long. */
function readWorkbook(asked: SheetAsked): Promise<SheetRead> {
  const worker = new Worker(new URL('./workbook-worker.ts', import.meta.url), { type: 'module' });
  return new Promise<SheetRead>((resolve) => {
    const refuse = () => resolve({ refused: refusals.costly });
    const late = setTimeout(refuse, workbookLimits.ms);
    worker.addEventListener('message', ({ data }: MessageEvent<SheetRead>) => {
      clearTimeout(late);
      resolve(data);
    });
    worker.addEventListener('error', refuse);
    worker.postMessage(asked);
  }).finally(() => worker.terminate());
}
