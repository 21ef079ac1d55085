import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serverProjections } from '../../projections/server/all.js';
import { type Difference, difference } from '../../projections/server/difference.js';
import {
  afterServerEvent,
  emptyPartition,
  type ServerProjection,
} from '../../projections/server/server-projection.js';
import { ProjectionEngine, ScriptFault } from '../event-store/projection-engine.js';

/** A script of this build is missing or faulty; nothing was deployed. */
export class ScriptUnusable extends Error {}

/** A script to deploy; its version is a hash of every byte. */
export interface ServerScript {
  projection: ServerProjection;
  version: string;
  /** The name on the server without the second of its deployment, such as `topout.project-state@3f2a91c0`. */
  name: string;
  text: string;
}

/** Where the build puts the scripts: beside `dist/src`, or in `dist` when running from source. */
const builtFolder = ['../../server-projections', '../../dist/server-projections']
  .map((path) => join(import.meta.dirname, path))
  .find((path) => existsSync(path));

/**
 * Reads the built scripts, for streams with a prefix.
 *
 * @throws ScriptUnusable the build was not run
 */
export function readScripts(prefix: string, folder = builtFolder): ServerScript[] {
  return serverProjections.map((projection) => {
    const path = join(folder ?? 'dist', `${projection.name}.js`);
    if (!existsSync(path)) throw new ScriptUnusable(`There is no script ${path}; run "npm run build" first.`);
    const folded = `var topoutPrefix = ${JSON.stringify(prefix)};\n${readFileSync(path, 'utf8')}`;
    const version = createHash('sha256').update(folded).digest('hex').slice(0, 8);
    const name = `${prefix}${projection.name}@${version}`;
    return {
      projection,
      version,
      name,
      text: `// ${name}: made by Topout; see docs/server-projections.md\n${folded}`,
    };
  });
}

/**
 * Runs a script over the possible first events of a project, in an engine like the server's.
 *
 * @throws ScriptUnusable
 */
export function tryScript({ projection, name, text }: Omit<ServerScript, 'version'>, prefix: string): void {
  const envelope = { streamId: `${prefix}${projection.streams}trial`, eventId: 'trial', isJson: true };
  const metadata = { at: '2018-07-10T01:02:03.004Z', by: 'trial', prev: '', schema: 1, v: 1 };
  const entryMetadata = { asOf: '2018-06-30', precision: 'day', source: { kind: 'system' } };
  const first =
    projection.streams === 'project-'
      ? { eventType: 'ProjectRegistered', body: { name: { en: 'Trial' }, entryMetadata } }
      : { eventType: 'NoticeFailed', body: { alert: 'trial', entryMetadata } };
  const event = { ...envelope, ...first, metadata, sequenceNumber: 0 };
  const here = afterServerEvent(projection, emptyPartition(), event, prefix);
  let found: Difference | undefined;
  try {
    const engine = new ProjectionEngine(text);
    engine.handleEvent(event);
    found = difference(plainJson(here), engine.states.get('trial'));
  } catch (error) {
    if (error instanceof ScriptFault) throw new ScriptUnusable(`${name}: ${error.message}`, { cause: error });
    throw error;
  }
  if (found)
    throw new ScriptUnusable(`${name} and this build differ on a first event at ${found.path || 'the top'}.`);
}

/** A value after a JSON round trip. */
export function plainJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
