import { type Command, Option } from 'commander';
import type { LedgerKeys } from '../../../app/ledger/ledger-answers.js';
import { acceptRollback, ledgerKeysOf, rotateLedgerKey } from '../../../maintenance/ledger.js';
import type { Terminal } from '../../terminal.js';
import { requireStore } from './store-commands.js';
import { asFailure } from './store-failure.js';

interface LedgerOptions {
  data: string;
  json?: true;
}

/** `topout ledger`: the keys that sign the ledger, and the end of one whose store was set back. */
export function ledgerCommand(program: Command, terminal: Terminal): void {
  const ledger = program
    .command('ledger')
    .summary('show and replace the key that signs the ledger')
    .description('The key that signs checkpoints of the log; see docs/ledger.md.');
  part(ledger, 'keys', 'print the verifier keys of the ledger').action(
    async ({ data, json }: LedgerOptions) => {
      const found = await asFailure(ledgerKeysOf(data));
      terminal.out(json ? JSON.stringify(found) : keysText(found));
    },
  );
  part(ledger, 'rotate', 'replace the key; the one before hands over to it').action(
    async ({ data, json }: LedgerOptions) => {
      const found = await asFailure(rotateLedgerKey(data));
      terminal.out(json ? JSON.stringify(found) : keysText(found));
    },
  );
  part(ledger, 'accept-rollback', 'continue from a store that was set back').action(
    async ({ data, json }: LedgerOptions) => {
      requireStore(data);
      const { file, signed, events } = await asFailure(acceptRollback(data));
      const aside =
        file === undefined
          ? 'The last checkpoint that is known'
          : `${file} holds the ledger before, whose last checkpoint`;
      const done = `${aside} covers ${signed} entries; another one starts from the ${events} entries of the store, and the next event says that it was set back. Everybody who kept a checkpoint of the one before sees that the log does not continue it: tell them why.`;
      terminal.out(json ? JSON.stringify({ file, signed, events }) : done);
    },
  );
}

function part(ledger: Command, name: string, summary: string): Command {
  return ledger
    .command(name)
    .summary(summary)
    .description(`${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`)
    .addOption(new Option('--data <folder>', 'the data folder').env('TOPOUT_DATA').default('data'))
    .option('--json', 'print JSON');
}

/** Each key on a line, the one that signs last. */
function keysText({ keys }: LedgerKeys): string {
  return keys.map(({ vkey, since }) => `${vkey}  since ${since}`).join('\n');
}
