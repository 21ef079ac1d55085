import type { Command } from 'commander';
import type { AdoptedRules } from '../../../../domain/governance/rules.js';
import type { Rules } from '../../client/answers.js';
import type { Client } from '../../client/client.js';
import { Failure, inOtherWords, invalid } from '../../client/failure.js';
import { jsonOf, naming } from '../../input/files.js';
import { askingOptions, clientOf, type SayOptions, saying, sayingOptions } from '../../input/options.js';
import type { Terminal } from '../../terminal.js';
import { rulesChanges } from '../../views/alerts/rules-diff.js';
import { plain } from '../../views/table.js';
import { either } from '../../views/words.js';

interface AdoptOptions extends SayOptions {
  ifVersion?: string;
}

/** The content of a rules file. */
export const ruleFile = {
  en: 'a rule set as "topout rules show --json" prints it',
  zh: '规则集，即“topout rules show --json”的输出',
};

/** `topout rules adopt`: a file of rules becomes the next version; prints the changes. */
export function adoptRulesCommand(group: Command, terminal: Terminal): void {
  const command = group.command('adopt <file>').summary('adopt a file of rules as the next version');
  sayingOptions(askingOptions(command, terminal))
    .description(
      'Adopts a whole set of rules, as JSON, as the next version, and shows what changed; - reads standard input.',
    )
    .option(
      '--if-version <version>',
      'only if this is the version in force; a "version" in the file says the same',
    )
    .action(async (file: string, options: AdoptOptions) => {
      const said = jsonOf(file, ruleFile);
      const version = versionOf(options.ifVersion, '--if-version');
      const client = clientOf(options);
      const { body: before } = await client.get<Rules>('rules');
      const sending = {
        ...saying(said as object, options),
        version: version === undefined ? undefined : Number(version),
      };
      const work = client.put<Rules & { outcome: 'recorded' | 'already-said' }>('rules', sending);
      const answer = await naming(file, work).catch((error: unknown) => {
        throw stale(error, 'rules');
      });
      const { rules, outcome } = answer.body;
      if (options.json) return terminal.out(answer.text.trimEnd());
      const { lang: language } = options;
      if (outcome === 'already-said') {
        const same = `These rules are in force already, as version ${rules.version}; nothing was recorded.`;
        return terminal.out(either(language, same, `这些规则已在执行（第 ${rules.version} 版），未作记录。`));
      }
      const changes = rulesChanges(await previous(client, before, rules), rules, language);
      terminal.out(
        either(
          language,
          `Adopted as version ${rules.version}; against version ${rules.version - 1}:`,
          `已启用为第 ${rules.version} 版；与第 ${rules.version - 1} 版相比：`,
        ),
      );
      for (const change of changes) terminal.out(`  ${plain(change)}`);
    });
}

/** The version in an option. @throws Failure it is not one */
export function versionOf(typed: string | undefined, option: string): string | undefined {
  if (typed === undefined || /^[1-9]\d{0,8}$/.test(typed)) return typed;
  throw invalid(option, typed, { en: 'a version, a whole number from 1', zh: '版本号，从 1 起的整数' });
}

/** The rules before an adoption, even if somebody else adopted others meanwhile. */
async function previous(client: Client, before: Rules, after: AdoptedRules): Promise<AdoptedRules> {
  const version = after.version - 1;
  if (before.rules.version === version) return before.rules;
  return (await client.get<Rules>('rules', { version: String(version) })).body.rules;
}

/** Instructions if another version is in force than the one the file is based on. */
export function stale(error: unknown, group: 'rules' | 'lexicon'): unknown {
  if (!(error instanceof Failure) || !error.problem.type.endsWith('/revision-stale')) return error;
  return inOtherWords(error, (said, language) =>
    language === 'zh'
      ? `${said}请比较（“topout ${group} show”），并启用不含“version”或含该版本的文件。`
      : `${said} Compare them ("topout ${group} show") and adopt the file without "version", or with that one.`,
  );
}
