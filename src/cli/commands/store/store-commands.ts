import { existsSync } from 'node:fs';
import { type Command, Option } from 'commander';
import type { Words } from '../../../../domain/values/words.js';
import { exitCodes } from '../../../composition/exit-codes.js';
import { hasStore } from '../../../composition/folder/data-paths.js';
import { readConfig } from '../../../composition/settings/config.js';
import type { BackedUp } from '../../../maintenance/data-folder.js';
import { failure } from '../../client/failure.js';
import { languageOption } from '../../input/options.js';
import type { Language, Terminal } from '../../terminal.js';
import { startProgress } from '../../views/progress.js';
import { either } from '../../views/words.js';
import { diagnosisText } from './diagnosis.js';
import { asFailure } from './store-failure.js';

/** Loaded only where it is used: all that works on a store takes longer to load than most commands to run. */
const dataFolder = () => import('../../../maintenance/data-folder.js');

/** Hosts of the configured cluster; undefined if events are in the data folder. */
const clusterHosts = async (): Promise<string | undefined> => readConfig().cluster?.hosts;

/** What every command on a data folder has. */
export interface StoreOptions {
  data: string;
  lang: Language;
  json?: true;
}

/** `topout rebuild`: rebuilds the views from the log. */
export function rebuildCommand(program: Command, terminal: Terminal): void {
  storeCommand(program, terminal, 'rebuild', 'make the views again from the log')
    .description('Makes the views again from the log, beside the ones in use, and puts them in their place.')
    .action(async ({ data, json, lang }: StoreOptions) => {
      const hosts = await asFailure(clusterHosts());
      if (hosts === undefined) requireStore(data);
      const events = await watched(terminal, { en: 'Rebuilding', zh: '重建' }, async (onProgress) =>
        (await dataFolder()).rebuildViews(data, onProgress),
      );
      const on = hosts === undefined ? { en: '', zh: '' } : { en: ` on ${hosts}`, zh: `（${hosts} 上）` };
      const done = either(
        lang,
        `The views in ${data} were made again from ${events} events${on.en}.`,
        `已由 ${events} 条事件${on.zh}重建 ${data} 中的视图。`,
      );
      terminal.out(json ? JSON.stringify({ dataPath: data, events }) : done);
    });
}

/** `topout backup`: the store in one verified file. */
export function backupCommand(program: Command, terminal: Terminal): void {
  storeCommand(program, terminal, 'backup <file>', 'copy the store into one file')
    .description(
      'Signs a checkpoint of everything in the store, copies the store into one new file, verifies every event in it, and keeps the checkpoint beside it. An existing file is not overwritten.',
    )
    .action(async (file: string, { data, json, lang }: StoreOptions) => {
      await requireEmbedded(data, {
        en: `"topout copy cluster ${file}" makes a verified copy of the cluster in one file.`,
        zh: `“topout copy cluster ${file}”将集群核对后复制到一个文件。`,
      });
      requireStore(data);
      requireNothingAt(file);
      requireNothingAt(`${file}.checkpoint`);
      const { events, streams, head, checkpoint } = await watched(
        terminal,
        { en: 'Verifying', zh: '核验' },
        async (onProgress) => (await dataFolder()).backupStore(data, file, onProgress),
      );
      if (json)
        return terminal.out(JSON.stringify({ file, events, streams, head, checkpoint: inJson(checkpoint) }));
      const kept =
        'file' in checkpoint
          ? {
              en: `${checkpoint.file} is a signed checkpoint of all of them: keep it elsewhere too. After a restore: topout verify --data FOLDER --checkpoint ${checkpoint.file} --key ${checkpoint.key}`,
              zh: `${checkpoint.file} 是覆盖全部事件的已签名检查点：请另存一份于别处。恢复之后可核验：topout verify --data 文件夹 --checkpoint ${checkpoint.file} --key ${checkpoint.key}`,
            }
          : {
              en: `No checkpoint was signed before: ${checkpoint.whyNot.en}`,
              zh: `事先未签署检查点：${checkpoint.whyNot.zh}`,
            };
      terminal.out(`${holdsText(file, { events, streams, head }, lang)}\n${kept[lang]}`);
    });
}

/** `topout restore`: a backup into a folder without a store. */
export function restoreCommand(program: Command, terminal: Terminal): void {
  storeCommand(program, terminal, 'restore <file>', 'put a backup into a data folder')
    .description(
      'Verifies a backup and puts it into a data folder that has no store. Nothing is overwritten.',
    )
    .action(async (file: string, { data, json, lang }: StoreOptions) => {
      await requireEmbedded(data, {
        en: `"topout copy ${file} cluster" puts a backup on the cluster.`,
        zh: `“topout copy ${file} cluster”把备份放入集群。`,
      });
      if (!existsSync(file))
        throw notFound({
          en: `There is no file ${file}; expected a backup that "topout backup" made.`,
          zh: `没有文件 ${file}；应为“topout backup”生成的备份。`,
        });
      if (hasStore(data)) {
        const detail = {
          en: `${data} holds a store already, and nothing is overwritten; choose another folder with --data, or move that one away.`,
          zh: `${data} 中已有存储，不予覆盖；请用 --data 另选文件夹，或移走原有的。`,
        };
        throw failure(exitCodes.inUse, { en: 'The folder holds a store', zh: '文件夹中已有存储' }, detail);
      }
      const { events, streams, head } = await watched(
        terminal,
        { en: 'Verifying', zh: '核验' },
        async (onProgress) => (await dataFolder()).restoreStore(file, data, onProgress),
      );
      const restored = [
        holdsText(data, { events, streams, head }, lang),
        either(
          lang,
          'A set business day (as the example district has) is not part of a backup: name it with TOPOUT_TODAY, or the real day counts. Neither are the keys of subscriptions: put the vault beside the folder (TOPOUT_VAULT).',
          '备份不含设定的业务日期（如示例区县所设）：请用 TOPOUT_TODAY 给出，否则以实际日期为准。备份也不含订阅的密钥：请将密钥库放在文件夹旁（TOPOUT_VAULT）。',
        ),
      ];
      terminal.out(json ? JSON.stringify({ dataPath: data, events, streams, head }) : restored.join('\n'));
    });
}

/** `topout doctor`: verifies every event, and reports the state of the folder. */
export function doctorCommand(program: Command, terminal: Terminal): void {
  storeCommand(program, terminal, 'doctor', 'verify every event and setting of a data folder')
    .description(
      'Verifies the hash, the place and the order of every event, and shows how the views and SQLite stand.',
    )
    .action(async ({ data, json, lang }: StoreOptions) => {
      await requireEmbedded(data, {
        en: '"topout copy cluster FILE" verifies every event of the cluster as it copies them.',
        zh: '“topout copy cluster 文件”在复制时逐个核对集群的事件。',
      });
      requireStore(data);
      const diagnosis = await watched(terminal, verifying, async (onProgress) =>
        (await dataFolder()).diagnose(data, onProgress),
      );
      const { faults, ...store } = diagnosis.store;
      const problems = faults.map(({ words }) => words.en);
      terminal.out(
        json
          ? JSON.stringify({ ...diagnosis, store: { ...store, problems } })
          : diagnosisText(diagnosis, lang),
      );
      const { length } = problems;
      if (length > 0) {
        const detail = {
          en: `${length} problems were found in ${data}; restore a backup into another folder and compare.`,
          zh: `在 ${data} 中发现 ${length} 个问题；请将备份恢复到另一文件夹并比较。`,
        };
        throw failure(exitCodes.damaged, { en: 'The store is damaged', zh: '存储已损坏' }, detail);
      }
    });
}

/** In JSON the reason is in English, whatever the language of the terminal. */
function inJson(checkpoint: BackedUp['checkpoint']): { file: string; key: string } | { whyNot: string } {
  return 'file' in checkpoint ? checkpoint : { whyNot: checkpoint.whyNot.en };
}

function holdsText(
  place: string,
  { events, streams, head }: { events: number; streams: number; head: number },
  language: Language,
): string {
  return either(
    language,
    `${place} holds ${events} events of ${streams} streams up to position ${head}; every one was verified.`,
    `${place} 含 ${streams} 个流的 ${events} 条事件，至位置 ${head}；均已逐条核验。`,
  );
}

/** A command on a data folder. */
export function storeCommand(program: Command, terminal: Terminal, name: string, summary: string): Command {
  return program
    .command(name)
    .summary(summary)
    .addOption(
      new Option('--data <folder>', 'the data folder; no service may hold it')
        .env('TOPOUT_DATA')
        .default('data'),
    )
    .addOption(languageOption(terminal))
    .option('--json', 'print JSON');
}

/** The title of a bar while events are verified. */
export const verifying: Words = { en: 'Verifying', zh: '核验' };

/** Runs work on a data folder with a progress bar. */
export function watched<Result>(
  terminal: Terminal,
  title: Words,
  work: (onProgress: (done: number, of: number) => void) => Promise<Result>,
): Promise<Result> {
  const progress = startProgress(terminal, title, { en: 'events', zh: '条事件' });
  return asFailure(work((done, of) => progress.show(done, of))).finally(() => progress.stop());
}

/** Refuses work on the embedded store if the events are on a cluster, and names the alternative there. */
export async function requireEmbedded(data: string, instead: Words): Promise<void> {
  const hosts = await asFailure(clusterHosts());
  if (hosts === undefined || hasStore(data)) return;
  const detail = {
    en: `EVENT_STORE_URL names a cluster (${hosts}), and ${data} holds no store of its own. ${instead.en}`,
    zh: `EVENT_STORE_URL 指定了集群（${hosts}），而 ${data} 中没有存储。${instead.zh}`,
  };
  throw failure(exitCodes.usage, { en: 'The events are on a cluster', zh: '事件在集群上' }, detail);
}

/** Refuses a folder without a store. */
export function requireStore(data: string): void {
  if (!hasStore(data))
    throw notFound({
      en: `There is no store in ${data}; expected the data folder of a service, see --data.`,
      zh: `${data} 中没有存储；应为服务的数据文件夹，见 --data。`,
    });
}

/** Refuses to overwrite a file. */
export function requireNothingAt(file: string): void {
  if (!existsSync(file)) return;
  throw failure(
    exitCodes.inUse,
    { en: 'The file exists', zh: '文件已存在' },
    {
      en: `${file} exists already, and nothing is overwritten; name a new file.`,
      zh: `${file} 已存在，不予覆盖；请另取文件名。`,
    },
  );
}

function notFound(detail: Words): Error {
  return failure(exitCodes.notFound, { en: 'Not found', zh: '未找到' }, detail);
}
