import { compose } from '../../src/composition/compose.js';
import type { Composed } from '../../src/composition/composed.js';
import { readConfig } from '../../src/composition/settings/config.js';
import { world } from '../../src/composition/world.js';
import { createHttpApp } from '../../src/http/app.js';

/** A service that asks for a sign-in, in this process: it starts in a fraction of the time of another one. */
export interface ServiceInside {
  at: string;
  composed: Composed;
  /** Ends it; a second call does nothing. */
  close(): Promise<void>;
}

/** Starts a service on a data folder, and its evaluation of alerts. */
export async function serviceInside(dataPath: string, vaultPath: string): Promise<ServiceInside> {
  const config = readConfig({
    TOPOUT_DATA: dataPath,
    TOPOUT_VAULT: vaultPath,
    TOPOUT_TODAY: '2018-07-10',
    TOPOUT_EXAMPLE: 'off',
  });
  const composed = await compose(config);
  const app = await createHttpApp(composed.topout, { after: world.after, measures: composed.measures });
  await app.listen(0, '127.0.0.1');
  await composed.watch();
  let closing: Promise<void> | undefined;
  return {
    at: await app.getUrl(),
    composed,
    close() {
      closing ??= app.close().then(() => composed.close());
      return closing;
    },
  };
}
