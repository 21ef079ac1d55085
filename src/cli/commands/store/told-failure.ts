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

const cannotBeUsed: Words = { en: 'The store cannot be used', zh: '存储无法使用' };

/** The other errors that are expected, with their exit codes and titles. */
const expected: [new (...given: never[]) => Error, ExitCode, Words][] = [
  [DataFolderUnusable, exitCodes.inUse, { en: 'The folder cannot be used', zh: '文件夹无法使用' }],
  [SettingsDamaged, exitCodes.damaged, { en: 'The settings cannot be read', zh: '设置无法读取' }],
  [ConfigInvalid, exitCodes.usage, { en: 'The environment is invalid', zh: '环境变量有误' }],
  [ScriptUnusable, exitCodes.bug, { en: 'A projection cannot be deployed', zh: '投影无法部署' }],
];

/** What an expected error of work on a data folder says, with its exit code; undefined for any other. */
export function failureOf(error: unknown): Failure | undefined {
  const refusal = refusalOf(error);
  if (refusal) {
    const code = isOfDisk(error) ? exitCodes.io : (codeOfReason[refusal.reason] ?? exitCodes.io);
    return titled(code, cannotBeUsed, refusal.sentence, error);
  }
  for (const [type, code, title] of expected)
    if (error instanceof type) return titled(code, title, error.message, error);
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (!code || !syscall) return undefined;
  const title = { en: 'A file cannot be read or written', zh: '文件无法读写' };
  return titled(exitCodes.io, title, (error as Error).message, error);
}

/** Its reasons are in English, as in the log; the title before them is in the language of the person. */
function titled(exitCode: ExitCode, title: Words, detail: string, cause: unknown): Failure {
  return failure(exitCode, title, { en: detail, zh: `${title.zh}：${detail}` }, cause);
}
