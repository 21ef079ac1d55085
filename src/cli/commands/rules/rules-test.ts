import { type Command, Option } from 'commander';
import type { Tested } from '../../client/answers.js';
import type { Client } from '../../client/client.js';
import { jsonOf, naming } from '../../input/files.js';
import { warnOfUnknown } from '../../input/near-projects.js';
import { type AskOptions, askingOptions, businessDay, clientOf } from '../../input/options.js';
import { checkDay, dayOf } from '../../input/period.js';
import type { Terminal } from '../../terminal.js';
import { testedPage } from '../../views/alerts/rules-tested.js';
import { startProgress } from '../../views/progress.js';
import { ruleFile } from './rules-adopt.js';

interface TestOptions extends AskOptions {
  from: string;
  to: string;
  district?: string;
  sector?: string;
  project?: string;
  format: 'table' | 'json' | 'csv';
}

/** `topout rules test`: which alerts a file of rules would have raised; nothing is recorded. */
export function testRulesCommand(group: Command, terminal: Terminal): void {
  askingOptions(group.command('test <file>').summary('try a file of rules on all history'), terminal)
    .description(
      'Evaluates all history under a file of rules and under the adopted ones: which alerts each would have raised, and how long before a declared stall. Nothing is recorded, nobody is told.',
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
      const progress = startProgress(
        terminal,
        { en: 'Evaluating all history', zh: '评估全部历史' },
        { en: 'projects', zh: '个项目' },
      );
      const work = client.work<{ result: Tested; csv: string }>('rules/test', { body, query }, progress.show);
      const { result, csv } = await naming(file, work).finally(() => progress.stop());
      await warnOfUnknown(client, terminal, options);
      if (format === 'csv') return terminal.out(csv.replace(/\n$/, ''));
      if (format === 'json') return terminal.out(JSON.stringify(result));
      terminal.out(testedPage(result, terminal, options.lang));
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
