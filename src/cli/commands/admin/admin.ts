import { type Command, Option } from 'commander';
import { type Role, roles } from '../../../../domain/access/roles.js';
import type { Scope } from '../../../../domain/access/scope.js';
import type { KeyIssued, PersonAnswer, PersonRights } from '../../../app/access/access.js';
import { Client } from '../../client/client.js';
import { usage } from '../../client/failure.js';
import {
  type AskOptions,
  askingOptions,
  clientOf,
  type MomentOptions,
  momentOptions,
  momentQuery,
  print,
  saying,
} from '../../input/options.js';
import type { Terminal } from '../../terminal.js';
import { groupOf, listOf } from '../../views/groups.js';
import { peopleTable, personPage, rightsTable } from '../../views/people.js';
import { either } from '../../views/words.js';
import { closingCommand } from './closing.js';
import { enrolCommand } from './enrol.js';
import { erasureCommands } from './erasure.js';
import { identityCommands } from './identities.js';
import { initCommand } from './init.js';
import { readsCommand } from './reads.js';
import { removal } from './removal.js';

interface ScopeOptions extends AskOptions {
  district?: string;
  project?: string;
}

/** `topout admin`: people, their roles and their keys. */
export function adminCommand(program: Command, terminal: Terminal): void {
  const group = groupOf(
    program,
    'admin',
    'people, roles and keys',
    'Shows and changes who may do what: people, their roles, and the keys by which they sign in.',
  );
  initCommand(group, terminal);
  askingOptions(listOf(group, 'list the people'), terminal).action(async (options: AskOptions) => {
    const answer = await clientOf(options).get<{ items: PersonAnswer[] }>('people');
    print(terminal, options, answer, ({ items }) => peopleTable(items, options.lang));
  });
  askingOptions(group.command('show <person>').summary('show a person'), terminal).action(
    async (person: string, options: AskOptions) => {
      const answer = await clientOf(options).get<PersonAnswer>(Client.path('people', person));
      print(terminal, options, answer, (body) => personPage(body, options.lang));
    },
  );
  askingOptions(group.command('add <name>').summary('add a person'), terminal)
    .option('--contact <contact>', 'a mail address or a telephone number')
    .action(async (name: string, options: AskOptions & { contact?: string }) => {
      const { contact } = options;
      const answer = await clientOf(options).post<PersonAnswer>('people', saying({ name, contact }));
      print(terminal, options, answer, (body) => personPage(body, options.lang));
    });
  removal(group, terminal, 'remove <person>', 'remove a person: the name is forgotten, roles and keys end', [
    'people',
  ]);
  erasureCommands(group, terminal);
  askingOptions(group.command('grant <person> <role>').summary('grant a role'), terminal)
    .description(
      `Grants a role: ${roles.join(', ')}. It holds in the whole installation unless --district or --project is given.`,
    )
    .option('--district <district>', 'only for the projects of a district')
    .option('--project <project>', 'only for one project')
    .action(async (person: string, role: Role, options: ScopeOptions) => {
      const path = Client.path('people', person, 'grants');
      const body = { role, scope: scopeOf(options) };
      const answer = await clientOf(options).post<PersonAnswer>(path, saying(body));
      print(terminal, options, answer, (one) => personPage(one, options.lang));
    });
  removal(group, terminal, 'revoke <person> <grant>', 'revoke a role', ['people', 'grants']);
  askingOptions(group.command('key <person>').summary('issue a key, which is printed once'), terminal)
    .addOption(new Option('--days <days>', 'for how many days it is valid').argParser(Number).default(365))
    .option('--rate <rates>', 'requests a second in place of the usual limits, such as reads=200,writes=50')
    .action(async (person: string, options: AskOptions & { days: number; rate?: string }) => {
      const path = Client.path('people', person, 'keys');
      const { days, rate } = options;
      const body = { days, ...(rate === undefined ? {} : { limits: { rates: ratesIn(rate) } }) };
      const answer = await clientOf(options).post<KeyIssued>(path, saying(body));
      print(terminal, options, answer, ({ key }) => key);
    });
  askingOptions(
    group.command('link <person>').summary('make a sign-in link, which is printed once'),
    terminal,
  )
    .description(
      'Makes a link by which a person sets a password and signs in on the page: once, and within 24 hours. The password that they had before stays until then.',
    )
    .action(async (person: string, options: AskOptions) => {
      const path = Client.path('people', person, 'links');
      const answer = await clientOf(options).post<{ url: string }>(path, saying(undefined));
      print(terminal, options, answer, ({ url }) => url);
    });
  askingOptions(
    group.command('sign-out <person>').summary('end the sessions, devices and links of a person'),
    terminal,
  ).action(async (person: string, options: AskOptions) => {
    await clientOf(options).post(Client.path('people', person, 'sign-out'), saying(undefined));
    if (!options.json) terminal.out(either(options.lang, 'Done.', '已完成。'));
  });
  enrolCommand(group, terminal);
  identityCommands(group, terminal);
  removal(group, terminal, 'revoke-key <person> <key>', 'revoke a key by its public id', ['people', 'keys']);
  closingCommand(group, terminal);
  momentOptions(askingOptions(group.command('access').summary('who could do what, on any day'), terminal))
    .description('Lists who could do what on a day, as known at a moment.')
    .action(async (options: MomentOptions) => {
      const client = clientOf(options);
      const query = await momentQuery(client, options);
      const answer = await client.get<{ items: PersonRights[] }>('access', query);
      print(terminal, options, answer, ({ items }) => rightsTable(items, options.lang));
    });
  readsCommand(group, terminal);
}

/** The rates of a key, such as `reads=200,writes=50`. */
function ratesIn(text: string): Record<string, number> {
  const rates: Record<string, number> = {};
  for (const part of text.split(',')) {
    const [, name, count] = /^(reads|writes)=(\d{1,5})$/.exec(part.trim()) ?? [];
    if (name === undefined || count === undefined)
      throw usage({
        en: `--rate is "${text}"; expected requests a second, such as reads=200,writes=50.`,
        zh: `--rate 为“${text}”；应为每秒请求数，如 reads=200,writes=50。`,
      });
    rates[name] = Number(count);
  }
  return rates;
}

function scopeOf({ district, project }: ScopeOptions): Scope {
  if (district !== undefined && project !== undefined)
    throw usage({
      en: '--district and --project: expected one of them, or neither for the whole installation.',
      zh: '--district 与 --project：只填一项；全系统时都不填。',
    });
  if (district !== undefined) return { kind: 'district', district };
  return project === undefined ? { kind: 'installation' } : { kind: 'project', project };
}
