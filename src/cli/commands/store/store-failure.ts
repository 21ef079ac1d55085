import { refusalOf } from '../../../app/refusals.js';
import { SettingsDamaged } from '../../../app/settings.js';
import { ConfigInvalid } from '../../../composition/config-invalid.js';
import { DataFolderUnusable } from '../../../composition/data-folder-unusable.js';
import { type ExitCode, exitCodes } from '../../../composition/exit-codes.js';
import { isOfDisk } from '../../../maintenance/data-folder.js';
import { ScriptUnusable } from '../../../maintenance/server-scripts.js';
import { failure } from '../../client/failure.js';

/** The exit codes for a store's errors; its other reasons cannot occur in work on a whole folder. */
const codeOfReason: Readonly<Record<string, ExitCode>> = {
  'store-in-use': exitCodes.inUse,
  'store-refused': exitCodes.inUse,
  'store-corrupt': exitCodes.damaged,
  'store-full': exitCodes.io,
  'store-unavailable': exitCodes.unreachable,
};

/** Awaits work on a data folder; expected errors become a failure with its exit code. */
export async function asFailure<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal)
      throw failure(
        isOfDisk(error) ? exitCodes.io : (codeOfReason[refusal.reason] ?? exitCodes.io),
        'The store cannot be used',
        refusal.sentence,
        error,
      );
    if (error instanceof DataFolderUnusable)
      throw failure(exitCodes.inUse, 'The folder cannot be used', error.message, error);
    if (error instanceof SettingsDamaged)
      throw failure(exitCodes.damaged, 'The settings cannot be read', error.message, error);
    if (error instanceof ConfigInvalid)
      throw failure(exitCodes.usage, 'The environment is invalid', error.message, error);
    if (error instanceof ScriptUnusable)
      throw failure(exitCodes.bug, 'A projection cannot be deployed', error.message, error);
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (code && syscall)
      throw failure(exitCodes.io, 'A file cannot be read or written', (error as Error).message, error);
    throw error;
  }
}
