import { type Command, Option } from 'commander';
import type { LedgerKeys } from '../../../app/ledger/ledger-answers.js';
import { languageOption } from '../../input/options.js';
import type { Language, Terminal } from '../../terminal.js';
import { either } from '../../views/words.js';
import { requireStore } from './store-commands.js';
import { asFailure } from './store-failure.js';

interface LedgerOptions {
  data: string;
  lang: Language;
  json?: true;
}

/** Loaded only where it is used. */
const keeping = () => import('../../../maintenance/ledger.js');

/** `topout ledger`: the keys that sign the ledger, and the end of one whose store was set back. */
export function ledgerCommand(program: Command, terminal: Terminal): void {
  const ledger = program
    .command('ledger')
    .summary('show and replace the key that signs the ledger')
    .description('The key that signs checkpoints of the log; see docs/ledger.md.');
  part(terminal, ledger, 'keys', 'print the verifier keys of the ledger').action(
    async ({ data, json, lang }: LedgerOptions) => {
      const found = await asFailure(keeping().then(({ ledgerKeysOf }) => ledgerKeysOf(data)));
      terminal.out(json ? JSON.stringify(found) : keysText(found, lang));
    },
  );
  part(terminal, ledger, 'rotate', 'replace the key; the one before hands over to it').action(
    async ({ data, json, lang }: LedgerOptions) => {
      const found = await asFailure(keeping().then(({ rotateLedgerKey }) => rotateLedgerKey(data)));
      terminal.out(json ? JSON.stringify(found) : keysText(found, lang));
    },
  );
  part(terminal, ledger, 'accept-rollback', 'continue from a store that was set back').action(
    async ({ data, json, lang }: LedgerOptions) => {
      requireStore(data);
      const { file, signed, events } = await asFailure(
        keeping().then(({ acceptRollback }) => acceptRollback(data)),
      );
      const aside =
        file === undefined
          ? { en: 'The last checkpoint that is known', zh: '已知的最后一个检查点' }
          : {
              en: `${file} holds the ledger before, whose last checkpoint`,
              zh: `${file} 保存了此前的账本，其最后一个检查点`,
            };
      const done = either(
        lang,
        `${aside.en} covers ${signed} entries; another one starts from the ${events} entries of the store, and the next event says that it was set back. Everybody who kept a checkpoint of the one before sees that the log does not continue it: tell them why.`,
        `${aside.zh}覆盖 ${signed} 条记录；新账本从存储中的 ${events} 条记录开始，下一条事件会说明存储曾被回退。凡留存此前检查点者都会发现日志并非其延续：请向其说明原因。`,
      );
      terminal.out(json ? JSON.stringify({ file, signed, events }) : done);
    },
  );
}

function part(terminal: Terminal, ledger: Command, name: string, summary: string): Command {
  return ledger
    .command(name)
    .summary(summary)
    .description(`${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`)
    .addOption(new Option('--data <folder>', 'the data folder').env('TOPOUT_DATA').default('data'))
    .addOption(languageOption(terminal))
    .option('--json', 'print JSON');
}

/** Each key on a line, the one that signs last. */
function keysText({ keys }: LedgerKeys, language: Language): string {
  return keys
    .map(({ vkey, since }) => either(language, `${vkey}  since ${since}`, `${vkey}  自 ${since} 起`))
    .join('\n');
}
