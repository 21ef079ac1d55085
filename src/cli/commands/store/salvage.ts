import type { Command } from 'commander';
import { type Salvaged, salvageStore } from '../../../maintenance/salvage.js';
import type { Terminal } from '../../terminal.js';
import { plain } from '../../views/table.js';
import { requireEmbedded, requireNothingAt, requireStore, storeCommand, watched } from './store-commands.js';

/** Maximum number of listed gaps. */
const mostGaps = 20;

const description = [
  'Writes every event of a damaged store whose bytes match its hash into one new file, and says which are missing. The store is read and not changed.',
  'Each line is a JSON object: "position" in the store, or null where only the bytes were found; "leaf", the hash; "body", the hashed text. Restore a backup where there is one; "topout doctor" says what is damaged. When only an index is, "topout backup" makes a whole store of it.',
].join('\n\n');

/** `topout salvage`: the intact part of a damaged store, as a file of lines. */
export function salvageCommand(program: Command, terminal: Terminal): void {
  storeCommand(program, 'salvage <file>', 'write out what is intact in a damaged store')
    .description(description)
    .action(async (file: string, { data, json }: { data: string; json?: true }) => {
      await requireEmbedded(data, {
        en: 'A cluster repairs a damaged node from the others; "topout copy cluster FILE" verifies every event.',
        zh: '集群由其他节点修复损坏的节点；“topout copy cluster 文件”逐个核对事件。',
      });
      requireStore(data);
      requireNothingAt(file);
      const salvaged = await watched(terminal, 'Reading', (onProgress) =>
        salvageStore(data, file, onProgress),
      );
      terminal.out(json ? JSON.stringify(salvaged) : salvagedText(salvaged));
    });
}

function salvagedText({ file, events, withoutPosition, streams, missing }: Salvaged): string {
  const found = `${file} holds ${events} intact events of ${streams} streams.`;
  const unplaced =
    withoutPosition === 0
      ? []
      : [`Of ${withoutPosition} only the bytes were found, so that their position is null.`];
  const gaps = missing
    .slice(0, mostGaps)
    .map(({ stream, from, to }) =>
      from === to
        ? `Missing: revision ${from} of ${stream}.`
        : `Missing: revisions ${from} to ${to} of ${stream}.`,
    );
  const rest = missing.length > mostGaps ? [`... and ${missing.length - mostGaps} further gaps.`] : [];
  const end = 'What may be missing after the last event of a stream cannot be known from the store alone.';
  return [found, ...unplaced, ...gaps, ...rest, end].map(plain).join('\n');
}
