import { createReadStream, readFileSync } from 'node:fs';
import type { Words } from '../../../../domain/values/text.js';
import { exitCodes } from '../../../composition/exit-codes.js';
import { bundleReader } from '../../../ledger/bundle-lines.js';
import type { BundleReport } from '../../../ledger/bundle-report.js';
import { Malformed } from '../../../ledger/malformed.js';
import { type Policy, policyOfLog, readPolicy } from '../../../ledger/policy.js';
import { verdicts, verdictWords } from '../../../ledger/verdicts.js';
import { readVerifierKey } from '../../../ledger/vkey.js';
import { Failure, failure, usage } from '../../client/failure.js';
import { fileFault } from '../../input/files.js';
import type { Language, Terminal } from '../../terminal.js';
import { pairs, plain } from '../../views/table.js';
import { either } from '../../views/words.js';

/** Whom the reader of a bundle trusts; what the bundle itself names, when neither is given. */
export interface TrustOptions {
  key?: string;
  policy?: string;
  json?: true;
}

/** Checks a bundle, prints what was found, and fails with the exit code of the verdict. */
export async function verifyBundle(file: string, options: TrustOptions, terminal: Terminal): Promise<void> {
  const report = await reportOn(file, trusted(options));
  const { verdict, words, line, entry } = report;
  if (options.json) terminal.out(JSON.stringify(report));
  else if (verdict === 'ok') terminal.out(reportText(report, terminal.language));
  if (verdict === 'ok') return;
  const at = entry === undefined ? { en: `line ${line}`, zh: `第 ${line} 行` } : placeOf(entry, line);
  throw failure(verdicts[verdict], verdictWords[verdict], {
    en: `${file}, ${at.en}: ${words.en}`,
    zh: `${file}，${at.zh}：${words.zh}`,
  });
}

function placeOf(
  { number, revision, id }: NonNullable<BundleReport['entry']>,
  line: number | undefined,
): Words {
  if (id === undefined) return { en: `line ${line}, entry ${number}`, zh: `第 ${line} 行，第 ${number} 条` };
  return {
    en: `line ${line}, entry ${number} (revision ${revision}, id ${id})`,
    zh: `第 ${line} 行，第 ${number} 条（修订号 ${revision}，编号 ${id}）`,
  };
}

function trusted({ key, policy }: TrustOptions): Policy | undefined {
  if (key !== undefined && policy !== undefined)
    throw usage({ en: 'Expected --key or --policy, not both.', zh: '--key 与 --policy 只能给一个。' });
  try {
    if (key !== undefined) return policyOfLog(readVerifierKey(key));
    return policy === undefined ? undefined : readPolicy(readFileSync(policy, 'utf8'));
  } catch (error) {
    if (error instanceof Malformed) throw usage(error.words);
    throw unreadable(policy ?? '', error as Error);
  }
}

async function reportOn(file: string, own: Policy | undefined): Promise<BundleReport> {
  const reader = bundleReader(own);
  try {
    for await (const slice of createReadStream(file, { highWaterMark: 1024 * 1024 })) {
      const report = reader.take(slice as Buffer);
      if (report !== undefined) return report;
    }
  } catch (error) {
    throw unreadable(file, error as Error);
  }
  return reader.end();
}

function unreadable(file: string, cause: Error): Failure {
  if (cause instanceof Failure || !('code' in cause)) throw cause;
  const { en, zh } = fileFault(cause);
  const detail = { en: `${file}: ${en}`, zh: `${file}：${zh}` };
  return failure(exitCodes.unreadable, verdictWords.unreadable, detail, cause);
}

function reportText(
  { words, stream, entries, files, log, witnesses, earlierSize }: BundleReport,
  language: Language,
): string {
  const said = (en: string, zh: string) => either(language, en, zh);
  const rows: [string, string][] = [
    [said('Verdict', '结论'), words[language]],
    [said('Stream', '流'), stream ?? ''],
    [said('Entries', '记录'), String(entries)],
    [
      said('Log', '日志'),
      said(
        `${log?.origin}, ${log?.size} entries, root ${log?.root}`,
        `${log?.origin}，${log?.size} 条记录，根散列 ${log?.root}`,
      ),
    ],
    [said('Key', '密钥'), log?.key ?? ''],
    ...witnesses.map(({ name, at, key }): [string, string] => [
      said('Cosigned', '会签'),
      `${name}, ${at}, ${key}`,
    ]),
    ...(earlierSize === undefined
      ? []
      : [
          [
            said('Continues', '延续'),
            said(`the checkpoint of ${earlierSize} entries`, `含 ${earlierSize} 条的检查点`),
          ] as [string, string],
        ]),
    ...files.map((hash): [string, string] => [said('File', '文件'), hash]),
  ];
  const hint = log?.isKeyOfBundle
    ? [
        said(
          'The key is the one that the bundle brings: compare it with the one that the installation published, or give that by --key.',
          '密钥来自证据包本身：请与系统公布的密钥比对，或用 --key 给出。',
        ),
      ]
    : [];
  return [pairs(rows), ...hint.map(plain)].join('\n');
}
