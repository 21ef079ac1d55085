import { type Command, Option } from 'commander';
import type { Subscription } from '../../client/answers.js';
import { Client } from '../../client/client.js';
import { usage } from '../../client/failure.js';
import { textOf } from '../../input/files.js';
import { subscriptionIdOf } from '../../input/ids.js';
import { warnOfUnknown } from '../../input/near-projects.js';
import { askingOptions, clientOf, print, saying, sayingOptions } from '../../input/options.js';
import { type Wishes, type WishOptions, wishesOf, wishOptions } from '../../input/subscription-options.js';
import type { Language, Terminal } from '../../terminal.js';
import { subscriptionPage } from '../../views/alerts/subscription-table.js';
import { either } from '../../views/words.js';

interface AddOptions extends WishOptions {
  secretFile?: string;
}

interface ChangeOptions extends WishOptions {
  webhook?: string;
  address?: string;
  everything?: true;
  anyHours?: true;
}

/** Timeout of a receiver's answer to its challenge, including the service's, in milliseconds. */
const challengeMs = 120_000;

/** `topout subscriptions add`: notifies a new webhook or e-mail address from now on. */
export function addCommand(group: Command, terminal: Terminal): void {
  const command = group.command('add <channel> <address>').summary('add a webhook or an e-mail address');
  sayingOptions(wishOptions(askingOptions(command, terminal)))
    .description('Adds a subscription: "add webhook URL" or "add email ADDRESS". It is notified from now on.')
    .option(
      '--secret-file <file>',
      'with webhook: the secret, "whsec_" and base64; made when absent; - reads standard input',
    )
    .action(async (kind: string, address: string, options: AddOptions) => {
      const channel = channelOf(kind, address, options.secretFile);
      const name = kind === 'webhook' ? hostOf(address) : (address.split('@').at(-1) ?? address);
      const wishes = wishesOf(options, { name, choice: {}, timing: { kind: 'at-once' } });
      const sending = { ...saying({ ...wishes, channel }, options), patienceMs: challengeMs };
      const client = clientOf(options);
      const answer = await client.post<Subscription & { secret?: string }>('subscriptions', sending);
      await warnOfUnknown(client, terminal, options);
      print(terminal, options, answer, ({ secret, ...added }) =>
        [subscriptionPage(added, options.lang), secretText(secret, options.lang)]
          .filter(Boolean)
          .join('\n\n'),
      );
    });
}

/** `topout subscriptions change`: given options replace the terms; the rest stays. */
export function changeCommand(group: Command, terminal: Terminal): void {
  const command = group.command('change <id>').summary('change what is notified, when, or where');
  sayingOptions(wishOptions(askingOptions(command, terminal)))
    .description('Changes a subscription: each option replaces what it had of that kind, and the rest stays.')
    .option('--webhook <url>', 'tell this address instead; it has to answer a challenge')
    .option('--address <address>', 'of an e-mail: tell this address instead')
    .option('--everything', 'tell all alerts, but for what is chosen beside this')
    .addOption(new Option('--any-hours', 'at any hour').conflicts(['hours', 'calendar']))
    .action(async (typed: string, options: ChangeOptions) => {
      const client = clientOf(options);
      const path = Client.path('subscriptions', await subscriptionIdOf(client, typed));
      const { body: before } = await client.get<Subscription>(path);
      const channel = movedOf(before, options);
      const body = { ...wishesOf(options, keptOf(before, options)), channel };
      const answer = await client.put<Subscription>(path, {
        ...saying(body, options),
        patienceMs: challengeMs,
      });
      await warnOfUnknown(client, terminal, options);
      print(terminal, options, answer, (changed) => subscriptionPage(changed, options.lang));
    });
}

/** The secret of a webhook with its explanation; undefined without one. */
export function secretText(secret: string | undefined, language: Language): string {
  if (secret === undefined) return '';
  return either(
    language,
    `Secret: ${secret}\nIt is not shown again: keep it where the receiver reads it.`,
    `密钥：${secret}\n密钥不会再次显示：请保存到接收方读取的位置。`,
  );
}

/** The secret in a file, or in standard input for `-`. */
export function secretOf(file: string | undefined): string | undefined {
  return file === undefined
    ? undefined
    : textOf(file, {
        en: 'a file with a secret, or - for standard input',
        zh: '含密钥的文件，或 - 表示标准输入',
      }).trim();
}

function channelOf(kind: string, address: string, secretFile: string | undefined): object {
  if (kind === 'email') {
    if (secretFile !== undefined)
      throw usage({
        en: '--secret-file says nothing of an e-mail; expected it with webhook.',
        zh: '--secret-file 与邮箱无关；应与 webhook 同用。',
      });
    return { kind, address };
  }
  if (kind !== 'webhook')
    throw usage({
      en: `"${kind}": expected webhook or email before the address.`,
      zh: `“${kind}”：地址之前应为 webhook 或 email。`,
    });
  const secret = secretOf(secretFile);
  return { kind, url: address, secret };
}

function movedOf({ channel }: Subscription, { webhook, address }: ChangeOptions): object {
  if (channel.kind === 'webhook') {
    if (address !== undefined)
      throw usage({
        en: '--address is of an e-mail; expected --webhook URL.',
        zh: '--address 用于邮箱；应为 --webhook 网址。',
      });
    return { kind: 'webhook', url: webhook };
  }
  if (webhook !== undefined)
    throw usage({
      en: '--webhook is of a webhook; expected --address ADDRESS.',
      zh: '--webhook 用于网络回调；应为 --address 邮箱。',
    });
  return { kind: 'email', address };
}

/** The current terms, as defaults. */
function keptOf(
  { name, choice, timing, hours, language, timeZone }: Subscription,
  { everything, anyHours }: ChangeOptions,
): Wishes {
  const kept = { name, choice: everything ? {} : choice, timing, language, timeZone };
  return hours && !anyHours ? { ...kept, hours } : kept;
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host || url : url;
}
