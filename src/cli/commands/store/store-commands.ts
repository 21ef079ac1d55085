import { existsSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { exitCodes } from '../../../composition/exit-codes.js';
import {
  backupStore,
  clusterHosts,
  diagnose,
  hasStore,
  rebuildViews,
  restoreStore,
} from '../../../maintenance/data-folder.js';
import { failure } from '../../client/failure.js';
import type { Terminal } from '../../terminal.js';
import { startProgress } from '../../views/progress.js';
import { diagnosisText } from './diagnosis.js';
import { asFailure } from './store-failure.js';

interface StoreOptions {
  data: string;
  json?: true;
}

/** `topout rebuild`: rebuilds the views from the log. */
export function rebuildCommand(program: Command, terminal: Terminal): void {
  storeCommand(program, 'rebuild', 'make the views again from the log')
    .description('Makes the views again from the log, beside the ones in use, and puts them in their place.')
    .action(async ({ data, json }: StoreOptions) => {
      const hosts = await asFailure(clusterHosts());
      if (hosts === undefined) requireStore(data);
      const events = await watched(terminal, 'Rebuilding', (onProgress) => rebuildViews(data, onProgress));
      terminal.out(
        json
          ? JSON.stringify({ dataPath: data, events })
          : `The views in ${data} were made again from ${events} events${hosts === undefined ? '' : ` on ${hosts}`}.`,
      );
    });
}

/** `topout backup`: the store in one verified file. */
export function backupCommand(program: Command, terminal: Terminal): void {
  storeCommand(program, 'backup <file>', 'copy the store into one file')
    .description(
      'Copies the store into one new file and verifies every event in it. An existing file is not overwritten.',
    )
    .action(async (file: string, { data, json }: StoreOptions) => {
      await requireEmbedded(
        data,
        `"topout copy cluster ${file}" makes a verified copy of the cluster in one file.`,
      );
      requireStore(data);
      requireNothingAt(file);
      const { events, streams, head } = await watched(terminal, 'Verifying', (onProgress) =>
        backupStore(data, file, onProgress),
      );
      const made = `${file} holds ${events} events of ${streams} streams up to position ${head}; every one was verified.`;
      terminal.out(json ? JSON.stringify({ file, events, streams, head }) : made);
    });
}

/** `topout restore`: a backup into a folder without a store. */
export function restoreCommand(program: Command, terminal: Terminal): void {
  storeCommand(program, 'restore <file>', 'put a backup into a data folder')
    .description(
      'Verifies a backup and puts it into a data folder that has no store. Nothing is overwritten.',
    )
    .action(async (file: string, { data, json }: StoreOptions) => {
      await requireEmbedded(data, `"topout copy ${file} cluster" puts a backup on the cluster.`);
      if (!existsSync(file))
        throw notFound(`There is no file ${file}; expected a backup that "topout backup" made.`);
      if (hasStore(data)) {
        const detail = `${data} holds a store already, and nothing is overwritten; choose another folder with --data, or move that one away.`;
        throw failure(exitCodes.inUse, 'The folder holds a store', detail);
      }
      const { events, streams, head } = await watched(terminal, 'Verifying', (onProgress) =>
        restoreStore(file, data, onProgress),
      );
      const restored = [
        `${data} holds ${events} events of ${streams} streams up to position ${head}; every one was verified.`,
        'A set business day (as the example district has) is not part of a backup: name it with TOPOUT_TODAY, or the real day counts. Neither are the keys of subscriptions: put the vault beside the folder (TOPOUT_VAULT).',
      ];
      terminal.out(json ? JSON.stringify({ dataPath: data, events, streams, head }) : restored.join('\n'));
    });
}

/** `topout doctor`: verifies every event, and reports the state of the folder. */
export function doctorCommand(program: Command, terminal: Terminal): void {
  storeCommand(program, 'doctor', 'verify every event and setting of a data folder')
    .description(
      'Verifies the hash, the place and the order of every event, and shows how the views and SQLite stand.',
    )
    .action(async ({ data, json }: StoreOptions) => {
      await requireEmbedded(
        data,
        '"topout copy cluster FILE" verifies every event of the cluster as it copies them.',
      );
      requireStore(data);
      const diagnosis = await watched(terminal, 'Verifying', (onProgress) => diagnose(data, onProgress));
      terminal.out(json ? JSON.stringify(diagnosis) : diagnosisText(diagnosis));
      const { length } = diagnosis.store.problems;
      if (length > 0) {
        const detail = `${length} problems were found in ${data}; restore a backup into another folder and compare.`;
        throw failure(exitCodes.damaged, 'The store is damaged', detail);
      }
    });
}

/** A command on a data folder. */
export function storeCommand(program: Command, name: string, summary: string): Command {
  return program
    .command(name)
    .summary(summary)
    .addOption(
      new Option('--data <folder>', 'the data folder; no service may hold it')
        .env('TOPOUT_DATA')
        .default('data'),
    )
    .option('--json', 'print JSON');
}

/** Runs work on a data folder with a progress bar. */
export function watched<Result>(
  terminal: Terminal,
  title: string,
  work: (onProgress: (done: number, of: number) => void) => Promise<Result>,
): Promise<Result> {
  const progress = startProgress(terminal, title, 'events');
  return asFailure(work((done, of) => progress.show(done, of))).finally(() => progress.stop());
}

/** Refuses work on the embedded store if the events are on a cluster, and names the alternative there. */
export async function requireEmbedded(data: string, instead: string): Promise<void> {
  const hosts = await asFailure(clusterHosts());
  if (hosts === undefined || hasStore(data)) return;
  const seen = `EVENT_STORE_URL names a cluster (${hosts}), and ${data} holds no store of its own`;
  throw failure(exitCodes.usage, 'The events are on a cluster', `${seen}. ${instead}`);
}

/** Refuses a folder without a store. */
export function requireStore(data: string): void {
  if (!hasStore(data))
    throw notFound(`There is no store in ${data}; expected the data folder of a service, see --data.`);
}

/** Refuses to overwrite a file. */
export function requireNothingAt(file: string): void {
  if (!existsSync(file)) return;
  throw failure(
    exitCodes.inUse,
    'The file exists',
    `${file} exists already, and nothing is overwritten; name a new file.`,
  );
}

function notFound(detail: string): Error {
  return failure(exitCodes.notFound, 'Not found', detail);
}
