import type { Command } from 'commander';
import type { Subscription } from '../../client/answers.js';
import { Client } from '../../client/client.js';
import { allSubscriptions, subscriptionIdOf } from '../../input/ids.js';
import { type AskOptions, askingOptions, clientOf, print } from '../../input/options.js';
import type { Terminal } from '../../terminal.js';
import { subscriptionPage, subscriptionTable } from '../../views/alerts/subscription-table.js';
import { groupOf, listOf } from '../../views/groups.js';
import { subscriptionsHelp } from '../../views/help-topics.js';
import {
  confirmCommand,
  pauseCommand,
  removeCommand,
  resumeCommand,
  rotateCommand,
  subscriptionNoticesCommand,
  testSubscriptionCommand,
} from './subscription-acts.js';
import { addCommand, changeCommand } from './subscription-edits.js';

/** `topout subscriptions`: who is notified of alerts, where and when. */
export function subscriptionsCommand(program: Command, terminal: Terminal): void {
  const group = groupOf(
    program,
    'subscriptions',
    'show and change who is notified of alerts',
    'Shows who is notified of alerts, where and when; adds, changes and tests subscriptions.',
  ).addHelpText('after', `\n${subscriptionsHelp(terminal.calledAs)}`);
  askingOptions(listOf(group, 'list all subscriptions'), terminal)
    .option('--limit <count>', 'with --json: subscriptions of a page')
    .option('--cursor <cursor>', 'with --json: the "next" of the page before')
    .action(async (options: AskOptions & { limit?: string; cursor?: string }) => {
      const client = clientOf(options);
      const { json, limit, cursor, lang } = options;
      if (json) return terminal.out((await client.get('subscriptions', { limit, cursor })).text.trimEnd());
      terminal.out(subscriptionTable(await allSubscriptions(client), lang));
    });
  askingOptions(group.command('show <id>').summary('show one subscription'), terminal)
    .description('Shows one subscription, and what waits for it.')
    .action(async (typed: string, options: AskOptions) => {
      const client = clientOf(options);
      const id = await subscriptionIdOf(client, typed);
      const answer = await client.get<Subscription>(Client.path('subscriptions', id));
      print(terminal, options, answer, (body) => subscriptionPage(body, options.lang));
    });
  addCommand(group, terminal);
  changeCommand(group, terminal);
  rotateCommand(group, terminal);
  testSubscriptionCommand(group, terminal);
  subscriptionNoticesCommand(group, terminal);
  confirmCommand(group, terminal);
  pauseCommand(group, terminal);
  resumeCommand(group, terminal);
  removeCommand(group, terminal);
}
