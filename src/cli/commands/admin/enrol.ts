import type { Command } from 'commander';
import { codeMinutes } from '../../../../domain/access/devices.js';
import type { CodeIssued } from '../../../app/access/access.js';
import { Client } from '../../client/client.js';
import { type AskOptions, askingOptions, clientOf, print, saying } from '../../input/options.js';
import type { Terminal } from '../../terminal.js';
import { qrText } from '../../views/qr-text.js';
import { either } from '../../views/words.js';

/** `topout admin enrol`: a code by which a phone becomes that of a person. */
export function enrolCommand(group: Command, terminal: Terminal): void {
  askingOptions(
    group.command('enrol <person>').summary('make a code that enrols a phone of a person'),
    terminal,
  )
    .description(
      `Makes a code by which one phone logs as the person from then on. It is valid for ${codeMinutes} minutes and used once; the code before it ends. The phone opens the address, or its page of the log, where the code is typed.`,
    )
    .option('--no-qr', 'without the picture of the address')
    .action(async (person: string, options: AskOptions & { qr: boolean }) => {
      const client = clientOf(options);
      const path = Client.path('people', person, 'enrolments');
      const answer = await client.post<CodeIssued & { address: string }>(path, saying(undefined));
      print(terminal, options, answer, (body) => shown(body, options));
    });
}

function shown(
  { code, address }: CodeIssued & { address: string },
  { lang, qr }: AskOptions & { qr: boolean },
) {
  const words = either(
    lang,
    `Code: ${code}   (valid for ${codeMinutes} minutes, used once)\nOn the phone: ${address}`,
    `代码：${code}   （${codeMinutes} 分钟内有效，仅限一次）\n在手机上打开：${address}`,
  );
  return qr ? `${words}\n\n${qrText(address)}` : words;
}
