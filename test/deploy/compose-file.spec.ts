import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import {
  mountsOf,
  nameFaults,
  readComposeFile,
  type Service,
  schemaFaults,
  startedBy,
  withDependencies,
} from './compose-file.js';
import { root, textOf } from './tree.js';

const text = textOf('docker-compose.yml');
const file = readComposeFile(text);
const cluster = ['topout-1', 'topout-2', 'event-store-1', 'event-store-2', 'event-store-3', 'certificates'];
const eventStores = cluster.filter((name) => name.startsWith('event-store-'));

function service(name: string): Service {
  const found = file.services[name];
  if (!found) throw new Error(`docker-compose.yml has no service ${name}`);
  return found;
}

/** The file with one piece of text replaced. */
function changed(from: string, to: string) {
  expect(text).toContain(from);
  return readComposeFile(text.replace(from, to));
}

/** The variables that the service reads, with `_FILE` for those that may be in a file. */
function settingsRead(): string[] {
  const folder = join(root, 'src', 'composition', 'settings');
  const source = readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
  const plain = [...source.matchAll(/\benv\.([A-Z][A-Z_]+)/g)].map(([, name = '']) => name);
  const switched = [...source.matchAll(/\b(?:isOn)\(env, '([A-Z_]+)'/g)].map(([, name = '']) => name);
  const secret = [...source.matchAll(/\bsecretOf\(env, '([A-Z_]+)'/g)].map(([, name = '']) => name);
  return [...plain, ...switched, ...secret.flatMap((name) => [name, `${name}_FILE`])];
}

test('the file follows the compose specification', () => {
  expect(schemaFaults(file)).toEqual([]);
});

test.each([
  ['a misspelt key', 'restart: unless-stopped', 'restrat: unless-stopped', 'restrat'],
  ['a condition that is none', 'condition: service_healthy', 'condition: healthy', 'condition'],
  ['a list in place of a map', 'services:\n  topout:\n', 'services:\n  topout: []\n  other:\n', 'topout'],
])('%s is refused by the specification', (_, from, to, named) => {
  expect(schemaFaults(changed(from, to)).join('\n')).toContain(named);
});

test('every name that a service uses is in the file, and no host port is used twice', () => {
  expect(nameFaults(file)).toEqual([]);
});

test.each([
  ["['data:/data', 'keys:/keys']", "['date:/data', 'keys:/keys']", 'topout: no volumes "date"'],
  ['topout-1: { condition', 'topout-0: { condition', 'topout-2: no services "topout-0"'],
  ['./deploy/certificates.sh', './deploy/certificate.sh', 'certificates: no file "./deploy/certificate.sh"'],
  ['127.0.0.1:3002:3000', '127.0.0.1:3001:3000', 'topout-2: port 3001 is taken'],
  ['network_mode: none', 'networks: [inner]', 'certificates: no networks "inner"'],
])('"%s" written as "%s" is detected', (from, to, fault) => {
  expect(nameFaults(changed(from, to))).toEqual([fault]);
});

test('without a profile the embedded service starts alone', () => {
  expect(startedBy(file, [])).toEqual(['topout']);
});

test('the two replicas start the whole cluster, and not the embedded service', () => {
  expect(startedBy(file, ['cluster'])).toEqual(['topout', ...cluster]);
  const brought = new Set(['topout-1', 'topout-2'].flatMap((name) => withDependencies(file, name)));
  expect([...brought].sort()).toEqual([...cluster].sort());
  expect(withDependencies(file, 'topout')).toEqual(['topout']);
});

test('Topout gets no variable that it does not read', () => {
  const read = settingsRead();
  expect(read).toContain('TOPOUT_VAULT');
  expect(read).toContain('TOPOUT_SMTP_URL_FILE');
  for (const name of ['topout', 'topout-1', 'topout-2']) {
    const given = Object.keys(service(name).environment ?? {});
    expect(given.filter((one) => !read.includes(one))).toEqual([]);
  }
});

test('replicas share the keys and no other writable data', () => {
  const written = (name: string) => mountsOf(service(name)).filter(({ isReadOnly }) => !isReadOnly);
  const sources = ['topout-1', 'topout-2'].flatMap((name) => written(name).map(({ source }) => source));
  expect(sources.sort()).toEqual(['cluster-keys', 'cluster-keys', 'data-1', 'data-2']);
});

test('keys and the address of the event store are in a volume of the service that reads them', () => {
  for (const name of ['topout', 'topout-1', 'topout-2']) {
    const { environment = {} } = service(name);
    const targets = mountsOf(service(name)).map(({ target }) => target);
    const paths = [environment.TOPOUT_VAULT, environment.EVENT_STORE_URL_FILE].filter(
      (path) => path !== undefined,
    );
    for (const path of paths) expect(targets).toContain(String(path).replace(/\/[^/]+$/, ''));
  }
});

test('each node of the event store knows the two others, its own name and its own certificate', () => {
  for (const [index, name] of eventStores.entries()) {
    const others = eventStores.filter((other) => other !== name).map((other) => `${other}:2113`);
    const folder = `/certificates/node${index + 1}`;
    expect(service(name).environment).toMatchObject({
      EVENTSTORE_CLUSTER_SIZE: 3,
      EVENTSTORE_GOSSIP_SEED: others.join(','),
      EVENTSTORE_NODE_HOST_ADVERTISE_AS: name,
      EVENTSTORE_REPLICATION_HOST_ADVERTISE_AS: name,
      EVENTSTORE_CERTIFICATE_FILE: `${folder}/node.crt`,
      EVENTSTORE_CERTIFICATE_PRIVATE_KEY_FILE: `${folder}/node.key`,
    });
    expect(mountsOf(service(name))).toEqual([
      { source: name, target: '/var/lib/eventstore', isReadOnly: false },
      { source: 'certificates', target: '/certificates', isReadOnly: true },
    ]);
    expect(service(name).depends_on).toEqual({
      certificates: { condition: 'service_completed_successfully' },
    });
  }
});

test('no password is in the file, and nothing is reachable from other machines', () => {
  const passwords = Object.values(file.services)
    .flatMap(({ environment }) => Object.entries(environment ?? {}))
    .filter(([name]) => name.includes('PASSWORD'));
  expect(passwords).toHaveLength(9);
  for (const [, value] of passwords)
    expect(value).toMatch(/^\$\{EVENT_STORE_(ADMIN|OPS|TOPOUT)_PASSWORD:-\}$/);
  const ports = Object.values(file.services).flatMap((one) => one.ports ?? []);
  expect(ports).toEqual(['127.0.0.1:3000:3000', '127.0.0.1:3001:3000', '127.0.0.1:3002:3000']);
});

const hasCompose = spawnSync('docker', ['compose', 'version']).status === 0;
if (!hasCompose) console.log('left out: docker compose config, because there is no docker compose');

(hasCompose ? test : test.skip).each([[[]], [['--profile', 'cluster']]])(
  'docker compose reads the file with %j',
  (profile: string[]) => {
    const run = spawnSync('docker', ['compose', ...profile, 'config', '-q'], { cwd: root, encoding: 'utf8' });
    expect({ status: run.status, err: run.stderr }).toEqual({ status: 0, err: '' });
  },
);

test('no service can fill the memory or the disk of the machine, and no node reports to its vendor', () => {
  for (const name of ['topout', ...cluster]) {
    const bounds = service(name) as { mem_limit?: string; logging?: { options?: object } };
    expect([name, bounds.mem_limit]).toEqual([name, expect.stringMatching(/\d+[gm]\}?$/)]);
    expect(bounds.logging?.options).toEqual({ 'max-size': '10m', 'max-file': '5' });
  }
  for (const name of eventStores)
    expect(service(name).environment).toMatchObject({ EVENTSTORE_TELEMETRY_OPTOUT: 'true' });
});
