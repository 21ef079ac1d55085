import type { Command } from 'commander';
import type { PersonAnswer } from '../../../app/access/access.js';
import { Client } from '../../client/client.js';
import { type AskOptions, askingOptions, clientOf, print, saying } from '../../input/options.js';
import type { Terminal } from '../../terminal.js';
import { personPage } from '../../views/people.js';
import { removal } from './removal.js';

/** `topout admin tie` and `untie`: what the provider of identities knows a person by. */
export function identityCommands(group: Command, terminal: Terminal): void {
  askingOptions(
    group.command('tie <person> <subject>').summary('tie a person to an identity at the provider'),
    terminal,
  )
    .description(
      'Ties a person to what the provider of TOPOUT_OIDC_ISSUER knows them by, its subject (sub): who signs in there by it is this person here. Somebody whose sign-in is refused sees their subject on the page.',
    )
    .action(async (person: string, subject: string, options: AskOptions) => {
      const path = Client.path('people', person, 'identities');
      const answer = await clientOf(options).post<PersonAnswer>(path, saying({ subject }));
      print(terminal, options, answer, (body) => personPage(body, options.lang));
    });
  removal(group, terminal, 'untie <person> <identity>', 'end the tie to an identity, by its public id', [
    'people',
    'keys',
  ]);
}
