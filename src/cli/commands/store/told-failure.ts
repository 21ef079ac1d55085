import type { Words } from '../../../../domain/values/words.js';
import { refusalOf } from '../../../app/refusals.js';
import { SettingsDamaged } from '../../../app/settings.js';
import { type ExitCode, exitCodes } from '../../../composition/exit-codes.js';
import { DataFolderUnusable } from '../../../composition/folder/data-folder-unusable.js';
import { ConfigInvalid } from '../../../composition/settings/config-invalid.js';
import { isOfDisk } from '../../../maintenance/data-folder.js';
import { ScriptUnusable } from '../../../maintenance/server-scripts.js';
import { type Failure, failure } from '../../client/failure.js';

/** The exit codes for a store's errors; its other reasons cannot occur in work on a whole folder. */
const codeOfReason: Readonly<Record<string, ExitCode>> = {
  'store-in-use': exitCodes.inUse,
  'store-refused': exitCodes.inUse,
  'store-corrupt': exitCodes.damaged,
  'store-full': exitCodes.io,
  'store-unavailable': exitCodes.unreachable,
};

/** What an expected error of work on a data folder says, with its exit code; undefined for any other. */
export function failureOf(error: unknown): Failure | undefined {
  const refusal = refusalOf(error);
  if (refusal)
    return titled(
      isOfDisk(error) ? exitCodes.io : (codeOfReason[refusal.reason] ?? exitCodes.io),
      { en: 'The store cannot be used', zh: '存储无法使用' },
      refusal.sentence,
      error,
    );
  if (error instanceof DataFolderUnusable)
    return titled(
      exitCodes.inUse,
      { en: 'The folder cannot be used', zh: '文件夹无法使用' },
      error.message,
      error,
    );
  if (error instanceof SettingsDamaged)
    return titled(
      exitCodes.damaged,
      { en: 'The settings cannot be read', zh: '设置无法读取' },
      error.message,
      error,
    );
  if (error instanceof ConfigInvalid)
    return titled(
      exitCodes.usage,
      { en: 'The environment is invalid', zh: '环境变量有误' },
      error.message,
      error,
    );
  if (error instanceof ScriptUnusable)
    return titled(
      exitCodes.bug,
      { en: 'A projection cannot be deployed', zh: '投影无法部署' },
      error.message,
      error,
    );
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code && syscall)
    return titled(
      exitCodes.io,
      { en: 'A file cannot be read or written', zh: '文件无法读写' },
      (error as Error).message,
      error,
    );
  return undefined;
}

/** Its reasons are in English, as in the log; the title before them is in the language of the person. */
function titled(exitCode: ExitCode, title: Words, detail: string, cause: unknown): Failure {
  return failure(exitCode, title, { en: detail, zh: `${title.zh}：${detail}` }, cause);
}
