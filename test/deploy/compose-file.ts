import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { CORE_SCHEMA, load, mergeTag } from 'js-yaml';
import { root, textOf } from './tree.js';

/** The parts of a service that the tests read. */
export interface Service {
  profiles?: string[];
  image?: string;
  build?: string;
  environment?: Record<string, string | number>;
  ports?: string[];
  volumes?: string[];
  networks?: string[];
  secrets?: string[];
  configs?: string[];
  network_mode?: string;
  depends_on?: Record<string, { condition: string }>;
}

export interface ComposeFile {
  services: Record<string, Service>;
  volumes?: Record<string, unknown>;
  networks?: Record<string, unknown>;
  secrets?: Record<string, unknown>;
  configs?: Record<string, unknown>;
}

/** Reads a compose file; `<<` merges, as in Docker Compose. */
export function readComposeFile(text: string): ComposeFile {
  return load(text, { schema: CORE_SCHEMA.withTags(mergeTag) }) as ComposeFile;
}

/** Violations of the compose specification's schema; undefined if there are none. */
export function schemaFaults(file: ComposeFile): string[] {
  return isCompose(file)
    ? []
    : (isCompose.errors ?? []).map(({ instancePath, message, params }) =>
        `${instancePath} ${message} ${Object.values(params)}`.trim(),
      );
}

/** Names that a service uses and the file lacks, and duplicate host ports; undefined if there are none. */
export function nameFaults(file: ComposeFile): string[] {
  const hostPorts = new Set<string>();
  return Object.entries(file.services).flatMap(([name, service]) => {
    const kinds = ['networks', 'secrets', 'configs'] as const;
    const named = kinds.flatMap((kind) => (service[kind] ?? []).map((one) => ({ kind, one })));
    const missing = [
      ...named,
      ...mountsOf(service).map(({ source }) => ({ kind: 'volumes' as const, one: source })),
    ]
      .filter(({ one }) => !one.startsWith('./'))
      .filter(({ kind, one }) => !Object.hasOwn(file[kind] ?? {}, one))
      .map(({ kind, one }) => `${name}: no ${kind} "${one}"`);
    const files = mountsOf(service)
      .filter(({ source }) => source.startsWith('./') && !existsSync(join(root, source)))
      .map(({ source }) => `${name}: no file "${source}"`);
    const services = Object.keys(service.depends_on ?? {})
      .filter((other) => !Object.hasOwn(file.services, other))
      .map((other) => `${name}: no services "${other}"`);
    const twice = (service.ports ?? [])
      .map((port) => port.split(':').at(-2) ?? port)
      .filter((port) => hostPorts.size === hostPorts.add(port).size)
      .map((port) => `${name}: port ${port} is taken`);
    return [...missing, ...files, ...services, ...twice];
  });
}

/** The services that `docker compose up` starts with these profiles. */
export function startedBy(file: ComposeFile, profiles: readonly string[]): string[] {
  return Object.entries(file.services)
    .filter(([, service]) => !service.profiles || service.profiles.some((one) => profiles.includes(one)))
    .map(([name]) => name);
}

/** A service and its dependencies. */
export function withDependencies(file: ComposeFile, name: string): string[] {
  const others = Object.keys(file.services[name]?.depends_on ?? {});
  return [...new Set([name, ...others.flatMap((other) => withDependencies(file, other))])];
}

/** The volumes and files of a service, with their paths inside. */
export function mountsOf(service: Service): { source: string; target: string; isReadOnly: boolean }[] {
  return (service.volumes ?? []).map((volume) => {
    const [source = '', target = '', mode] = volume.split(':');
    return { source, target, isReadOnly: mode === 'ro' };
  });
}

// The linter does not export its copy of the schema, whose draft has a name unknown to Ajv.
const { $schema: _, ...schema } = JSON.parse(textOf('node_modules/dclint/schemas/compose.schema.json'));
const isCompose = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema);
