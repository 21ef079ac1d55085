import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { Client } from '../../client/client.js';
import { usage } from '../../client/failure.js';
import { askedOf } from '../../input/near-projects.js';
import { type AskOptions, askingOptions, clientOf } from '../../input/options.js';
import type { Terminal } from '../../terminal.js';
import { either } from '../../views/words.js';

interface BundleOptions extends AskOptions {
  out?: string;
}

/** `topout bundle`: all entries of a project with their proofs, in one file that is checked without network. */
export function bundleCommand(program: Command, terminal: Terminal): void {
  askingOptions(program.command('bundle <project>'), terminal)
    .summary('write all entries of a project with their proofs to a file')
    .description(
      'Writes all entries of a project up to the latest checkpoint, each with the proof that it is in the log, to a file. "topout verify FILE" checks it without network (docs/bundle-format.md).',
    )
    .option('--out <file>', 'the file to write, which must not exist (default: PROJECT.bundle)')
    .action(async (project: string, options: BundleOptions) => {
      const client = clientOf(options);
      const path = Client.path('projects', project, 'bundle');
      const { text } = await askedOf(client, project, () => client.get<string>(path));
      if (options.json) return terminal.out(text.replace(/\n$/, ''));
      const { out = `${project}.bundle`, lang } = options;
      try {
        writeFileSync(out, text, { flag: 'wx' });
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        throw usage({
          en: `${out} cannot be written (${code}); expected a new file in a folder that is there.`,
          zh: `无法写入 ${out}（${code}）；应为已有目录中的新文件。`,
        });
      }
      const entries = /^entries (\d+)$/m.exec(text)?.[1] ?? '0';
      terminal.out(
        either(
          lang,
          `${out}: ${entries} entries of ${project}. Check it with "${terminal.calledAs} verify ${out}".`,
          `${out}：${project} 的 ${entries} 条记录。可用“${terminal.calledAs} verify ${out}”核验。`,
        ),
      );
    });
}
