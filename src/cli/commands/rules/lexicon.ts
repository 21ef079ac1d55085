import { type Command, Option } from 'commander';
import type { Lexicon, LexiconTested } from '../../client/answers.js';
import { adoptersOf } from '../../client/authors.js';
import { jsonOf, naming } from '../../input/files.js';
import { warnOfUnknown } from '../../input/near-projects.js';
import {
  type AskOptions,
  askingOptions,
  businessDay,
  clientOf,
  print,
  type SayOptions,
  saying,
  sayingOptions,
} from '../../input/options.js';
import { dayOf } from '../../input/period.js';
import type { Terminal } from '../../terminal.js';
import { groupOf } from '../../views/groups.js';
import { lexiconHelp } from '../../views/help-topics.js';
import { lexiconPage, lexiconTestedPage, lexiconVersionTable } from '../../views/lexicon-page.js';
import { startProgress } from '../../views/progress.js';
import { either } from '../../views/words.js';
import { stale, versionOf } from './rules-adopt.js';

interface ShowOptions extends AskOptions {
  version?: string;
  all?: true;
}

interface AdoptOptions extends SayOptions {
  ifVersion?: string;
}

interface TestOptions extends AskOptions {
  asOf?: string;
  district?: string;
  sector?: string;
  project?: string;
}

/** The content of a file with a lexicon. */
const lexiconFile = {
  en: 'a lexicon as "topout lexicon show --json" prints it',
  zh: '词表，即“topout lexicon show --json”的输出',
};

/** `topout lexicon`: the words of progress and their ranges, shown, adopted, and tested. */
export function lexiconCommand(program: Command, terminal: Terminal): void {
  const group = groupOf(
    program,
    'lexicon',
    'show, adopt or try the words of progress',
    'Shows the words of progress with their ranges, adopts others, or shows which figures others would move.',
  ).addHelpText('after', `\n${lexiconHelp(terminal.calledAs)}`);
  showCommand(group, terminal);
  adoptCommand(group, terminal);
  testCommand(group, terminal);
}

function showCommand(group: Command, terminal: Terminal): void {
  askingOptions(group.command('show').summary('show the lexicon in force, or an earlier version'), terminal)
    .description(
      'Shows the words of the lexicon in force with their ranges and phrases. With --json it prints a lexicon that "lexicon adopt" takes back unchanged.',
    )
    .addOption(new Option('--version <version>', 'this version').conflicts('all'))
    .option('--all', 'all versions, the latest first')
    .action(async (options: ShowOptions) => {
      const client = clientOf(options);
      if (options.all) {
        const answer = await client.get<{ items: Lexicon[] }>('lexicon/versions');
        const adopter = await adoptersOf(client, options.lang);
        return print(terminal, options, answer, ({ items }) =>
          lexiconVersionTable(items.map(adopter), options.lang),
        );
      }
      const version = versionOf(options.version, '--version');
      const { body } = await client.get<Lexicon>('lexicon', { version });
      if (options.json) return terminal.out(JSON.stringify(body.lexicon, null, 2));
      const adopter = await adoptersOf(client, options.lang);
      terminal.out(lexiconPage(adopter(body), terminal, options.lang));
    });
}

function adoptCommand(group: Command, terminal: Terminal): void {
  const command = group.command('adopt <file>').summary('adopt a file of words as the next version');
  sayingOptions(askingOptions(command, terminal))
    .description('Adopts a whole lexicon, as JSON, as the next version; - reads standard input.')
    .option(
      '--if-version <version>',
      'only if this is the version in force; a "version" in the file says the same',
    )
    .action(async (file: string, options: AdoptOptions) => {
      const said = jsonOf(file, lexiconFile);
      const version = versionOf(options.ifVersion, '--if-version');
      const sending = {
        ...saying(said as object, options),
        version: version === undefined ? undefined : Number(version),
      };
      const work = clientOf(options).put<Lexicon & { outcome: 'recorded' | 'already-said' }>(
        'lexicon',
        sending,
      );
      const answer = await naming(file, work).catch((error: unknown) => {
        throw stale(error, 'lexicon');
      });
      if (options.json) return terminal.out(answer.text.trimEnd());
      const { version: adopted } = answer.body.lexicon;
      const isNew = answer.body.outcome === 'recorded';
      terminal.out(
        isNew
          ? either(options.lang, `Adopted as version ${adopted}.`, `已启用为第 ${adopted} 版。`)
          : either(
              options.lang,
              `This lexicon is in force already, as version ${adopted}; nothing was recorded.`,
              `此词表已在执行（第 ${adopted} 版），未作记录。`,
            ),
      );
    });
}

function testCommand(group: Command, terminal: Terminal): void {
  askingOptions(group.command('test <file>').summary('show which figures a file of words moves'), terminal)
    .description(
      'Computes the completion of every project on a day by a file of words and by the lexicon in force, and shows what differs. Nothing is recorded.',
    )
    .option('--as-of <day>', 'the day; the business day when absent')
    .option('--district <district>', 'only projects of this district')
    .option('--sector <sector>', 'only projects of this sector')
    .option('--project <project>', 'only this project')
    .action(async (file: string, options: TestOptions) => {
      const body = JSON.stringify(jsonOf(file, lexiconFile));
      const client = clientOf(options);
      const { asOf, district, sector, project } = options;
      const day = asOf === undefined ? undefined : dayOf(asOf, '--as-of', await businessDay(client));
      const query = { asOf: day, district, sector, project };
      const progress = startProgress(
        terminal,
        { en: 'Comparing figures', zh: '比较指标' },
        { en: 'projects', zh: '个项目' },
      );
      const work = client.work<{ result: LexiconTested }>('lexicon/test', { body, query }, progress.show);
      const { result } = await naming(file, work).finally(() => progress.stop());
      await warnOfUnknown(client, terminal, options);
      terminal.out(options.json ? JSON.stringify(result) : lexiconTestedPage(result, terminal, options.lang));
    });
}
