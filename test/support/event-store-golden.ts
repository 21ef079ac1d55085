import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type AnyEventType, schemas } from '../../domain/log/any-event.js';
import { bodyText, contentText, leafOf, noPrev, readBody } from '../../src/event-store/codec.js';
import { uuidOf } from './dice.js';
import { samples } from './event-store-samples.js';

/** One event as a released version stored it. */
export interface GoldenLine {
  /** Hexadecimal. */
  leaf: string;
  /** The hashed bytes as text. */
  body: string;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = 'test/golden/events';

/** The golden files of the working tree: their text by path. */
export function goldenFiles(): Map<string, string> {
  const names = readdirSync(`${root}/${folder}`, { recursive: true, encoding: 'utf8' }).sort();
  const files = names
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => `${folder}/${name}`.replaceAll('\\', '/'));
  return new Map(files.map((file) => [file, readFileSync(`${root}/${file}`, 'utf8')]));
}

/** The golden files of an earlier commit. */
export function goldenFilesAt(commit: string): Map<string, string> {
  const names = git('ls-tree', '-r', '-z', '--name-only', commit, '--', folder).split('\0');
  const files = names.filter((name) => name.endsWith('.jsonl'));
  return new Map(files.map((file) => [file, git('show', `${commit}:${file}`)]));
}

/** The lines of a golden file. */
export function linesOf(text: string): GoldenLine[] {
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/** The lost lines between two states of the golden files: lines may only be appended. */
export function lostLines(before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): string[] {
  return [...before].flatMap(([file, text]) => {
    const kept = now.get(file)?.split('\n') ?? [];
    const lost = text.split('\n').findIndex((line, index) => line !== '' && line !== kept[index]);
    return lost === -1 ? [] : [`${file}:${lost + 1} changed or vanished`];
  });
}

/**
 * The commits whose golden lines must be kept: the branch point from main; on main itself the last two commits; none in
 * a history too short to compare with.
 */
export function mergedCommits(): string[] {
  const head = commitOf('rev-parse', '--verify', '--quiet', 'HEAD');
  const left = commitOf('merge-base', 'HEAD', 'origin/main') ?? commitOf('merge-base', 'HEAD', 'main');
  if (left !== undefined && left !== head) return [left];
  return [commitOf('rev-parse', '--verify', '--quiet', 'HEAD~1'), head].filter((one) => one !== undefined);
}

/** The lines of the current samples, by file: the required content of a golden file for a new event or schema. */
export function todaysLines(): Map<string, GoldenLine[]> {
  const lines = new Map<string, GoldenLine[]>();
  for (const { type, data, entry } of samples) {
    const file = fileOf(type);
    const known = lines.get(file) ?? [];
    const last = known.at(-1);
    const envelope = {
      id: uuidOf(`golden ${type} ${known.length}`),
      stream: `project-${type.toLowerCase()}`,
      rev: known.length,
      type,
      schema: schemas[type],
      at: `2018-07-10T01:02:${String(known.length).padStart(2, '0')}.004Z`,
      by: known.length % 2 ? '检查员-7' : 'inspector-7',
      prev: last ? Buffer.from(last.leaf, 'hex').toString('base64url') : noPrev,
    };
    const body = bodyText(envelope, contentText({ type, data, entry } as (typeof samples)[number]));
    lines.set(file, [...known, { leaf: leafOf(body).toString('hex'), body }]);
  }
  return lines;
}

/** The types and schemas in a file's lines, as `Type 1`. */
export function shapesIn(text: string): string[] {
  return linesOf(text).map(({ body }) => {
    const { type, schema } = readBody(body);
    return `${type} ${schema}`;
  });
}

function fileOf(type: AnyEventType): string {
  const name = type.replace(/[a-z](?=[A-Z])/g, '$&-').toLowerCase();
  return `${folder}/v1/${name}.jsonl`;
}

function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

function commitOf(...args: string[]): string | undefined {
  try {
    return git(...args).trim() || undefined;
  } catch {
    return undefined;
  }
}
