import type { Command } from 'commander';
import type { PersonAnswer } from '../../../app/access/access.js';
import { Client } from '../../client/client.js';
import { type AskOptions, askingOptions, clientOf, print, saying } from '../../input/options.js';
import type { Terminal } from '../../terminal.js';
import { erasureText } from '../../views/people.js';
import { either } from '../../views/words.js';

/** `topout admin erase` and `cancel-erasure`. */
export function erasureCommands(group: Command, terminal: Terminal): void {
  askingOptions(
    group.command('erase <person>').summary('erase a person and what they wrote, for good'),
    terminal,
  )
    .description(
      'Removes a person and destroys the keys of what they wrote: remarks, reasons and names in their entries cannot be read again by anybody. Their entries and figures stay. It cannot be undone. Where there is another administrator, the first one asks for it, and another one confirms it by the same command within seven days.',
    )
    .action(async (person: string, options: AskOptions) => {
      const path = Client.path('people', person, 'erasure');
      const answer = await clientOf(options).post<PersonAnswer>(path, saying(undefined));
      print(terminal, options, answer, (body) => erasureText(body, options.lang));
    });
  askingOptions(
    group.command('cancel-erasure <person>').summary('cancel a request to erase a person'),
    terminal,
  ).action(async (person: string, options: AskOptions) => {
    await clientOf(options).delete(Client.path('people', person, 'erasure'), saying(undefined));
    if (!options.json) terminal.out(either(options.lang, 'Done.', '已完成。'));
  });
}
