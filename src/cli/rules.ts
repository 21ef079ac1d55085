import { type Command, Option } from 'commander';
import type { AdoptedRules } from '../domain/rules.js';
import type { Rules, Tested } from './answers.js';
import type { Client } from './client.js';
import { Failure, usage } from './failure.js';
import { jsonOf, naming } from './files.js';
import { groupOf } from './groups.js';
import { rulesHelp } from './help-topics.js';
import {
  type AskOptions,
  askingOptions,
  businessDay,
  clientOf,
  print,
  type SayOptions,
  saying,
  sayingOptions,
} from './options.js';
import { checkDay, dayOf } from './period.js';
import { startWaiting } from './progress.js';
import { rulesChanges } from './rules-diff.js';
import { rulesPage, versionTable } from './rules-page.js';
import { testedPage } from './rules-tested.js';
import { plain } from './table.js';
import type { Terminal } from './terminal.js';
import { either } from './words.js';

interface ShowOptions extends AskOptions {
  version?: string;
  all?: true;
}

interface AdoptOptions extends SayOptions {
  ifVersion?: string;
}

interface TestOptions extends AskOptions {
  from: string;
  to: string;
  district?: string;
  sector?: string;
  project?: string;
  format: 'table' | 'json' | 'csv';
}

/** What a file of rules is. */
const ruleFile = 'a rule set as "topout rules show --json" prints it';
/** How long a test of all history may take, in milliseconds. */
const testMs = 600_000;

/** `topout rules`: the rules by which alerts are raised, shown, adopted, and tried on all history. */
export function rulesCommand(program: Command, terminal: Terminal): void {
  const group = groupOf(
    program,
    'rules',
    'show, adopt or try the rules of alerts',
    'Shows the rules by which alerts are raised, adopts others, or tries them on all history.',
  ).addHelpText('after', `\n${rulesHelp(terminal.calledAs)}`);
  showRulesCommand(group, terminal);
  adoptCommand(group, terminal);
  testCommand(group, terminal);
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
        return print(terminal, options, answer, ({ items }) => versionTable(items, options.lang));
      }
      const { body } = await client.get<Rules>('rules', { version: versionOf(options.version, '--version') });
      terminal.out(
        options.json ? JSON.stringify(body.rules, null, 2) : rulesPage(body, terminal, options.lang),
      );
    });
}

function adoptCommand(group: Command, terminal: Terminal): void {
  const command = group.command('adopt <file>').summary('adopt a file of rules as the next version');
  sayingOptions(askingOptions(command, terminal))
    .description(
      'Adopts a whole set of rules, as JSON, as the next version, and shows what changed; - reads standard input.',
    )
    .option(
      '--if-version <version>',
      'only if this is the version in force; a "version" in the file says the same',
    )
    .action(async (file: string, options: AdoptOptions) => {
      const said = jsonOf(file, ruleFile);
      const version = versionOf(options.ifVersion, '--if-version');
      const client = clientOf(options);
      const { body: before } = await client.get<Rules>('rules');
      const sending = {
        ...saying(said as object, options),
        ...(version === undefined ? {} : { version: Number(version) }),
      };
      const work = client.put<Rules & { outcome: 'recorded' | 'already-said' }>('rules', sending);
      const answer = await naming(file, work).catch((error: unknown) => {
        throw stale(error);
      });
      const { rules, outcome } = answer.body;
      if (options.json) return terminal.out(answer.text.trimEnd());
      const { lang: language } = options;
      if (outcome === 'already-said') {
        const same = `These rules are in force already, as version ${rules.version}; nothing was recorded.`;
        return terminal.out(either(language, same, `这些规则已在执行（第 ${rules.version} 版），未作记录。`));
      }
      const changes = rulesChanges(await previous(client, before, rules), rules, language);
      terminal.out(
        either(
          language,
          `Adopted as version ${rules.version}; against version ${rules.version - 1}:`,
          `已采用为第 ${rules.version} 版；与第 ${rules.version - 1} 版相比：`,
        ),
      );
      for (const change of changes) terminal.out(`  ${plain(change)}`);
    });
}

function testCommand(group: Command, terminal: Terminal): void {
  askingOptions(group.command('test <file>').summary('try a file of rules on all history'), terminal)
    .description(
      'Judges all history by a file of rules and by the adopted ones: which alerts each would have raised, and how long before a declared stall. Nothing is recorded, nobody is told.',
    )
    .requiredOption('--from <day>', 'the first day')
    .requiredOption('--to <day>', 'the last day, inclusive')
    .option('--district <district>', 'only projects of this district')
    .option('--sector <sector>', 'only projects of this sector')
    .option('--project <project>', 'only this project')
    .addOption(
      new Option('--format <format>', 'how it is printed; --json is the same as json')
        .choices(['table', 'json', 'csv'])
        .default('table'),
    )
    .action(async (file: string, options: TestOptions) => {
      const format = options.json ? 'json' : options.format;
      checkDay(options.from, '--from');
      checkDay(options.to, '--to');
      const said = jsonOf(file, ruleFile);
      const client = clientOf(options);
      const query = await testQuery(client, options, format);
      const body = JSON.stringify(said);
      const waiting = startWaiting(terminal, 'Judging all history');
      const work = client.post<Tested>('rules/test', { body, query, patienceMs: testMs });
      const answer = await naming(file, work).finally(() => waiting.stop());
      if (format !== 'table') return terminal.out(answer.text.trimEnd());
      terminal.out(testedPage(answer.body, terminal, options.lang));
    });
}

async function testQuery(
  client: Client,
  { from, to, district, sector, project }: TestOptions,
  format: TestOptions['format'],
): Promise<Record<string, string | undefined>> {
  const today = await businessDay(client);
  const days = { from: dayOf(from, '--from', today), to: dayOf(to, '--to', today) };
  return { ...days, district, sector, project, format: format === 'csv' ? 'csv' : 'json' };
}

/** Says what to do when other rules are in force than those that the file was made from. */
function stale(error: unknown): unknown {
  if (!(error instanceof Failure) || !error.problem.type.endsWith('/revision-stale')) return error;
  const detail = `${error.problem.detail} Compare them ("topout rules show") and adopt the file without "version", or with that one.`;
  return new Failure({ ...error.problem, detail }, error.exitCode, { cause: error });
}

/** The rules before an adoption, also when somebody else adopted others meanwhile. */
async function previous(client: Client, before: Rules, after: AdoptedRules): Promise<AdoptedRules> {
  const version = after.version - 1;
  if (before.rules.version === version) return before.rules;
  return (await client.get<Rules>('rules', { version: String(version) })).body.rules;
}

function versionOf(typed: string | undefined, option: string): string | undefined {
  if (typed === undefined || /^[1-9]\d{0,8}$/.test(typed)) return typed;
  throw usage(`${option} "${typed}": expected a version, a whole number from 1.`);
}
