import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import type { CosignatureTaken } from '../../../app/ledger/ledger-answers.js';
import { verdicts } from '../../../ledger/verdicts.js';
import { isKeyName, type VerifierKey, verifierKeyText } from '../../../ledger/vkey.js';
import { Failure, invalid, usage } from '../../client/failure.js';
import { type AskOptions, clientOf, signingOptions } from '../../input/options.js';
import type { Terminal } from '../../terminal.js';
import { either } from '../../views/words.js';
import { ShownLog } from '../../witness/shown-log.js';
import { WitnessFolder } from '../../witness/witness-folder.js';
import { type Round, type Witnessed, witnessed } from '../../witness/witnessing.js';
import { folderOption, keyOption, vkeyIn, witnessCompareCommand } from './witness-compare.js';

interface WitnessOptions extends Omit<AskOptions, 'url'> {
  folder: string;
  name: string;
  key?: string;
  interval: string;
  once?: true;
  full?: true;
  patience: string;
  send: boolean;
}

/** `topout witness`: follows the ledger of an installation from another machine, and cosigns its checkpoints. */
export function witnessCommand(program: Command, terminal: Terminal): void {
  const command = program
    .command('witness')
    .argument('[urls...]', 'addresses of one installation')
    .summary('follow the ledger from another machine, and cosign its checkpoints')
    .description(
      'Follows the checkpoints of an installation, keeps the latest one in a folder of its own, and cosigns it. It ends when the log was rolled back or rewritten, when two addresses show different logs, or when a signature is wrong; the evidence is then a file in the folder (docs/witness.md).',
    );
  signingOptions(command, terminal)
    .addOption(folderOption())
    .addOption(keyOption('the verifier key of the ledger, as the installation published it'))
    .option('--name <name>', 'the name of this witness in its cosignatures, for its first run', usualName())
    .option('--interval <seconds>', 'the time between two looks', '60')
    .option('--once', 'look once, for a schedule of your own')
    .option('--full', 'fetch the hash of every entry, and compute the root again')
    .option('--patience <seconds>', 'how long a replica may be behind before that is a rollback', '15')
    .option('--no-send', 'do not hand the cosignature to the installation')
    .action((urls: string[], options: WitnessOptions) => witness(urls, options, terminal));
  witnessCompareCommand(command, terminal);
}

async function witness(urls: readonly string[], options: WitnessOptions, terminal: Terminal): Promise<void> {
  if (urls.length === 0)
    throw usage({
      en: 'Expected the address of an installation, such as https://topout.example.org.',
      zh: '应给出系统地址，如 https://topout.example.org。',
    });
  if (!isKeyName(options.name))
    throw invalid('--name', options.name, {
      en: 'a name without spaces and plus signs',
      zh: '不含空格和加号的名称',
    });
  const patienceMs = seconds('--patience', options.patience) * 1_000;
  const intervalMs = seconds('--interval', options.interval) * 1_000;
  const key = options.key === undefined ? undefined : vkeyIn(options.key);
  const round: Round = {
    folder: WitnessFolder.open(options.folder, options.name),
    logs: urls.map((url) => new ShownLog(clientOf({ ...options, url }), patienceMs)),
    key,
    isFull: options.full === true,
    now: () => new Date(),
  };
  if (options.once) return lookOnce(round, options, terminal);
  const signal = terminal.interruption();
  while (!signal.aborted) {
    await lookOnce(round, options, terminal).catch((error: unknown) => passing(error, terminal, options));
    await sleep(intervalMs, undefined, { signal }).catch(() => undefined);
  }
}

async function lookOnce(round: Round, options: WitnessOptions, terminal: Terminal): Promise<void> {
  const found = await witnessed(round);
  const refused = options.send ? await handedBack(round, found.note) : undefined;
  const isTaken = options.send && refused === undefined;
  if (options.json) terminal.out(JSON.stringify(answerOf(round, found, isTaken)));
  else terminal.out(foundText(found, round.folder.signer, isTaken, options.lang));
  if (options.json) return;
  if (found.pin.isFromLog)
    terminal.err(
      either(
        options.lang,
        `The key ${found.pin.vkey} was named by the log itself; compare it with the one that the installation published.`,
        `密钥 ${found.pin.vkey} 由日志自身给出；请与系统公布的密钥比对。`,
      ),
    );
  if (refused) terminal.err(refusedText(refused, round.folder.signer, options.lang));
}

/** Hands the cosignature to the installation; why it was not taken, where it was not. */
async function handedBack({ logs }: Round, note: string): Promise<Failure | undefined> {
  try {
    const body = JSON.stringify({ checkpoint: note });
    await logs[0]?.client.post<CosignatureTaken>('ledger/cosignatures', { body });
    return undefined;
  } catch (error) {
    // The witness has done its work: what it keeps does not depend on the installation.
    if (error instanceof Failure) return error;
    throw error;
  }
}

/** A service that does not answer is asked again; what was found of the log ends the witness. */
function passing(error: unknown, terminal: Terminal, { lang }: WitnessOptions): void {
  const isFound = error instanceof Failure && (Object.values(verdicts) as number[]).includes(error.exitCode);
  if (!(error instanceof Failure) || isFound || error.exitCode < 64) throw error;
  const { detail } = error.problem;
  terminal.err(typeof detail === 'string' ? detail : detail[lang]);
}

function answerOf({ folder: { signer } }: Round, { checkpoint, before, pin }: Witnessed, isTaken: boolean) {
  const { origin, size, root } = checkpoint;
  return {
    origin,
    size,
    root: root.toString('base64'),
    ...(before === undefined ? {} : { before }),
    logKey: pin.vkey,
    witness: verifierKeyText(signer),
    isHandedBack: isTaken,
  };
}

function foundText(
  { checkpoint: { origin, size }, before }: Witnessed,
  { name, keyId }: VerifierKey,
  isTaken: boolean,
  language: AskOptions['lang'],
): string {
  const [more, added] = [before === undefined, size - (before ?? 0)];
  return either(
    language,
    `${origin}: ${size} entries${more ? '' : `, ${added} more than kept before`}; cosigned as ${name}+${keyId}${isTaken ? ', and handed back' : ''}.`,
    `${origin}：${size} 条记录${more ? '' : `，比上次留存多 ${added} 条`}；已以 ${name}+${keyId} 会签${isTaken ? '并交回' : ''}。`,
  );
}

function refusedText({ problem }: Failure, signer: VerifierKey, language: AskOptions['lang']): string {
  if (problem.type.endsWith('/witness-unknown'))
    return either(
      language,
      `The installation does not list this witness; give its operator this key for TOPOUT_WITNESSES: ${verifierKeyText(signer)}`,
      `系统未登记此见证方；请将此密钥交给管理员写入 TOPOUT_WITNESSES：${verifierKeyText(signer)}`,
    );
  const detail = typeof problem.detail === 'string' ? problem.detail : problem.detail[language];
  return either(
    language,
    `The cosignature is kept, and was not handed back: ${detail}`,
    `会签已留存，未能交回：${detail}`,
  );
}

function seconds(option: string, text: string): number {
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw invalid(option, text, { en: 'whole seconds from 0 to 99999', zh: '0 至 99999 的整数秒' });
}

/** The name of a key has neither spaces nor plus signs. */
function usualName(): string {
  return `${hostname().replace(/[^A-Za-z0-9.-]/g, '-') || 'witness'}/topout-witness`;
}
