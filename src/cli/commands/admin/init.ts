import { type Command, Option } from 'commander';
import { dayWords } from '../../../../domain/values/day-words.js';
import { refusalOf } from '../../../app/refusals.js';
import { exitCodes } from '../../../composition/exit-codes.js';
import type { Appointed } from '../../../maintenance/first-administrator.js';
import { failure } from '../../client/failure.js';
import { type AskOptions, askingOptions, clientOf, saying } from '../../input/options.js';
import type { Terminal } from '../../terminal.js';
import { either } from '../../views/words.js';
import { asFailure } from '../store/store-failure.js';

interface InitOptions extends AskOptions {
  data: string;
  name: string;
  replace?: true;
}

/** `topout admin init`: the first administrator, made at the machine. */
export function initCommand(group: Command, terminal: Terminal): void {
  askingOptions(group.command('init').summary('make the first administrator, at the machine'), terminal)
    .description(
      'Makes the first administrator of an installation and prints a sign-in link for the page and a key, once. It works on the data folder while the service is stopped, and through the running service of that folder, which left a token in it. From then on the service asks for a sign-in.',
    )
    .addOption(new Option('--data <folder>', 'the data folder').env('TOPOUT_DATA').default('data'))
    .option('--name <name>', 'the name of the administrator', 'administrator')
    .option('--replace', 'although there is one, who is lost; with the service stopped')
    .action(async (options: InitOptions) => {
      const made = await appoint(options);
      terminal.out(options.json ? JSON.stringify(made) : shown(made, options));
    });
}

async function appoint(options: InitOptions): Promise<Appointed> {
  const { data, name, replace } = options;
  const { appointAtMachine, setupTokenOf } = await import('../../../maintenance/first-administrator.js');
  try {
    return await appointAtMachine(data, { name }, replace === true);
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal?.reason === 'administrator-exists') throw exists(error);
    if (refusal?.reason !== 'store-in-use') return asFailure(Promise.reject(error));
    const { sentence } = refusal;
    if (replace)
      throw inUse(`${sentence} Stop it: a lost administrator is replaced with the service stopped.`);
    const token = setupTokenOf(data);
    if (token === undefined)
      throw inUse(`${sentence} It has an administrator already, or belongs to another folder.`);
    const answer = await clientOf({ ...options, keyFile: false }).post<Appointed>(
      'access/first-administrator',
      saying({ token, name }),
    );
    return answer.body;
  }
}

function exists(cause: unknown) {
  const title = { en: 'There is an administrator already', zh: '已有管理员' };
  const detail = {
    en: 'Who is there adds further people. If nobody can sign in as one any more, give --replace.',
    zh: '其他人员由现任管理员添加。若已无人能以管理员身份登录，请加 --replace。',
  };
  return failure(exitCodes.conflict, title, detail, cause);
}

function inUse(detail: string) {
  return failure(exitCodes.inUse, { en: 'The store is in use', zh: '存储被占用' }, detail);
}

function shown({ person, key, expiresAt, link }: Appointed, { lang, name }: InitOptions): string {
  const day = expiresAt.slice(0, 10);
  return either(
    lang,
    `${name} is an administrator (person ${person}).\n\nFor the page: open this link within 24 hours and set a password. It works once:\n\n${link.url}\n\nFor the terminal: this key is shown once, and is valid until ${dayWords(day).en}:\n\n${key}\n\nKeep it in a file that only you can read: ~/.config/topout/key, or the one that TOPOUT_KEY_FILE names.`,
    `${name} 已成为管理员（人员编号 ${person}）。\n\n网页登录：请在 24 小时内打开以下链接并设置密码，链接只能使用一次：\n\n${link.url}\n\n终端使用：以下密钥只显示一次，有效期至 ${dayWords(day).zh}：\n\n${key}\n\n请存入只有您可读的文件：~/.config/topout/key，或 TOPOUT_KEY_FILE 所指文件。`,
  );
}
