import type { Command } from 'commander';
import { type Words, wordsOf } from '../../../../domain/values/words.js';
import { exitCodes } from '../../../composition/exit-codes.js';
import type { Copied, OnStep } from '../../../maintenance/copy.js';
import type { ProtectedCopied } from '../../../maintenance/protected-copy.js';
import { failure, usage } from '../../client/failure.js';
import { languageOption } from '../../input/options.js';
import type { Language, Terminal } from '../../terminal.js';
import { type Progress, startProgress } from '../../views/progress.js';
import { either } from '../../views/words.js';
import { copiedText, protectedText } from './copied-text.js';
import { asFailure } from './store-failure.js';

interface CopyOptions {
  fromPrefix?: string;
  toPrefix?: string;
  verifyOnly?: true;
  protectPeople?: true;
  toVault?: string;
  lang: Language;
  json?: true;
}

const description = [
  'Copies a store into another and compares both: every event, and every view made of them. Ids, order, times and hashes stay as they are. Cut off and typed again, it goes on from where it was. No service may run on either.',
  'FROM and TO are a data folder, a file (events.db, or what "topout backup" made), "cluster" for the cluster that EVENT_STORE_URL names, "env:NAME" for the one that another variable names, or an address esdb://... itself, which every account of this machine can read in the list of processes.',
].join('\n\n');

/** `topout copy`: a store into another one, event by event. */
export function copyCommand(program: Command, terminal: Terminal): void {
  program
    .command('copy <from> <to>')
    .summary('move a store between a file and a cluster')
    .description(description)
    .option('--from-prefix <prefix>', 'before the names of streams of FROM, else TOPOUT_STREAM_PREFIX')
    .option('--to-prefix <prefix>', 'the same for TO')
    .option('--verify-only', 'compare the two, and copy nothing')
    .option(
      '--protect-people',
      'seal the texts of people that older versions stored in clear; TO is a new installation (docs/operate.md)',
    )
    .option(
      '--to-vault <file>',
      'with --protect-people: the file of keys of TO, else the one beside its folder',
    )
    .addOption(languageOption(terminal))
    .option('--json', 'print JSON')
    .action(async (from: string, to: string, options: CopyOptions) => {
      const copied = await asFailure(copy(from, to, options, terminal));
      const text =
        'continued' in copied ? protectedText(copied, options.lang) : copiedText(copied, options.lang);
      terminal.out(options.json ? JSON.stringify(copied) : text);
      if (copied.isSame) return;
      const where = copied.difference ?? {
        en: 'the events are the same, and a view made of them is not',
        zh: '事件相同，而由其生成的视图不同',
      };
      const differ = { en: 'The stores differ', zh: '两个存储不同' };
      throw failure(
        exitCodes.damaged,
        differ,
        wordsOf(
          (text) =>
            text({ en: 'The two do not hold the same: ', zh: '两者内容不同：' }) +
            text(where) +
            text({ en: '.', zh: '。' }),
        ),
      );
    });
}

async function copy(
  fromText: string,
  toText: string,
  { fromPrefix, toPrefix, verifyOnly, protectPeople, toVault }: CopyOptions,
  terminal: Terminal,
): Promise<Copied | ProtectedCopied> {
  if (toVault !== undefined && !protectPeople)
    throw usage({
      en: '--to-vault without --protect-people; a copy of the same installation keeps its keys.',
      zh: '--to-vault 须与 --protect-people 一起使用；同一系统的副本沿用其密钥。',
    });
  const { compareStores, copyStore, isSameStore, storeNamed } = await import('../../../maintenance/copy.js');
  const from = storeNamed(fromText, 'FROM', fromPrefix);
  const to = storeNamed(toText, 'TO', toPrefix);
  if (isSameStore(from, to))
    throw usage({
      en: `FROM and TO are both ${from.name}; expected two stores.`,
      zh: `FROM 和 TO 都是 ${from.name}；应为两个不同的存储。`,
    });
  for (const store of verifyOnly ? [from, to] : [from]) {
    if (store.kind === 'cluster' || store.isThere) continue;
    const detail = {
      en: `There is no store at ${store.name}; expected a data folder, a file or a cluster, see "topout help copy".`,
      zh: `${store.name} 没有存储；应为数据文件夹、文件或集群，见“topout help copy”。`,
    };
    throw failure(exitCodes.notFound, { en: 'Not found', zh: '未找到' }, detail);
  }
  if ([from, to].some((store) => store.kind === 'cluster' && store.isPasswordTyped))
    terminal.err(
      either(
        terminal.language,
        'topout: A password in an argument can be read by every account of this machine; "cluster" or "env:NAME" hides it.',
        'topout: 本机所有账户都能读到参数中的密码；请用 "cluster" 或 "env:名称" 代替。',
      ),
    );
  const steps = shownOn(terminal);
  try {
    if (protectPeople) {
      const options = { toVault, isVerifyOnly: verifyOnly === true };
      const { CannotProtect, copyProtecting } = await import('../../../maintenance/protected-copy.js');
      return await copyProtecting(from, to, options, steps.on).catch((error: unknown) => {
        if (!(error instanceof CannotProtect)) throw error;
        const title = { en: 'The store cannot be protected', zh: '无法保护该存储' };
        throw failure(exitCodes.inUse, title, error.words, error);
      });
    }
    return await (verifyOnly ? compareStores : copyStore)(from, to, steps.on);
  } finally {
    steps.stop();
  }
}

const stepWords: Readonly<Record<Parameters<OnStep>[0], Words>> = {
  copying: { en: 'Copying', zh: '复制' },
  'verifying-source': { en: 'Verifying the source', zh: '核验来源' },
  'verifying-target': { en: 'Verifying the target', zh: '核验目标' },
};

/** One bar per step. */
function shownOn(terminal: Terminal): { on: OnStep; stop(): void } {
  let shown: { step: string; progress: Progress } | undefined;
  return {
    on(step, done, of) {
      if (shown?.step !== step) {
        shown?.progress.stop();
        shown = { step, progress: startProgress(terminal, stepWords[step], { en: 'events', zh: '条事件' }) };
      }
      shown.progress.show(done, of);
    },
    stop: () => shown?.progress.stop(),
  };
}
