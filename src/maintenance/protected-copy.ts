import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { storedNote } from '../../domain/log/ledger-events.js';
import { readingNow } from '../../domain/log/upcasting.js';
import type { Words } from '../../domain/values/words.js';
import { personalTexts, textsOf } from '../app/access/personal-texts.js';
import { onData, readConfig } from '../composition/settings/config.js';
import { newSecret, world } from '../composition/world.js';
import { Chain } from '../event-store/chain.js';
import { readBody } from '../event-store/codec.js';
import type { RawLog, RawTarget } from '../event-store/copy.js';
import { StoreInUse, StoreRefused } from '../event-store/errors.js';
import { type Continued, continuedIn, copyProtected } from '../event-store/protected-copy.js';
import { type PeopleOfLog, Protecting } from '../event-store/protecting.js';
import { peopleBeside } from '../vault/people-file.js';
import { openVault } from '../vault/vault.js';
import { copyPeople, copyVault } from '../vault/vault-copy.js';
import { type Copied, compared, type OnStep, opened, openedTarget, type StoreNamed } from './copy.js';
import { freshCheckpoint } from './fresh-checkpoint.js';
import { looksOf } from './protected-looks.js';

/** Random bytes in the name of a file of keys. */
const nameBytes = 16;

const random = (bytes: number): string => Buffer.from(newSecret(bytes), 'base64').toString('base64url');

/** Why a store cannot be copied with its texts protected, in both languages. */
export class CannotProtect extends Error {
  constructor(
    readonly words: Words,
    options?: ErrorOptions,
  ) {
    super(words.en, options);
  }
}

/** The result of a protected copy or its comparison. */
export interface ProtectedCopied extends Copied {
  /** What the first event of the new store says of the old one. */
  continued: Pick<Continued, 'origin' | 'size'>;
  /** The files of keys of both. */
  vaults: { from: string; to: string };
  /** Events whose texts stay in clear, because their authors do not sign in. */
  inClear: { events: number; authors: string[] };
}

/**
 * Copies a store into a new one, in which the texts of people are sealed, with the keys and names that it needs; and compares what
 * both say. The first event of the new one carries the last checkpoint of the old one.
 *
 * @param toVault the file of keys of the new store
 * @throws CannotProtect
 * @throws StoreRefused, StoreCorrupt, StoreUnavailable, StoreFull, DataFolderUnusable
 */
export async function copyProtecting(
  from: StoreNamed,
  to: StoreNamed,
  options: { toVault: string | undefined; isVerifyOnly: boolean },
  onStep: OnStep,
): Promise<ProtectedCopied> {
  const { folder, vaults } = placesOf(from, to, options.toVault);
  const checkpoint = await inBothLanguages(freshCheckpoint(folder));
  if (!checkpoint) throw new CannotProtect(empty(folder));
  const source = await opened(from);
  let target: RawTarget | undefined;
  try {
    const people = await inBothLanguages(peopleIn(source));
    if (people.all.size === 0) throw new CannotProtect(nobody(folder));
    target = await openedTarget(to);
    await requireFree(target, checkpoint.origin);
    if (!options.isVerifyOnly) takeKeys(vaults);
    const vault = openVault(vaults.to);
    if (!options.isVerifyOnly) for (const person of people.erased) vault.forget(textsOf(person), true);
    const texts = personalTexts(
      vault,
      (by) => people.all.has(by),
      () => undefined,
    );
    const newProtecting = () => new Protecting({ ...readingNow, texts }, people, textsOf, random);
    const { origin, size, note } = checkpoint;
    const keys = checkpoint.keys.map(({ vkey, handover }) =>
      handover === undefined ? { vkey } : { vkey, handover: storedNote(handover) },
    );
    const continued: Continued = { origin, size, checkpoint: storedNote(note), keys, copiedAt: world.now() };
    const protecting = newProtecting();
    const protection = { protecting, continued, newId: world.newId };
    const copied = options.isVerifyOnly
      ? null
      : await copyProtected(source, target, protection, (done, of) => onStep('copying', done, of));
    const written = copied ? await target.written() : target;
    const result = await compared(source, written, copied, onStep, looksOf(source, written, newProtecting));
    if (result.isSame && copied) await target.finish();
    const { events, authors } = protecting.inClear;
    return { ...result, continued: { origin, size }, vaults, inClear: { events, authors: [...authors] } };
  } finally {
    await target?.close();
    await source.close();
  }
}

function placesOf(from: StoreNamed, to: StoreNamed, toVault: string | undefined) {
  if (from.kind === 'cluster' || from.folder === undefined) throw new CannotProtect(noFolder(from.name));
  const config = readConfig();
  const { vaultPath } = onData(config, from.folder);
  const usual =
    to.kind === 'file' && to.folder !== undefined ? onData(config, to.folder).vaultPath : config.vaultPath;
  const vaults = { from: vaultPath, to: toVault ?? usual };
  if (resolve(vaults.from) === resolve(vaults.to)) throw new CannotProtect(oneVault(vaultPath));
  if (!existsSync(vaults.from)) throw new CannotProtect(absent(vaults.from));
  if (!existsSync(peopleBeside(vaults.from))) throw new CannotProtect(absent(peopleBeside(vaults.from)));
  return { folder: from.folder, vaults };
}

function takeKeys({ from, to }: ProtectedCopied['vaults']): void {
  if (!copyVault(from, to, () => random(nameBytes))) throw new CannotProtect(otherVault(to));
  copyPeople(peopleBeside(from), peopleBeside(to));
}

/** The people that a log names. */
async function peopleIn(log: RawLog): Promise<PeopleOfLog> {
  const [all, erased] = [new Set<string>(), new Set<string>()];
  const chain = new Chain(log.name);
  for await (const page of log.pages())
    for (const raw of page) {
      const { event } = chain.take(raw);
      if (event.type === 'PersonAdded') all.add(event.data.person);
      if (event.type === 'PersonErased') erased.add(event.data.person);
    }
  return { all, erased };
}

async function requireFree(target: RawTarget, origin: string): Promise<void> {
  for await (const [first] of target.pages()) {
    if (!first || continuedIn(readBody(first.body))?.origin === origin) return;
    throw new CannotProtect(notEmpty(target.name));
  }
}

/** Expected errors of the store in both languages. */
async function inBothLanguages<Result>(work: Promise<Result>): Promise<Result> {
  return work.catch((error: Error) => {
    if (error instanceof StoreInUse)
      throw new CannotProtect(
        { en: error.message, zh: `服务正在使用该存储，请先停止服务：${error.message}` },
        { cause: error },
      );
    if (error instanceof StoreRefused)
      throw new CannotProtect(
        { en: error.message, zh: `来源存储无法使用：${error.message}` },
        { cause: error },
      );
    throw error;
  });
}

const noFolder = (name: string): Words => ({
  en: `FROM is ${name}; expected a data folder, with its ledger and its keys.`,
  zh: `FROM 是 ${name}；应为带有账本和密钥的数据文件夹。`,
});
const empty = (folder: string): Words => ({
  en: `The store in ${folder} is empty; expected one with entries.`,
  zh: `${folder} 中的存储为空；应有条目。`,
});
const nobody = (folder: string): Words => ({
  en: `Nobody signs in to the installation in ${folder}, so that there is no key to seal texts by; "topout admin init" makes its first administrator.`,
  zh: `${folder} 中的系统没有可登录的人员，因此没有可用于加密的密钥；“topout admin init”可创建第一位管理员。`,
});
const oneVault = (path: string): Words => ({
  en: `Both stores would have the file of keys ${path}; name another one for the new store with --to-vault.`,
  zh: `两个存储会共用密钥文件 ${path}；请用 --to-vault 为新存储另指定一个。`,
});
const absent = (path: string): Words => ({
  en: `There is no ${path}; expected the keys and the names of the people of the old store (TOPOUT_VAULT).`,
  zh: `没有 ${path}；应有旧存储的密钥和人员姓名文件（TOPOUT_VAULT）。`,
});
const otherVault = (path: string): Words => ({
  en: `${path} holds other keys than the old store has; move it away, or name another file with --to-vault.`,
  zh: `${path} 中的密钥与旧存储的不同；请移走，或用 --to-vault 另指定文件。`,
});
const notEmpty = (name: string): Words => ({
  en: `${name} holds something else; expected an empty store, or the beginning of this protected copy.`,
  zh: `${name} 中有其他内容；应为空存储，或此次保护性复制的开头部分。`,
});
