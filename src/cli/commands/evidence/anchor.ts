import { readFileSync, writeFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import type { Words } from '../../../../domain/values/words.js';
import { exitCodes } from '../../../composition/exit-codes.js';
import { readCheckpoint, type SignedCheckpoint, WrongSignature } from '../../../ledger/checkpoint.js';
import { Fork } from '../../../ledger/fork.js';
import { Malformed } from '../../../ledger/malformed.js';
import { type Anchor, anchorsIn, timestampRequest } from '../../../ledger/timestamp.js';
import { verdicts, verdictWords } from '../../../ledger/verdicts.js';
import { isKeyName } from '../../../ledger/vkey.js';
import {
  addAnchor,
  anchoredIn,
  lastCheckpointOf,
  notesIn,
  verifiedByOpenssl,
} from '../../../maintenance/anchor.js';
import { failure, invalid } from '../../client/failure.js';
import { fileFault } from '../../input/files.js';
import { languageOption } from '../../input/options.js';
import type { Language, Terminal } from '../../terminal.js';
import { either } from '../../views/words.js';
import { asFailure } from '../store/store-failure.js';

interface AnchorOptions {
  data: string;
  lang: Language;
  checkpoint?: string;
  json?: true;
}

/** `topout anchor`: time stamps of an authority on checkpoints (RFC 3161), as files that are carried in and out. */
export function anchorCommand(program: Command, terminal: Terminal): void {
  const anchor = program
    .command('anchor')
    .summary('have checkpoints time-stamped by an authority (RFC 3161)')
    .description(
      'Dates checkpoints by a time-stamping authority, without a network of its own: the request and the response are files; see docs/anchors.md.',
    );
  const part = (name: string, summary: string, about: string) =>
    anchor
      .command(name)
      .summary(summary)
      .description(about)
      .addOption(new Option('--data <folder>', 'the data folder').env('TOPOUT_DATA').default('data'))
      .addOption(languageOption(terminal))
      .option('--json', 'print JSON');
  part(
    'request <name>',
    'write the request for a time stamp',
    'Writes NAME.checkpoint, the latest checkpoint of the data folder, and NAME.tsq, the request for a time stamp of its text. A service may run on the folder.',
  )
    .option('--checkpoint <file>', 'a checkpoint that you keep; NAME.checkpoint is then not written')
    .action((name: string, options: AnchorOptions) => request(name, options, terminal));
  part(
    'add <response>',
    'keep the response of the authority with its checkpoint',
    'Keeps the response of the authority in the data folder. The checkpoint then carries it, and so do bundles. A service may run on the folder.',
  )
    .option('--checkpoint <file>', 'the checkpoint that was sent, if the folder does not keep it any more')
    .option('--name <name>', 'the name of the authority', 'timestamp')
    .action((response: string, options: AnchorOptions & { name: string }) =>
      add(response, options, terminal),
    );
  part(
    'verify [file]',
    'verify time stamps by openssl',
    'Verifies the time stamps of a checkpoint, of a bundle, or of the data folder: that each is of the text of its checkpoint, and by openssl that the authority signed it.',
  )
    .requiredOption('--ca <file>', 'the certificates of the authority that you trust, in PEM')
    .action((file: string | undefined, options: AnchorOptions & { ca: string }) =>
      verify(file, options, terminal),
    );
}

async function request(name: string, options: AnchorOptions, terminal: Terminal): Promise<void> {
  const { checkpoint, data, json, lang } = options;
  const note =
    checkpoint === undefined
      ? await asFailure(of(() => lastCheckpointOf(data)))
      : await inWords(() => readFileSync(checkpoint, 'utf8'), checkpoint);
  const { note: read, checkpoint: found } = await inWords(() => readCheckpoint(note), checkpoint ?? data);
  const file = `${name}.tsq`;
  if (checkpoint === undefined) await written(`${name}.checkpoint`, note);
  await written(file, timestampRequest(read.text));
  const { origin, size } = found;
  if (json) return terminal.out(JSON.stringify({ origin, size, file }));
  terminal.out(
    either(
      lang,
      `${file}: the request for a time stamp of the checkpoint of ${size} entries. Send it to the authority, such as: curl -H "Content-Type: application/timestamp-query" --data-binary @${file} URL > ${name}.tsr; then "${terminal.calledAs} anchor add ${name}.tsr".`,
      `${file}：为 ${size} 条记录的检查点申请时间戳。请发送给时间戳机构，例如：curl -H "Content-Type: application/timestamp-query" --data-binary @${file} URL > ${name}.tsr；然后执行“${terminal.calledAs} anchor add ${name}.tsr”。`,
    ),
  );
}

async function add(
  file: string,
  { data, name, checkpoint, json, lang }: AnchorOptions & { name: string },
  terminal: Terminal,
): Promise<void> {
  if (!isKeyName(name))
    throw invalid('--name', name, { en: 'a name without spaces and plus signs', zh: '不含空格和加号的名称' });
  const response = await inWords(() => readFileSync(file), file);
  const brought =
    checkpoint === undefined
      ? undefined
      : await inWords(() => readCheckpoint(readFileSync(checkpoint)), checkpoint);
  const added = await asFailure(
    inWords(() => addAnchor(data, { name, response, ...(brought ? { brought } : {}) }), file),
  );
  if (json) return terminal.out(JSON.stringify(added));
  const { size, at } = added;
  terminal.out(
    either(
      lang,
      `The checkpoint of ${size} entries was stamped by ${name} at ${at}; "${terminal.calledAs} anchor verify --ca FILE" verifies it.`,
      `${size} 条记录的检查点已由 ${name} 于 ${at} 加盖时间戳；可用“${terminal.calledAs} anchor verify --ca 文件”核验。`,
    ),
  );
}

/** A time stamp, and what openssl said of it. */
interface Verified {
  origin: string;
  size: number;
  name: string;
  at: string;
  fault?: string;
}

async function verify(
  file: string | undefined,
  { data, ca, json, lang }: AnchorOptions & { ca: string },
  terminal: Terminal,
): Promise<void> {
  await inWords(() => readFileSync(ca), ca);
  const place = file ?? data;
  const signed =
    file === undefined
      ? await asFailure(of(() => anchoredIn(data)))
      : await inWords(() => notesIn(file), file);
  const found = await inWords(() => signed.flatMap((one) => verifiedIn(one, ca)), place);
  if (found.length === 0)
    throw failure(
      exitCodes.notFound,
      { en: 'No time stamp', zh: '没有时间戳' },
      { en: `${place} holds no time stamp of a checkpoint.`, zh: `${place} 中没有检查点的时间戳。` },
    );
  if (json) terminal.out(JSON.stringify({ anchors: found }));
  else for (const one of found) terminal.out(lineOf(one, ca, lang));
  const bad = found.filter(({ fault }) => fault !== undefined).length;
  if (bad === 0) return;
  throw failure(verdicts['signature-invalid'], wrong, {
    en: `${place}: ${bad} of ${found.length} time stamps are not valid by ${ca}.`,
    zh: `${place}：${found.length} 个时间戳中有 ${bad} 个按 ${ca} 核验无效。`,
  });
}

const wrong: Words = { en: 'A time stamp is not valid', zh: '时间戳无效' };

function verifiedIn({ checkpoint: { origin, size }, note }: SignedCheckpoint, ca: string): Verified[] {
  return anchorsIn(note).map((anchor: Anchor) => {
    const { name, at } = anchor;
    const says = verifiedByOpenssl(note.text, anchor, ca);
    if (says === 'absent')
      throw failure(
        exitCodes.usage,
        { en: 'openssl is missing', zh: '缺少 openssl' },
        {
          en: 'openssl is not on this machine, and it verifies the signature of the authority; install it, or verify on another machine.',
          zh: '本机没有 openssl，无法核验时间戳机构的签名；请安装，或在其他机器上核验。',
        },
      );
    return { origin, size, name, at, ...(says === 'valid' ? {} : { fault: says.refuses }) };
  });
}

function lineOf({ origin, size, name, at, fault }: Verified, ca: string, language: Language): string {
  return fault === undefined
    ? either(
        language,
        `${origin}: the ${size} entries existed at ${at}, as ${name} stamped.`,
        `${origin}：${size} 条记录在 ${at} 已存在（${name} 加盖时间戳）。`,
      )
    : either(
        language,
        `${origin}: the time stamp of ${name} on ${size} entries (${at}) is not valid: openssl says "${fault}"; expected one of this checkpoint, signed by an authority that ${ca} certifies.`,
        `${origin}：${name} 对 ${size} 条记录的时间戳（${at}）无效：openssl 称“${fault}”；应为此检查点的时间戳，并由 ${ca} 所认证的机构签名。`,
      );
}

const of = async <Result>(work: () => Result): Promise<Result> => work();

async function written(file: string, content: string | Buffer): Promise<void> {
  await inWords(() => writeFileSync(file, content, { flag: 'wx' }), file);
}

/** Runs work on a file; what is wrong with the file becomes a failure. */
async function inWords<Result>(work: () => Result, file: string): Promise<Result> {
  const about = ({ en, zh }: Words): Words => ({ en: `${file}: ${en}`, zh: `${file}：${zh}` });
  try {
    return work();
  } catch (error) {
    if (error instanceof Malformed)
      throw failure(verdicts.unreadable, verdictWords.unreadable, about(error.words), error);
    if (error instanceof WrongSignature)
      throw failure(
        verdicts['signature-invalid'],
        verdictWords['signature-invalid'],
        about(error.words),
        error,
      );
    if (error instanceof Fork)
      throw failure(verdicts[error.verdict], verdictWords[error.verdict], about(error.words), error);
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall === undefined) throw error;
    const title = { en: 'A file cannot be used', zh: '文件无法使用' };
    const exitCode =
      code === 'EEXIST' ? exitCodes.inUse : code === 'ENOENT' ? exitCodes.notFound : exitCodes.io;
    throw failure(exitCode, title, about(fileFault(error)), error);
  }
}
