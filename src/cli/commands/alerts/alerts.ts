import { type Command, Option } from 'commander';
import { dayWords } from '../../../../domain/values/day-words.js';
import type {
  AlertKnown,
  AlertsPage,
  Entry,
  Happening,
  NoticesAnswer,
  Project,
  Rules,
} from '../../client/answers.js';
import { authorsOf, type WithAuthors } from '../../client/authors.js';
import { Client } from '../../client/client.js';
import { type FilterOptions, filterOptions, filterQuery } from '../../input/alert-filter.js';
import { alertIdOf } from '../../input/ids.js';
import { askedOf, warnOfUnknown } from '../../input/near-projects.js';
import { type AskOptions, askingOptions, businessDay, clientOf, print } from '../../input/options.js';
import type { Terminal } from '../../terminal.js';
import { alertPage } from '../../views/alerts/alert-page.js';
import { alertTable, countLine } from '../../views/alerts/alert-table.js';
import type { AlertsOn } from '../../views/alerts/alert-words.js';
import { noticeTable, subscriptionNames } from '../../views/alerts/notices.js';
import { groupOf, listOf } from '../../views/groups.js';
import { alertsHelp } from '../../views/help-topics.js';
import { either } from '../../views/words.js';
import { fullJournal } from '../journal.js';
import { acknowledgeCommand, silenceCommand } from './alert-answers.js';

interface ListOptions extends FilterOptions {
  status: 'open' | 'cleared' | 'all';
  knownAt?: string;
  limit?: string;
  cursor?: string;
}

/** `topout alerts`: open alerts, one alert in full, its notices, and answers to it. */
export function alertsCommand(program: Command, terminal: Terminal): void {
  const group = groupOf(
    program,
    'alerts',
    'show alerts, and answer them',
    'Shows what stalls, slips or is silent, why, and what would clear it; and answers it.',
  ).addHelpText('after', `\n${alertsHelp(terminal.calledAs)}`);
  listCommand(group, terminal);
  showAlertCommand(group, terminal);
  noticesCommand(group, terminal);
  acknowledgeCommand(group, terminal);
  silenceCommand(group, terminal);
}

function listCommand(group: Command, terminal: Terminal): void {
  filterOptions(askingOptions(listOf(group, 'list alerts, the most severe first'), terminal))
    .addOption(
      new Option('--status <status>', 'those that stand, those that are cleared, or all')
        .choices(['open', 'cleared', 'all'])
        .default('open'),
    )
    .option('--known-at <moment>', 'what was known then: a position of the log, or an instant')
    .option('--limit <count>', 'with --json: alerts of a page')
    .option('--cursor <cursor>', 'with --json: the "next" of the page before')
    .action(async (options: ListOptions) => {
      const client = clientOf(options);
      const { status, knownAt, limit, cursor, lang: language, project } = options;
      const query = { ...filterQuery(options), status: status === 'all' ? undefined : status, knownAt };
      if (options.json)
        return terminal.out((await client.get('alerts', { ...query, limit, cursor })).text.trimEnd());
      const { items: alerts, knownAt: known } = await client.all<AlertsPage>('alerts', query);
      // No alerts of a project may mean that its name was mistyped.
      if (alerts.length === 0 && project !== undefined)
        await askedOf(client, project, () => client.get<Project>(Client.path('projects', project)));
      if (alerts.length === 0)
        await warnOfUnknown(client, terminal, { district: options.district, sector: options.sector });
      const on = await readBy(client);
      const moment = either(
        language,
        `On ${dayWords(on.today).en} (the business day), known at position ${known.position}.`,
        `${dayWords(on.today).zh}（业务日），已知至位置 ${known.position}。`,
      );
      const parts = [
        alertTable(alerts, on, terminal, language, status === 'all'),
        `${countLine(alerts, language)}${language === 'zh' || alerts.length === 0 ? '' : ' '}${moment}`,
      ];
      terminal.out(parts.join('\n\n'));
    });
}

function showAlertCommand(group: Command, terminal: Terminal): void {
  askingOptions(group.command('show <id>').summary('show one alert whole'), terminal)
    .description(
      'Shows the reason of an alert, what would clear it, whose duty it is, its entries, its history, and its notices.',
    )
    .action(async (typed: string, options: AskOptions) => {
      const client = clientOf(options);
      const path = Client.path('alerts', await alertIdOf(client, typed));
      const answer = await client.get<AlertKnown>(path);
      if (options.json) return terminal.out(answer.text.trimEnd());
      const { body: alert } = answer;
      const { evidence, life } = await journalOf(client, alert);
      const notices = (await client.get<NoticesAnswer>(`${path}/notices`)).body;
      const names = notices.items.length === 0 ? new Map() : await subscriptionNames(client);
      const author = await authorsOf(client, options.lang);
      const whole = {
        alert: answeredBy(alert, author),
        evidence: evidence.map(author),
        life: life.map(author),
        notices: noticeTable(notices, names, options.lang),
      };
      terminal.out(alertPage(whole, await readBy(client), terminal, options.lang));
    });
}

function noticesCommand(group: Command, terminal: Terminal): void {
  askingOptions(group.command('notices <id>').summary('show the notices of an alert'), terminal)
    .description(
      'Shows every attempt to tell of an alert: when, to which subscription, and what became of it.',
    )
    .action(async (typed: string, options: AskOptions) => {
      const client = clientOf(options);
      const path = Client.path('alerts', await alertIdOf(client, typed), 'notices');
      const answer = await client.get<NoticesAnswer>(path);
      const names = options.json ? new Map() : await subscriptionNames(client);
      print(terminal, options, answer, (body) => noticeTable(body, names, options.lang));
    });
}

/** An alert with the names of those who answered it. */
function answeredBy(alert: AlertKnown, author: WithAuthors): AlertKnown {
  const { acknowledged, silenced } = alert;
  return {
    ...alert,
    ...(acknowledged ? { acknowledged: author(acknowledged) } : {}),
    ...(silenced ? { silenced: author(silenced) } : {}),
  };
}

/** The business day and the rules in force, for reading alerts. */
async function readBy(client: Client): Promise<AlertsOn> {
  const { rules } = (await client.get<Rules>('rules')).body;
  return { today: await businessDay(client), rules };
}

/** The evidence of an alert, and its events, from the journal of its project. */
async function journalOf(
  client: Client,
  { alert, project, evidence, cleared }: AlertKnown,
): Promise<{ evidence: Entry[]; life: Happening[] }> {
  const ids = new Set([...evidence, ...(cleared?.evidence ?? [])]);
  const { items: entries } = await fullJournal(client, project);
  const life = entries.filter((entry): entry is Happening => isAbout(entry, alert));
  return { evidence: entries.filter((entry): entry is Entry => ids.has(entry.id)), life };
}

function isAbout({ data }: Entry | Happening, id: string): boolean {
  const { alert, alerts } = data as { alert?: string; alerts?: string[] };
  return alert === id || (alerts?.includes(id) ?? false);
}
