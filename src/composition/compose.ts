import { existsSync } from 'node:fs';
import { readingOf } from '../../domain/log/upcasting.js';
import type { FactTable } from '../../domain/project/facts/fact.js';
import { facts as knownFacts } from '../../domain/project/facts/facts.js';
import type { People } from '../app/access/people.js';
import { personalTexts } from '../app/access/personal-texts.js';
import type { PasswordCost } from '../app/access/sign-in/passwords.js';
import { ledgerKeyRing } from '../app/ledger/key-ring.js';
import { Ledger } from '../app/ledger/ledger.js';
import { LedgerQuery } from '../app/ledger/ledger-query.js';
import { Measures } from '../app/measures.js';
import type { World } from '../app/ports.js';
import { readSettings } from '../app/settings.js';
import type { Health } from '../app/topout.js';
import type { OnProgress } from '../app/views/make-views.js';
import { CheckpointFile, checkpointBeside } from '../vault/checkpoint-file.js';
import { openVault } from '../vault/vault.js';
import type { Composed } from './composed.js';
import { isOfFile, prepareDataFolder, unusable } from './folder/data-folder.js';
import { DataFolderUnusable } from './folder/data-folder-unusable.js';
import { ledgerPath, viewsPath } from './folder/data-paths.js';
import { Opened } from './opened.js';
import { type Config } from './settings/config.js';
import { measureAppends } from './store/measured-store.js';
import { openStore } from './store/open-store.js';
import { topoutOn } from './topout-on.js';
import { openViews } from './view-list.js';
import { elapsedMs, nextTurn, world } from './world.js';

/**
 * Opens the store and its views, and creates the application on them.
 *
 * @param onFatal called once when the store accepts no more writes and the process must end
 * @param onViewsFailure called when the views are stalled, once per kind of failure; they are retried
 * @param onAlertsFailure called when evaluation or delivery fails, once per kind of failure; it is retried
 * @throws DataFolderUnusable, SettingsDamaged, StoreInUse, StoreCorrupt
 */
export async function compose(
  config: Config,
  options: {
    world?: World;
    /** A monotonic clock in milliseconds for slicing long work; the process's clock by default. */
    elapsedMs?: () => number;
    onFatal?: (error: Error) => void;
    onViewsFailure?: (error: Error) => void;
    onAlertsFailure?: (error: Error) => void;
    /**
     * Called with a sentence when the state of a cluster changes, disk space runs low, or files were accessible to
     * others.
     */
    onStoreStatus?: (sentence: string) => void;
    onProgress?: OnProgress;
    /** Every fact that may be logged; those of the domain unless others are given. */
    facts?: FactTable;
    /** What the check of a password costs; that of `Passwords` unless another one is given. */
    passwordCost?: PasswordCost;
    /** Aborted to end the service during its start: everything opened is closed, and the reason is thrown. */
    ending?: AbortSignal;
  } = {},
): Promise<Composed> {
  const ports = options.world ?? world;
  const { facts = knownFacts } = options;
  const opened = new Opened();
  try {
    prepareDataFolder(config.dataPath, options.onStoreStatus);
    const settings = readSettings(config.dataPath);
    const measures = new Measures();
    const isNewVault = !existsSync(config.vaultPath);
    const vault = openVault(config.vaultPath);
    // Known once the log is read; texts are sealed from then on, and opened before.
    const known: { isPerson: (by: string) => boolean; people?: People } = { isPerson: () => false };
    const texts = personalTexts(
      vault,
      (by) => known.isPerson(by),
      () => known.people?.requireWritable(),
    );
    const reading = { ...readingOf(facts), texts };
    const onCommit = (count: number) => measures.committed(count);
    const { store, storeName } = await openStore(config, ports, { ...options, reading, onCommit });
    measureAppends(store, measures, options.elapsedMs ?? elapsedMs);
    opened.add(store);
    options.ending?.throwIfAborted();
    const ring = ledgerKeyRing(vault, ports);
    let whyNotHere = (): string | undefined => 'the service is starting';
    const ledger =
      config.keepsLedger === false
        ? undefined
        : opened.add(
            await Ledger.open({
              path: ledgerPath(config.dataPath),
              store,
              ring,
              world: ports,
              nextTurn,
              whyNotHere: () => whyNotHere(),
              remembered: config.cluster ? undefined : new CheckpointFile(checkpointBeside(config.vaultPath)),
              onFailure: options.onAlertsFailure,
            }),
          );
    const place = {
      store,
      world: ports,
      storeName,
      path: viewsPath(config.dataPath),
      ending: options.ending,
    };
    const onProgress: OnProgress = (done, of) => {
      options.ending?.throwIfAborted();
      options.onProgress?.(done, of);
    };
    const views = opened.add(await openViews(place, onProgress));
    options.ending?.throwIfAborted();
    if (options.onViewsFailure) views.failures$.subscribe(options.onViewsFailure);
    const today = { ...config, broughtDay: settings.today };
    const { passwordCost } = options;
    const on = {
      store,
      storeName,
      views,
      opened,
      vault,
      isNewVault,
      known,
      ledger: ledger && {
        query: new LedgerQuery(ledger.file, store.leaves, ring, config.witnesses ?? [], ports),
        kept: ledger,
      },
      facts,
      passwordCost,
      elapsedMs: options.elapsedMs ?? elapsedMs,
    };
    const topout = await topoutOn(on, today, ports, options.onAlertsFailure);
    options.ending?.throwIfAborted();
    whyNotHere = () => (config.cluster ? notSharing(topout.topout.health()) : undefined);
    ledger?.start();
    return { ...topout, store, views, measures, close: () => opened.close() };
  } catch (error) {
    await opened.close();
    throw isOfFile(error)
      ? new DataFolderUnusable(unusable(config.dataPath, error), { cause: error })
      : error;
  }
}

/** Why a replica does not sign the ledger; undefined for each one that has the keys of all replicas (record 0100). */
function notSharing({ deliveries, peopleUnreadable }: Health): string | undefined {
  return deliveries === undefined ? 'the service is starting' : (deliveries.whyNot ?? peopleUnreadable);
}
