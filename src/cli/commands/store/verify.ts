import type { Command } from 'commander';
import { exitCodes } from '../../../composition/exit-codes.js';
import { Malformed } from '../../../ledger/malformed.js';
import { verdicts, verdictWords } from '../../../ledger/verdicts.js';
import { type LedgerVerification, verifyLedger } from '../../../maintenance/verify-ledger.js';
import { failure } from '../../client/failure.js';
import type { Terminal } from '../../terminal.js';
import { pairs, plain } from '../../views/table.js';
import { requireEmbedded, requireStore, storeCommand, watched } from './store-commands.js';

interface VerifyOptions {
  data: string;
  checkpoint: string[];
  key: string[];
  json?: true;
}

/** `topout verify`: derives everything again from the entries, and compares it with what was signed. */
export function verifyCommand(program: Command, terminal: Terminal): void {
  const each = (value: string, before: string[]) => [...before, value];
  storeCommand(program, 'verify', 'compare every entry with what was signed')
    .description(
      'Reads every entry in the order of the log, computes the hashes, chains and the Merkle tree again, and compares them with the signed checkpoints: those in the folder, and those that you kept elsewhere. Nothing is changed.',
    )
    .option('--checkpoint <file>', 'a checkpoint that was kept elsewhere; may be repeated', each, [])
    .option('--key <vkey>', 'the key of the ledger, kept elsewhere; may be repeated', each, [])
    .action(async ({ data, checkpoint, key, json }: VerifyOptions) => {
      await requireEmbedded(data, {
        en: '"topout copy cluster FILE" verifies every event of the cluster as it copies them.',
        zh: '“topout copy cluster 文件”在复制时逐个核对集群的事件。',
      });
      requireStore(data);
      const found = await watched(terminal, 'Verifying', (onProgress) =>
        verifyLedger(data, { checkpoints: checkpoint, keys: key }, onProgress).catch(malformed),
      );
      terminal.out(json ? JSON.stringify(found) : verifiedText(found));
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

function verifiedText({
  dataPath,
  events,
  streams,
  root,
  checkpoints,
  keys,
  faults,
}: LedgerVerification): string {
  const rows: [string, string][] = [
    ['Folder', dataPath],
    ['Entries', `${events} in ${streams} streams, each hashed again from its bytes`],
    ['Root', root],
    ['Checkpoints', `${checkpoints.kept} of the folder, ${checkpoints.brought} from elsewhere`],
    ['Keys', keys.join(', ') || 'none'],
    [
      'Verdict',
      faults.length === 0
        ? 'nothing was changed, added, removed or put in another order'
        : `${faults.length} faults`,
    ],
  ];
  return [pairs(rows), ...faults.map(({ text }) => plain(text))].join('\n');
}
