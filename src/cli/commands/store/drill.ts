import type { Command } from 'commander';
import type { Words } from '../../../../domain/values/words.js';
import { exitCodes } from '../../../composition/exit-codes.js';
import type { Drill } from '../../../maintenance/drill.js';
import { failure } from '../../client/failure.js';
import type { Language, Terminal } from '../../terminal.js';
import { pairs } from '../../views/table.js';
import { either } from '../../views/words.js';
import {
  requireEmbedded,
  requireStore,
  type StoreOptions,
  storeCommand,
  verifying,
  watched,
} from './store-commands.js';

const doneBy: Readonly<Record<Drill['steps'][number]['step'], Words>> = {
  backup: { en: 'backed up and verified', zh: '备份并核验' },
  restore: { en: 'restored elsewhere', zh: '恢复到别处' },
  verify: { en: 'verified there, every event', zh: '在该处逐条核验' },
  rebuild: { en: 'views rebuilt there', zh: '在该处重建视图' },
  compare: { en: 'compared event by event', zh: '逐条事件比较' },
};

/** `topout drill`: proves that a backup of this folder can be restored, and how long that takes. */
export function drillCommand(program: Command, terminal: Terminal): void {
  storeCommand(program, terminal, 'drill', 'prove that a backup can be restored')
    .description(
      'Backs up the store, restores the backup into another folder, verifies it, rebuilds its views, compares it with the original and removes it. Nothing else is changed.',
    )
    .option('--in <folder>', 'where the copy is made (default: beside the data folder)')
    .action(async ({ data, in: place, json, lang }: StoreOptions & { in?: string }) => {
      await requireEmbedded(data, {
        en: '"topout copy cluster FILE" makes and verifies a copy of the cluster.',
        zh: '“topout copy cluster 文件”复制集群并核对。',
      });
      requireStore(data);
      const drill = await watched(terminal, verifying, async (onProgress) => {
        const { drillOf } = await import('../../../maintenance/drill.js');
        return drillOf(data, place, () => performance.now(), onProgress);
      });
      const problems = drill.problems.map(({ en }) => en);
      terminal.out(json ? JSON.stringify({ ...drill, problems }) : drillText(drill, lang));
      if (drill.differsFrom === null && drill.problems.length === 0) return;
      const seen =
        drill.differsFrom === null
          ? drill.problems[0]
          : {
              en: `it differs from position ${drill.differsFrom} on`,
              zh: `自位置 ${drill.differsFrom} 起不同`,
            };
      throw failure(
        exitCodes.damaged,
        { en: 'The restored store is not the original', zh: '恢复的存储与原存储不同' },
        { en: `${data}: ${seen?.en}.`, zh: `${data}：${seen?.zh}。` },
      );
    });
}

function drillText({ events, head, bytes, steps, differsFrom }: Drill, language: Language): string {
  const say = (en: string, zh: string) => either(language, en, zh);
  const time = (seconds: number) => say(`${seconds.toFixed(2)} s`, `${seconds.toFixed(2)} 秒`);
  const total = steps.reduce((sum, { seconds }) => sum + seconds, 0);
  const megabytes = Math.ceil(bytes / 1_000_000);
  const times = steps.map(({ step, seconds }) => [doneBy[step][language], time(seconds)] as const);
  const last =
    differsFrom === null
      ? say(
          `The restored log is the same to its end, position ${head}: ${events} events, ${megabytes} MB.`,
          `恢复的日志与原日志完全相同，直到末尾位置 ${head}：${events} 条事件，${megabytes} MB。`,
        )
      : say(
          `The restored log differs from position ${differsFrom} on.`,
          `恢复的日志自位置 ${differsFrom} 起不同。`,
        );
  return [pairs([...times, [say('altogether', '合计'), time(total)]]), last].join('\n');
}
