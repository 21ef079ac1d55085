import type { Command } from 'commander';
import { exitCodes } from '../../../composition/exit-codes.js';
import type { NoticesOfSubscription, Subscription } from '../../client/answers.js';
import { Client } from '../../client/client.js';
import { failure } from '../../client/failure.js';
import { subscriptionIdOf } from '../../input/ids.js';
import {
  type AskOptions,
  askingOptions,
  clientOf,
  print,
  type SayOptions,
  saying,
  sayingOptions,
} from '../../input/options.js';
import type { Terminal } from '../../terminal.js';
import { noticeTable, subscriptionNames } from '../../views/alerts/notices.js';
import { subscriptionPage } from '../../views/alerts/subscription-table.js';
import { instant } from '../../views/figures.js';
import { either } from '../../views/words.js';
import { secretOf, secretText } from './subscription-edits.js';

/** Timeout of a receiver's answer to a test, including the service's, in milliseconds. */
const testMs = 120_000;

/** `topout subscriptions rotate-secret`: a new secret signs, the old one beside it for a day. */
export function rotateCommand(group: Command, terminal: Terminal): void {
  const command = group.command('rotate-secret <id>').summary('give a webhook a new secret');
  sayingOptions(askingOptions(command, terminal))
    .description('Gives a webhook a new secret; the old one signs beside it for 24 hours.')
    .option(
      '--secret-file <file>',
      'the new secret, "whsec_" and base64; made when absent; - reads standard input',
    )
    .action(async (typed: string, options: SayOptions & { secretFile?: string }) => {
      const secret = secretOf(options.secretFile);
      const client = clientOf(options);
      const path = Client.path('subscriptions', await subscriptionIdOf(client, typed), 'secret');
      const body = { secret };
      const answer = await client.post<{ secret: string; oldUntil: string }>(path, saying(body, options));
      print(terminal, options, answer, ({ secret: told, oldUntil }) =>
        either(
          options.lang,
          `${secretText(told, 'en')}\nThe old one signs beside it until ${instant(oldUntil)}.`,
          `${secretText(told, 'zh')}\n旧密钥在 ${instant(oldUntil)} 前同时签名。`,
        ),
      );
    });
}

/** `topout subscriptions test`: sends a notice now and reports its result. */
export function testSubscriptionCommand(group: Command, terminal: Terminal): void {
  askingOptions(group.command('test <id>').summary('send a test notice now'), terminal)
    .description('Sends a test notice now and says what became of it; nothing is recorded.')
    .action(async (typed: string, options: AskOptions) => {
      const client = clientOf(options);
      const path = Client.path('subscriptions', await subscriptionIdOf(client, typed), 'test');
      const answer = await client.post<{ outcome: string; why?: string; status?: number }>(path, {
        patienceMs: testMs,
      });
      const { outcome, why, status } = answer.body;
      const seen = [status, why].filter((part) => part !== undefined).join(' ');
      if (outcome === 'accepted') {
        const taken = either(
          options.lang,
          `The receiver accepted the test${seen && ` (${seen})`}.`,
          `接收方已接收测试${seen && `（${seen}）`}。`,
        );
        return print(terminal, options, answer, () => taken);
      }
      if (options.json) terminal.out(answer.text.trimEnd());
      const result = [outcome, seen].filter(Boolean).join(': ');
      const detail = {
        en: `The test was not accepted (${result}); expected a receiver that answers 2xx.`,
        zh: `测试未被接收（${result}）；接收方应回答 2xx。`,
      };
      throw failure(exitCodes.refused, { en: 'The test was not accepted', zh: '测试未被接收' }, detail);
    });
}

/** `topout subscriptions notices`: its notices, with time and result. */
export function subscriptionNoticesCommand(group: Command, terminal: Terminal): void {
  const command = group.command('notices <id>').summary('show the notices of a subscription');
  askingOptions(command, terminal)
    .description('Shows every attempt to tell a subscription, the latest first, and what became of it.')
    .option('--limit <count>', 'attempts of a page')
    .option('--cursor <cursor>', 'with --json: the "next" of the page before')
    .action(async (typed: string, options: AskOptions & { limit?: string; cursor?: string }) => {
      const client = clientOf(options);
      const { limit, cursor } = options;
      const path = Client.path('subscriptions', await subscriptionIdOf(client, typed), 'notices');
      const answer = await client.get<NoticesOfSubscription>(path, { limit, cursor });
      const names = options.json ? new Map() : await subscriptionNames(client);
      print(terminal, options, answer, (body) => noticeTable(body, names, options.lang));
    });
}

/** `topout subscriptions pause`: stops notices until it is resumed, and keeps them pending. */
export function pauseCommand(group: Command, terminal: Terminal): void {
  const command = group.command('pause <id>').summary('tell a subscription nothing for a while');
  sayingOptions(askingOptions(command, terminal))
    .description('Pauses a subscription: what happens waits until it is resumed, for 30 days at most.')
    .action(async (typed: string, options: SayOptions) => {
      const client = clientOf(options);
      const path = Client.path('subscriptions', await subscriptionIdOf(client, typed), 'pause');
      const answer = await client.post<Subscription>(path, saying(undefined, options));
      print(terminal, options, answer, (body) => subscriptionPage(body, options.lang));
    });
}

/** `topout subscriptions confirm`: sends another mail to the owner of an unconfirmed address. */
export function confirmCommand(group: Command, terminal: Terminal): void {
  const command = group.command('confirm <id>').summary('ask the owner of a mail address again');
  sayingOptions(askingOptions(command, terminal))
    .description(
      'Sends another mail with a link to an address that is not confirmed; older links are good no more.',
    )
    .action(async (typed: string, options: SayOptions) => {
      const client = clientOf(options);
      const path = Client.path('subscriptions', await subscriptionIdOf(client, typed), 'confirmation');
      const answer = await client.post<Subscription>(path, saying(undefined, options));
      print(terminal, options, answer, (body) => subscriptionPage(body, options.lang));
    });
}

/** `topout subscriptions resume`: resumes a paused subscription and sends pending notices. */
export function resumeCommand(group: Command, terminal: Terminal): void {
  const command = group.command('resume <id>').summary('take a paused subscription up again');
  sayingOptions(askingOptions(command, terminal))
    .description('Resumes a paused subscription; pending notices are sent.')
    .action(async (typed: string, options: SayOptions) => {
      const client = clientOf(options);
      const path = Client.path('subscriptions', await subscriptionIdOf(client, typed), 'resume');
      const answer = await client.post<Subscription>(path, saying(undefined, options));
      print(terminal, options, answer, (body) => subscriptionPage(body, options.lang));
    });
}

/** `topout subscriptions remove`: ends its notices; past ones stay listed. */
export function removeCommand(group: Command, terminal: Terminal): void {
  const command = group.command('remove <id>').summary('end a subscription');
  sayingOptions(askingOptions(command, terminal))
    .description('Ends a subscription: no more notices; past ones stay listed.')
    .action(async (typed: string, options: SayOptions) => {
      const client = clientOf(options);
      const id = await subscriptionIdOf(client, typed);
      await client.delete(Client.path('subscriptions', id), saying(undefined, options));
      const ended = either(options.lang, `Subscription ${id} has ended.`, `订阅 ${id} 已结束。`);
      terminal.out(options.json ? JSON.stringify({ subscription: id, status: 'ended' }) : ended);
    });
}
