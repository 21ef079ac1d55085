import { type Command, Option } from 'commander';
import { markedDay } from '../../../domain/values/day-marks.js';
import { provenanceWords } from '../../../projections/words/source-words.js';
import type { Entry, FullJournalPage, Happening } from '../client/answers.js';
import { authorsOf } from '../client/authors.js';
import { Client } from '../client/client.js';
import { askedOf } from '../input/near-projects.js';
import { askingOptions, clientOf, type MomentOptions, momentOptions, momentQuery } from '../input/options.js';
import type { Language, Terminal } from '../terminal.js';
import { instant, momentLine } from '../views/figures.js';
import { table } from '../views/table.js';
import { columns, either } from '../views/words.js';

interface JournalOptions extends MomentOptions {
  order: 'newest' | 'oldest';
  limit?: string;
  cursor?: string;
  alerts?: true;
  contains?: string;
}

/** A day after all entries, for which the journal omits none. */
const lastDay = '2199-12-31';

/** `topout journal`: every entry of a project in plain words, with both clocks. */
export function journalCommand(program: Command, terminal: Terminal): void {
  const command = program.command('journal <project>').summary('show every entry of a project');
  momentOptions(askingOptions(command, terminal))
    .description('Shows every entry of a project in plain words, with both clocks, its author and its id.')
    .addOption(
      new Option('--order <which>', 'which entries come first, by when they were recorded')
        .choices(['newest', 'oldest'])
        .default('oldest'),
    )
    .option('--alerts', 'alert events, including notices, between the entries')
    .option(
      '--contains <text>',
      'only entries with this text in their words, place, source, remark or author as recorded',
    )
    .option('--limit <count>', 'at most so many entries')
    .option('--cursor <cursor>', 'with --json: the "next" of the page before')
    .action(async (project: string, options: JournalOptions) => {
      const client = clientOf(options);
      const { order, limit, cursor, alerts, contains } = options;
      const include = alerts ? 'alerts' : undefined;
      const query = { ...(await momentQuery(client, options)), order, limit, cursor, include, contains };
      const path = Client.path('projects', project, 'journal');
      if (options.json)
        return terminal.out((await askedOf(client, project, () => client.get(path, query))).text);
      const most = Number(limit ?? Number.POSITIVE_INFINITY);
      const whole = { ...query, limit: most > 500 ? undefined : limit };
      const page = await askedOf(client, project, () =>
        client.all<FullJournalPage>(path, whole, ({ items }) => items.length >= most),
      );
      const entries = page.items.slice(0, most);
      const author = await authorsOf(client, options.lang);
      terminal.out(
        `${journalTable(entries.map(author), options.lang)}\n\n${momentLine(page, options, options.lang)}`,
      );
    });
}

/** Entries, one line each. */
export function journalTable(entries: readonly (Entry | Happening)[], language: Language): string {
  return table(
    columns(['position', 'asOf', 'recorded', 'by', 'what', 'source', 'entry'], language, ['position']),
    entries.map((entry) => [
      String(entry.position),
      markedDay(entry.asOf, entry, language),
      instant(entry.recordedAt),
      entry.by,
      entryText(entry, language),
      provenanceWords(entry)[language],
      entry.id,
    ]),
  );
}

/** Every entry of a project, the latest day included, with its alert events between them. */
export function fullJournal(client: Client, project: string): Promise<FullJournalPage> {
  const path = Client.path('projects', project, 'journal');
  return client.all<FullJournalPage>(path, { asOf: lastDay, include: 'alerts' });
}

/** An entry in words, with what was withdrawn, corrected or grown by it. */
export function entryText(entry: Entry | Happening, language: Language): string {
  if (isHappening(entry)) return entry.words;
  const marks = [
    entry.withdrawn
      ? either(language, `withdrawn: ${entry.withdrawn.reason}`, `已撤回：${entry.withdrawn.reason}`)
      : '',
    entry.corrects ? either(language, `corrects ${entry.corrects}`, `更正 ${entry.corrects}`) : '',
    ...(entry.grown ?? []),
  ];
  return [entry.words, ...marks.filter(Boolean).map((mark) => `[${mark}]`)].join(' ');
}

function isHappening(entry: Entry | Happening): entry is Happening {
  return /^(Alert|Notice)/.test(entry.type);
}
