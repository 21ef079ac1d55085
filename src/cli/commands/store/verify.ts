import type { Command } from 'commander';
import { listed } from '../../../../domain/values/punctuation.js';
import { exitCodes } from '../../../composition/exit-codes.js';
import { Malformed } from '../../../ledger/malformed.js';
import { verdicts, verdictWords } from '../../../ledger/verdicts.js';
import type { LedgerVerification } from '../../../maintenance/verify-ledger/verify-ledger.js';
import { failure, usage } from '../../client/failure.js';
import type { Language, Terminal } from '../../terminal.js';
import { pairs, plain } from '../../views/table.js';
import { either } from '../../views/words.js';
import { verifyBundle } from '../evidence/verify-bundle.js';
import {
  requireEmbedded,
  requireStore,
  type StoreOptions,
  storeCommand,
  verifying,
  watched,
} from './store-commands.js';

interface VerifyOptions extends StoreOptions {
  policy?: string;
  checkpoint: string[];
  key: string[];
}

/** `topout verify`: derives everything again from the entries, and compares it with what was signed. */
export function verifyCommand(program: Command, terminal: Terminal): void {
  const each = (value: string, before: string[]) => [...before, value];
  storeCommand(program, terminal, 'verify [file]', 'check a bundle, or every entry of a data folder')
    .description(
      'With a file: checks that no entry in a bundle was altered, without network (docs/bundle-format.md). Without one: reads every entry of the data folder in the order of the log, computes the hashes, chains and the Merkle tree again, and compares them with the signed checkpoints: those in the folder, and those that you kept elsewhere. Nothing is changed; the exit code says what was found.',
    )
    .option('--checkpoint <file>', 'a checkpoint that was kept elsewhere; may be repeated', each, [])
    .option('--key <vkey>', 'the key of the ledger, kept elsewhere; may be repeated', each, [])
    .option('--policy <file>', 'of a bundle: your own tlog-policy, the logs and witnesses that you trust')
    .action(async (file: string | undefined, options: VerifyOptions) => {
      const { data, checkpoint, key, policy, json, lang } = options;
      if (file !== undefined) {
        if (checkpoint.length > 0 || key.length > 1)
          throw usage({
            en: 'A bundle is checked by one --key or by --policy, without --checkpoint.',
            zh: '核验证据包时只能给一个 --key 或 --policy，不能给 --checkpoint。',
          });
        return verifyBundle(file, { ...(key[0] ? { key: key[0] } : {}), policy, json }, terminal);
      }
      if (policy !== undefined)
        throw usage({
          en: '--policy without a file; expected a bundle.',
          zh: '--policy 须与文件一起使用；应给出证据包。',
        });
      await requireEmbedded(data, {
        en: '"topout copy cluster FILE" verifies every event of the cluster as it copies them.',
        zh: '“topout copy cluster 文件”在复制时逐个核对集群的事件。',
      });
      requireStore(data);
      const found = await watched(terminal, verifying, async (onProgress) => {
        const { verifyLedger } = await import('../../../maintenance/verify-ledger/verify-ledger.js');
        return verifyLedger(data, { checkpoints: checkpoint, keys: key }, onProgress).catch(malformed);
      });
      terminal.out(json ? JSON.stringify(inJson(found)) : verifiedText(found, lang));
      const { length } = found.faults;
      const codes = found.faults.map(({ verdict }) => verdicts[verdict]);
      const verdict = found.faults.find(({ verdict }) => verdicts[verdict] === Math.min(...codes))?.verdict;
      if (verdict === undefined) return;
      const title = verdictWords[verdict];
      throw failure(verdicts[verdict], title, {
        en: `${data}: ${title.en}; ${length} ${length === 1 ? 'fault was' : 'faults were'} found.`,
        zh: `${data}：${title.zh}；发现 ${length} 处问题。`,
      });
    });
}

function malformed(error: unknown): never {
  if (!(error instanceof Malformed)) throw error;
  throw failure(
    exitCodes.usage,
    { en: 'What was brought cannot be read', zh: '所给的文件或密钥无法读取' },
    error.words,
    error,
  );
}

/** In JSON sentences are in English, whatever the language of the terminal. */
function inJson({ faults, says, ...found }: LedgerVerification) {
  const told = says ? { says: says.map(({ en }) => en) } : {};
  return { ...found, ...told, faults: faults.map(({ verdict, words }) => ({ verdict, text: words.en })) };
}

function verifiedText(
  { dataPath, events, streams, root, checkpoints, keys, says = [], faults }: LedgerVerification,
  language: Language,
): string {
  const say = (en: string, zh: string) => either(language, en, zh);
  const { kept, brought } = checkpoints;
  const rows: [string, string][] = [
    [say('Folder', '文件夹'), dataPath],
    [
      say('Entries', '记录'),
      say(
        `${events} in ${streams} streams, each hashed again from its bytes`,
        `${streams} 个流共 ${events} 条，均已按字节重新计算哈希`,
      ),
    ],
    [say('Root', '根'), root],
    [
      say('Checkpoints', '检查点'),
      say(`${kept} of the folder, ${brought} from elsewhere`, `文件夹中 ${kept} 个，另行提供 ${brought} 个`),
    ],
    [say('Keys', '密钥'), listed(keys, language) || say('none', '无')],
    ...says.map((words): [string, string] => [say('History', '历史'), plain(words[language])]),
    [
      say('Verdict', '结论'),
      faults.length === 0
        ? say('nothing was changed, added, removed or put in another order', '没有改动、增加、删除或调换次序')
        : say(`${faults.length} faults`, `${faults.length} 处问题`),
    ],
  ];
  return [pairs(rows), ...faults.map(({ words }) => plain(words[language]))].join('\n');
}
