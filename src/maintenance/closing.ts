import { accessStream } from '../../domain/access/events.js';
import { type GovernanceEvent, governanceStream } from '../../domain/governance/events.js';
import { emptyGovernance, replayGovernance } from '../../domain/governance/governance.js';
import { ofProjects } from '../../domain/log/any-event.js';
import { projectOf } from '../../domain/project/events.js';
import { prepareDataFolder } from '../composition/folder/data-folder.js';
import { onData, readConfig } from '../composition/settings/config.js';
import { openStore } from '../composition/store/open-store.js';
import { world } from '../composition/world.js';
import { type Closing, ownerless, StatedAuthors } from './stated-authors.js';

/**
 * What closing changes, read from the store itself, with the service stopped.
 *
 * @throws StoreInUse a service runs on it
 */
export async function closingOf(dataPath: string): Promise<Closing> {
  const config = onData(readConfig(), dataPath);
  prepareDataFolder(config.dataPath);
  const { store } = await openStore(config, world);
  try {
    const authors = new StatedAuthors();
    const governance: GovernanceEvent[] = [];
    let isClosed = false;
    for await (const page of store.readAll()) {
      for (const event of ofProjects(page))
        authors.add({
          by: event.by,
          project: projectOf(event.stream),
          recordedAt: event.recordedAt,
          isImported: event.entry.source.kind === 'import',
          isSignedIn: event.entry.verification === 'signed-in',
        });
      isClosed ||= page.some(({ stream }) => stream === accessStream);
      governance.push(...page.filter((event): event is GovernanceEvent => event.stream === governanceStream));
    }
    const { subscriptions } = replayGovernance(emptyGovernance(), governance);
    return {
      isClosed,
      entries: authors.entries,
      stated: authors.list(),
      subscriptions: ownerless(subscriptions),
    };
  } finally {
    await store.close();
  }
}
