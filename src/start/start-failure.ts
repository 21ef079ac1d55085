import { SettingsDamaged } from '../app/settings.js';
import { type ExitCode, exitCodes } from '../composition/exit-codes.js';
import { DataFolderUnusable } from '../composition/folder/data-folder-unusable.js';
import { ConfigInvalid } from '../composition/settings/config-invalid.js';
import { StoreError } from '../event-store/errors.js';
import { VaultUnusable } from '../vault/vault-keys.js';
import { AddressUnusable } from './listen.js';

/** What is said of a failed start: a sentence where it is known, else the stack. */
export function sentenceOf(error: unknown): string {
  const isExpected = [
    StoreError,
    DataFolderUnusable,
    SettingsDamaged,
    VaultUnusable,
    ConfigInvalid,
    AddressUnusable,
  ].some((known) => error instanceof known);
  if (isExpected) return (error as Error).message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** The exit code of the process for it. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof ConfigInvalid) return exitCodes.usage;
  if (error instanceof AddressUnusable) return exitCodes.unreachable;
  if (error instanceof DataFolderUnusable) return exitCodes.inUse;
  if (error instanceof SettingsDamaged || error instanceof VaultUnusable) return exitCodes.damaged;
  if (error instanceof StoreError) {
    if (error.reason === 'store-in-use') return exitCodes.inUse;
    return error.reason === 'store-corrupt' ? exitCodes.damaged : exitCodes.io;
  }
  return exitCodes.bug;
}
