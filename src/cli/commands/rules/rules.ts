import { type Command, Option } from 'commander';
import type { Rules } from '../../client/answers.js';
import { adoptersOf } from '../../client/authors.js';
import { type AskOptions, askingOptions, clientOf, print } from '../../input/options.js';
import type { Terminal } from '../../terminal.js';
import { rulesPage, versionTable } from '../../views/alerts/rules-page.js';
import { groupOf } from '../../views/groups.js';
import { rulesHelp } from '../../views/help-topics.js';
import { adoptRulesCommand, versionOf } from './rules-adopt.js';
import { testRulesCommand } from './rules-test.js';

interface ShowOptions extends AskOptions {
  version?: string;
  all?: true;
}

/** `topout rules`: the rules for raising alerts, shown, adopted, and back-tested. */
export function rulesCommand(program: Command, terminal: Terminal): void {
  const group = groupOf(
    program,
    'rules',
    'show, adopt or try the rules of alerts',
    'Shows the rules by which alerts are raised, adopts others, or tries them on all history.',
  ).addHelpText('after', `\n${rulesHelp(terminal.calledAs)}`);
  showRulesCommand(group, terminal);
  adoptRulesCommand(group, terminal);
  testRulesCommand(group, terminal);
}

function showRulesCommand(group: Command, terminal: Terminal): void {
  askingOptions(group.command('show').summary('show the rules in force, or an earlier version'), terminal)
    .description(
      'Shows the rules in force. With --json it prints a rule set that "rules adopt" takes back unchanged.',
    )
    .addOption(new Option('--version <version>', 'this version').conflicts('all'))
    .option('--all', 'all versions, the latest first')
    .action(async (options: ShowOptions) => {
      const client = clientOf(options);
      if (options.all) {
        const answer = await client.get<{ items: Rules[] }>('rules/versions');
        const adopter = await adoptersOf(client, options.lang);
        return print(terminal, options, answer, ({ items }) =>
          versionTable(items.map(adopter), options.lang),
        );
      }
      const { body } = await client.get<Rules>('rules', { version: versionOf(options.version, '--version') });
      if (options.json) return terminal.out(JSON.stringify(body.rules, null, 2));
      const adopter = await adoptersOf(client, options.lang);
      terminal.out(rulesPage(adopter(body), terminal, options.lang));
    });
}
