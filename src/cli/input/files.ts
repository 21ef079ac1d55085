import { readFileSync } from 'node:fs';
import { labelled } from '../../../domain/values/punctuation.js';
import type { Words } from '../../../domain/values/words.js';
import { exitCodes } from '../../composition/exit-codes.js';
import { Failure, failure, inOtherWords } from '../client/failure.js';

/** The whole text of a file, or of standard input for `-`. @throws Failure it cannot be read */
export function textOf(file: string, expected: Words): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw unreadable(file, error, expected);
  }
}

/** The JSON of a file, or of standard input for `-`. @throws Failure it cannot be read, or is no JSON */
export function jsonOf(file: string, expected: Words): unknown {
  const text = textOf(file, {
    en: `${expected.en}, or - for standard input`,
    zh: `${expected.zh}，或 - 表示标准输入`,
  });
  try {
    return JSON.parse(text);
  } catch (error) {
    const { message } = error as Error;
    const seen =
      text.trim() === ''
        ? { en: 'nothing', zh: '无内容' }
        : { en: `no JSON (${message})`, zh: `不是 JSON（${message}）` };
    const detail = {
      en: `${nameOf(file).en}: ${seen.en}; expected ${expected.en}.`,
      zh: `${nameOf(file).zh}：${seen.zh}；应为${expected.zh}。`,
    };
    throw failure(exitCodes.refused, invalidFile, detail, error);
  }
}

/** Adds the file name to the service's faults about its content. */
export async function naming<Result>(file: string, work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof Failure) || error.exitCode !== exitCodes.refused) throw error;
    throw inOtherWords(error, (said, language) => labelled(nameOf(file)[language], said, language));
  }
}

/** What is wrong with a file by the error of the system, and what was expected. */
export function fileFault(error: unknown): Words {
  const { code, message } = error as NodeJS.ErrnoException;
  return (
    faults.get(code ?? '') ?? {
      en: `the system refuses it (${code ?? message}).`,
      zh: `系统拒绝访问（${code ?? message}）。`,
    }
  );
}

const faults: ReadonlyMap<string, Words> = new Map([
  ['ENOENT', { en: 'There is no such file.', zh: '没有这个文件。' }],
  ['EACCES', { en: 'This account may not use it.', zh: '当前账户无权使用。' }],
  ['EPERM', { en: 'This account may not use it.', zh: '当前账户无权使用。' }],
  ['EISDIR', { en: 'It is a folder; expected a file.', zh: '这是文件夹；应为文件。' }],
  [
    'ENOTDIR',
    { en: 'A part of its path is a file; expected a folder.', zh: '路径的一部分是文件；应为文件夹。' },
  ],
  [
    'EEXIST',
    { en: 'It exists already; expected the name of a new file.', zh: '文件已存在；应为新的文件名。' },
  ],
  ['ENOSPC', { en: 'The disk is full.', zh: '磁盘已满。' }],
]);

/** A missing or unreadable file. */
export function unreadable(file: string, error: unknown, expected: Words): Failure {
  const { code } = error as NodeJS.ErrnoException;
  const exitCode = code === 'ENOENT' ? exitCodes.notFound : exitCodes.io;
  const detail = {
    en: `${file} cannot be read (${code}); expected ${expected.en}.`,
    zh: `${file} 无法读取（${code}）；应为${expected.zh}。`,
  };
  return failure(exitCode, { en: 'The file cannot be read', zh: '文件无法读取' }, detail, error);
}

export const invalidFile: Words = { en: 'The file is invalid', zh: '文件有误' };

function nameOf(file: string): Words {
  return file === '-' ? { en: 'standard input', zh: '标准输入' } : { en: file, zh: file };
}
