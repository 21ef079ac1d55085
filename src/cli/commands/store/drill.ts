import type { Command } from 'commander';
import { exitCodes } from '../../../composition/exit-codes.js';
import { type Drill, drillOf } from '../../../maintenance/drill.js';
import { failure } from '../../client/failure.js';
import type { Terminal } from '../../terminal.js';
import { pairs } from '../../views/table.js';
import { requireEmbedded, requireStore, storeCommand, watched } from './store-commands.js';

const doneBy = {
  backup: 'backed up and verified',
  restore: 'restored elsewhere',
  verify: 'verified there, every event',
  rebuild: 'views rebuilt there',
  compare: 'compared event by event',
} as const;

/** `topout drill`: proves that a backup of this folder can be restored, and how long that takes. */
export function drillCommand(program: Command, terminal: Terminal): void {
  storeCommand(program, 'drill', 'prove that a backup can be restored')
    .description(
      'Backs up the store, restores the backup into another folder, verifies it, rebuilds its views, compares it with the original and removes it. Nothing else is changed.',
    )
    .option('--in <folder>', 'where the copy is made (default: beside the data folder)')
    .action(async ({ data, in: place, json }: { data: string; in?: string; json?: true }) => {
      await requireEmbedded(data, {
        en: '"topout copy cluster FILE" makes and verifies a copy of the cluster.',
        zh: '“topout copy cluster 文件”复制集群并核对。',
      });
      requireStore(data);
      const drill = await watched(terminal, 'Verifying', (onProgress) =>
        drillOf(data, place, () => performance.now(), onProgress),
      );
      terminal.out(json ? JSON.stringify(drill) : drillText(drill));
      if (drill.differsFrom === null && drill.problems.length === 0) return;
      const seen =
        drill.differsFrom === null
          ? { en: drill.problems[0], zh: drill.problems[0] }
          : {
              en: `it differs from position ${drill.differsFrom} on`,
              zh: `自位置 ${drill.differsFrom} 起不同`,
            };
      throw failure(
        exitCodes.damaged,
        { en: 'The restored store is not the original', zh: '恢复的存储与原存储不同' },
        { en: `${data}: ${seen.en}.`, zh: `${data}：${seen.zh}。` },
      );
    });
}

function drillText({ events, head, bytes, steps, differsFrom }: Drill): string {
  const total = steps.reduce((sum, { seconds }) => sum + seconds, 0);
  const megabytes = Math.ceil(bytes / 1_000_000);
  const times = steps.map(({ step, seconds }) => [doneBy[step], `${seconds.toFixed(2)} s`] as const);
  const last =
    differsFrom === null
      ? `The restored log is the same to its end, position ${head}: ${events} events, ${megabytes} MB.`
      : `The restored log differs from position ${differsFrom} on.`;
  return [pairs([...times, ['altogether', `${total.toFixed(2)} s`]]), last].join('\n');
}
