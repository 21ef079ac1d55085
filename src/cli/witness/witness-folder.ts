import { hash, randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Words } from '../../../domain/values/text.js';
import { exitCodes } from '../../composition/exit-codes.js';
import { readCheckpoint, type SignedCheckpoint } from '../../ledger/checkpoint.js';
import { Malformed } from '../../ledger/malformed.js';
import { noteText } from '../../ledger/note.js';
import { readSigner, signerOfSeed, signerText } from '../../ledger/signer-text.js';
import { verdictWords } from '../../ledger/verdicts.js';
import { readVerifierKey, type Signer, type VerifierKey, verifierKeyText } from '../../ledger/vkey.js';
import { failure, usage } from '../client/failure.js';

/** The checkpoint that a witness keeps; it is a file for "topout verify --checkpoint", too. */
export const keptName = 'latest.checkpoint';
const keyName = 'witness.key';
const pinName = 'log.key';

/** The evidence of a fork: what was found, and the checkpoints with the keys that came with them. */
export interface Evidence {
  verdict: string;
  words: Words;
  at: string;
  /** Texts by what each is. */
  parts: readonly (readonly [string, string])[];
}

/** What a witness keeps of one log, in a folder that only its owner can read. */
export class WitnessFolder {
  private keptText: string | undefined;

  private constructor(
    private readonly path: string,
    /** Its own key, by which it cosigns. */
    readonly signer: Signer,
  ) {}

  /** Opens a folder; the first time it is made, with a new key of this name. @throws Failure */
  static open(path: string, name: string): WitnessFolder {
    try {
      mkdirSync(path, { recursive: true, mode: 0o700 });
      const file = join(path, keyName);
      if (!existsSync(file)) written(file, `${signerText(signerOfSeed(name, randomBytes(32)))}\n`);
      if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0)
        throw usage({
          en: `${file}: others may read it; expected the mode 0600 (chmod 600 ${file}).`,
          zh: `${file}：他人可读；权限应为 0600（chmod 600 ${file}）。`,
        });
      return new WitnessFolder(path, readSigner(readFileSync(file, 'utf8').trim()));
    } catch (error) {
      throw asFailure(path, error);
    }
  }

  /** The key of the log that was pinned. */
  pinned(): VerifierKey | undefined {
    return this.readAs(pinName, (text) => readVerifierKey(text.trim()));
  }

  pin(key: VerifierKey): void {
    this.write(pinName, `${verifierKeyText(key)}\n`);
  }

  /** The checkpoint that was cosigned last. @throws Failure it was altered */
  kept(): SignedCheckpoint | undefined {
    this.keptText = this.read(keptName);
    return this.readAs(keptName, readCheckpoint);
  }

  /** Replaces the checkpoint, whole or not at all. @throws Failure another process has replaced it since `kept` */
  keep({ note }: SignedCheckpoint): void {
    if (this.read(keptName) !== this.keptText)
      throw failure(
        exitCodes.inUse,
        { en: 'The folder is in use', zh: '文件夹正在使用' },
        {
          en: `Another process has changed ${join(this.path, keptName)} meanwhile; run one witness in a folder.`,
          zh: `${join(this.path, keptName)} 已被其他进程改动；一个文件夹只能供一个见证方使用。`,
        },
      );
    this.write(keptName, noteText(note));
  }

  /** Writes evidence once, and returns its file. */
  addEvidence({ verdict, words, at, parts }: Evidence): string {
    const content = parts.map(([title, text]) => `${title}\n\n${text}\n`).join('');
    const name = `evidence-${verdict}-${hash('sha256', content, 'hex').slice(0, 12)}.txt`;
    const file = join(this.path, name);
    if (!existsSync(file)) this.write(name, `${at} ${verdict}\n${words.en}\n${words.zh}\n\n${content}`);
    return file;
  }

  private readAs<Value>(name: string, read: (text: string) => Value): Value | undefined {
    const text = this.read(name);
    try {
      return text === undefined ? undefined : read(text);
    } catch (error) {
      throw asFailure(join(this.path, name), error);
    }
  }

  private read(name: string): string | undefined {
    const file = join(this.path, name);
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  }

  private write(name: string, text: string): void {
    try {
      written(join(this.path, name), text);
    } catch (error) {
      throw asFailure(this.path, error);
    }
  }
}

/** Writes a file whole or not at all, and flushes it. */
function written(file: string, text: string): void {
  const half = `${file}.new`;
  const descriptor = openSync(half, 'w', 0o600);
  try {
    writeFileSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(half, file);
}

/** A file that cannot be read or written, in a sentence. */
function asFailure(path: string, error: unknown): unknown {
  if (error instanceof Malformed) {
    const words = { en: `${path}: ${error.words.en}`, zh: `${path}：${error.words.zh}` };
    return failure(exitCodes.unreadable, verdictWords.unreadable, words, error);
  }
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === undefined) return error;
  const title = { en: 'The folder cannot be used', zh: '文件夹无法使用' };
  return failure(
    exitCodes.io,
    title,
    { en: `${path} cannot be used: ${message}`, zh: `${path} 无法使用：${message}` },
    error,
  );
}
