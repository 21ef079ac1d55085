import type { Command } from 'commander';
import { dayWords } from '../../../../domain/values/day-words.js';
import type { AlertReceipt } from '../../../app/alerts/alerts.js';
import { Client } from '../../client/client.js';
import { alertIdOf } from '../../input/ids.js';
import {
  askingOptions,
  businessDay,
  clientOf,
  print,
  type SayOptions,
  saying,
  sayingOptions,
} from '../../input/options.js';
import { checkDay, dayOf } from '../../input/period.js';
import type { Terminal } from '../../terminal.js';
import { either } from '../../views/words.js';

interface AcknowledgeOptions extends SayOptions {
  name: string;
  due: string;
  note?: string;
}

interface SilenceOptions extends SayOptions {
  until: string;
  reason: string;
}

/** `topout alerts acknowledge`: acknowledges an alert with a name and a day. */
export function acknowledgeCommand(group: Command, terminal: Terminal): void {
  const command = group.command('acknowledge <id>').summary('take an alert on, with a name and a day');
  sayingOptions(askingOptions(command, terminal))
    .description('Takes an alert on: it does not climb until the end of the day that is named.')
    .requiredOption('--name <name>', 'who answers for it')
    .requiredOption('--due <day>', 'the last day to answer: a day or today')
    .option('--note <text>', 'what is being done')
    .action(async (typed: string, options: AcknowledgeOptions) => {
      const { name, due, note, lang: language } = options;
      await say(terminal, options, typed, 'acknowledgement', ['--due', due], (dueOn) => ({
        body: { name, dueOn, note },
        told: either(
          language,
          `Taken on by ${name}, to be answered by ${dayWords(dueOn).en}`,
          `${name}已认领，${dayWords(dueOn).zh}前答复`,
        ),
      }));
    });
}

/** `topout alerts silence`: silences an alert for a time. */
export function silenceCommand(group: Command, terminal: Terminal): void {
  const command = group.command('silence <id>').summary('tell nobody of an alert until a day');
  sayingOptions(askingOptions(command, terminal))
    .description('Tells nobody of an alert until the end of a day; what gets worse is recorded all the same.')
    .requiredOption('--until <day>', 'the last day of the silence: a day or today')
    .requiredOption('--reason <text>', 'why')
    .action(async (typed: string, options: SilenceOptions) => {
      const { until, reason, lang: language } = options;
      await say(terminal, options, typed, 'silence', ['--until', until], (day) => ({
        body: { until: day, reason },
        told: either(
          language,
          `Silenced until the end of ${dayWords(day).en}`,
          `${dayWords(day).zh}（含当日）前暂停通知`,
        ),
      }));
    });
}

async function say(
  terminal: Terminal,
  options: SayOptions,
  typed: string,
  what: string,
  [option, said]: [string, string],
  of: (day: string) => { body: object; told: string },
): Promise<void> {
  checkDay(said, option);
  const client = clientOf(options);
  const id = await alertIdOf(client, typed);
  const { body, told } = of(dayOf(said, option, await businessDay(client)));
  const answer = await client.post<AlertReceipt>(Client.path('alerts', id, what), saying(body, options));
  print(terminal, options, answer, ({ id: entry, position }) =>
    either(
      options.lang,
      `${told}.\n  entry ${entry}, position ${position}`,
      `${told}。\n  记录号 ${entry}，位置 ${position}`,
    ),
  );
}
