import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { exitCodes } from '../../../composition/exit-codes.js';
import {
  readCheckpoint,
  requireSigned,
  type SignedCheckpoint,
  WrongSignature,
} from '../../../ledger/checkpoint.js';
import { bySize, Fork, requireSameView } from '../../../ledger/fork.js';
import { Malformed } from '../../../ledger/malformed.js';
import { verdicts, verdictWords } from '../../../ledger/verdicts.js';
import { readVerifierKey, type VerifierKey } from '../../../ledger/vkey.js';
import { failure, usage } from '../../client/failure.js';
import { fileFault } from '../../input/files.js';
import { type AskOptions, clientOf, signingOptions } from '../../input/options.js';
import type { Terminal } from '../../terminal.js';
import { either } from '../../views/words.js';
import { ShownLog } from '../../witness/shown-log.js';
import { keptName } from '../../witness/witness-folder.js';

interface CompareOptions extends Omit<AskOptions, 'url'> {
  url?: string;
  key: string[];
}

/** The folder of a witness. */
export function folderOption(): Option {
  return new Option('--folder <folder>', 'the folder of this witness, one for each log').default('witness');
}

/** A key of the ledger. */
export function keyOption(about: string): Option {
  return new Option('--key <vkey>', about);
}

/** `topout witness compare`: whether checkpoints that two people keep are of one log. */
export function witnessCompareCommand(witness: Command, terminal: Terminal): void {
  const command = witness
    .command('compare <file> <other>')
    .summary('compare the checkpoints that two witnesses keep')
    .description(
      'Compares two signed checkpoints, as files or as folders of witnesses. Of equal sizes the roots decide, without network; of different sizes the installation at --url proves that the larger one continues the smaller one.',
    );
  signingOptions(command, terminal)
    .option('--url <address>', 'the installation that proves it')
    .addOption(
      keyOption('a key of the ledger, by which the checkpoints have to be signed; may be repeated')
        .default([])
        .argParser(each),
    )
    .action((file: string, other: string, options: CompareOptions) =>
      compare([file, other], options, terminal),
    );
}

const each = (value: string, before: string[]): string[] => [...before, value];

/** The key of a log in an option. @throws Failure */
export function vkeyIn(text: string): VerifierKey {
  try {
    return readVerifierKey(text);
  } catch (error) {
    if (error instanceof Malformed) throw usage(error.words);
    throw error;
  }
}

async function compare(files: [string, string], options: CompareOptions, terminal: Terminal): Promise<void> {
  const keys = options.key.map(vkeyIn);
  const [one, other] = files.map((file) => checkpointIn(file, keys)) as [SignedCheckpoint, SignedCheckpoint];
  const [smaller, larger] = bySize(one.checkpoint, other.checkpoint);
  if (smaller.origin !== larger.origin)
    throw usage({
      en: `The checkpoints are of ${smaller.origin} and ${larger.origin}; expected two of one log.`,
      zh: `检查点分别属于 ${smaller.origin} 与 ${larger.origin}；应属于同一日志。`,
    });
  const log =
    options.url === undefined ? undefined : new ShownLog(clientOf({ ...options, url: options.url }), 0);
  if (smaller.size !== larger.size && !log)
    throw usage({
      en: `The checkpoints cover ${smaller.size} and ${larger.size} entries; expected --url, whose installation proves that one continues the other.`,
      zh: `检查点分别覆盖 ${smaller.size} 与 ${larger.size} 条；请用 --url 给出系统地址以取得延续证明。`,
    });
  try {
    requireSameView(smaller, larger, (await log?.proof(smaller, larger)) ?? []);
  } catch (error) {
    if (!(error instanceof Fork)) throw error;
    throw failure(verdicts[error.verdict], verdictWords[error.verdict], error.words, error);
  }
  const { origin } = larger;
  const sizes = [smaller.size, larger.size];
  if (options.json) terminal.out(JSON.stringify({ origin, sizes, isSigned: keys.length > 0 }));
  else terminal.out(sameText(origin, sizes, options.lang));
  if (!options.json && keys.length === 0)
    terminal.err(
      either(
        options.lang,
        'The signatures were not checked; give the key of the ledger by --key.',
        '未核验签名；请用 --key 给出账本密钥。',
      ),
    );
}

function sameText(origin: string, [smaller, larger]: number[], language: AskOptions['lang']): string {
  return smaller === larger
    ? either(
        language,
        `${origin}: both checkpoints are of the same ${larger} entries.`,
        `${origin}：两个检查点为同样的 ${larger} 条记录。`,
      )
    : either(
        language,
        `${origin}: the checkpoint of ${larger} entries continues that of ${smaller}.`,
        `${origin}：${larger} 条的检查点是 ${smaller} 条的延续。`,
      );
}

function checkpointIn(path: string, keys: readonly VerifierKey[]): SignedCheckpoint {
  try {
    const file = statSync(path).isDirectory() ? join(path, keptName) : path;
    const signed = readCheckpoint(readFileSync(file));
    if (keys.length > 0) requireSigned(signed, keys);
    return signed;
  } catch (error) {
    const title = verdictWords.unreadable;
    if (error instanceof Malformed)
      throw failure(exitCodes.unreadable, title, about(path, error.words), error);
    if (error instanceof WrongSignature)
      throw failure(
        exitCodes.signatureInvalid,
        verdictWords['signature-invalid'],
        about(path, error.words),
        error,
      );
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    throw failure(exitCodes.unreadable, title, about(path, fileFault(error)), error);
  }
}

const about = (path: string, { en, zh }: { en: string; zh: string }) => ({
  en: `${path}: ${en}`,
  zh: `${path}：${zh}`,
});
