import type { Command } from 'commander';
import type { Salvaged } from '../../../maintenance/salvage.js';
import type { Language, Terminal } from '../../terminal.js';
import { plain } from '../../views/table.js';
import { either } from '../../views/words.js';
import {
  requireEmbedded,
  requireNothingAt,
  requireStore,
  type StoreOptions,
  storeCommand,
  watched,
} from './store-commands.js';

/** Maximum number of listed gaps. */
const mostGaps = 20;

const description = [
  'Writes every event of a damaged store whose bytes match its hash into one new file, and says which are missing. The store is read and not changed.',
  'Each line is a JSON object: "position" in the store, or null where only the bytes were found; "leaf", the hash; "body", the hashed text. Restore a backup where there is one; "topout doctor" says what is damaged. When only an index is, "topout backup" makes a whole store of it.',
].join('\n\n');

/** `topout salvage`: the intact part of a damaged store, as a file of lines. */
export function salvageCommand(program: Command, terminal: Terminal): void {
  storeCommand(program, terminal, 'salvage <file>', 'write out what is intact in a damaged store')
    .description(description)
    .action(async (file: string, { data, json, lang }: StoreOptions) => {
      await requireEmbedded(data, {
        en: 'A cluster repairs a damaged node from the others; "topout copy cluster FILE" verifies every event.',
        zh: '集群由其他节点修复损坏的节点；“topout copy cluster 文件”逐个核对事件。',
      });
      requireStore(data);
      requireNothingAt(file);
      const salvaged = await watched(terminal, { en: 'Reading', zh: '读取' }, async (onProgress) => {
        const { salvageStore } = await import('../../../maintenance/salvage.js');
        return salvageStore(data, file, onProgress);
      });
      terminal.out(json ? JSON.stringify(salvaged) : salvagedText(salvaged, lang));
    });
}

function salvagedText(
  { file, events, withoutPosition, streams, missing }: Salvaged,
  language: Language,
): string {
  const say = (en: string, zh: string) => either(language, en, zh);
  const found = say(
    `${file} holds ${events} intact events of ${streams} streams.`,
    `${file} 含 ${streams} 个流的 ${events} 条完好事件。`,
  );
  const unplaced =
    withoutPosition === 0
      ? []
      : [
          say(
            `Of ${withoutPosition} only the bytes were found, so that their position is null.`,
            `其中 ${withoutPosition} 条只找到字节，位置为 null。`,
          ),
        ];
  const gaps = missing
    .slice(0, mostGaps)
    .map(({ stream, from, to }) =>
      from === to
        ? say(`Missing: revision ${from} of ${stream}.`, `缺失：${stream} 的修订号 ${from}。`)
        : say(
            `Missing: revisions ${from} to ${to} of ${stream}.`,
            `缺失：${stream} 的修订号 ${from} 至 ${to}。`,
          ),
    );
  const more = missing.length - mostGaps;
  const rest = more > 0 ? [say(`... and ${more} further gaps.`, `……另有 ${more} 处缺失。`)] : [];
  const end = say(
    'What may be missing after the last event of a stream cannot be known from the store alone.',
    '仅凭存储无法得知某个流最后一条事件之后是否还有缺失。',
  );
  return [found, ...unplaced, ...gaps, ...rest, end].map(plain).join('\n');
}
