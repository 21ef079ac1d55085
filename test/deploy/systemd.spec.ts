import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { root, textOf } from './tree.js';

const path = 'deploy/systemd/topout.service';

/** The directives of a unit by their names, each with all its values in order. */
function directivesOf(text: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    const [, name = '', value = ''] = /^([A-Z]\w+)=(.*)$/.exec(line) ?? [];
    if (name !== '') found.set(name, [...(found.get(name) ?? []), value]);
  }
  return found;
}
const directives = directivesOf(textOf(path));

test.each([
  ['DynamicUser', 'yes'],
  ['StateDirectory', 'topout'],
  ['StateDirectoryMode', '0700'],
  ['UMask', '0077'],
  ['NoNewPrivileges', 'yes'],
  ['CapabilityBoundingSet', ''],
  ['ProtectSystem', 'strict'],
  ['ProtectHome', 'yes'],
  ['PrivateTmp', 'yes'],
  ['PrivateDevices', 'yes'],
  ['ProtectKernelModules', 'yes'],
  ['ProtectProc', 'invisible'],
  ['RestrictAddressFamilies', 'AF_INET AF_INET6 AF_UNIX'],
  ['RestrictNamespaces', 'yes'],
  ['SystemCallArchitectures', 'native'],
  ['MemoryMax', '2G'],
  ['LimitCORE', '0'],
  ['TimeoutStopSec', '30'],
])('the unit sets %s=%s', (name, value) => {
  expect(directives.get(name)).toEqual([value]);
});

test('system calls are a list of what services need, without those of administrators', () => {
  const [allowed, ...denied] = directives.get('SystemCallFilter') ?? [];
  expect(allowed).toBe('@system-service');
  expect(denied.join(' ')).toMatch(/^~@privileged/);
});

test('secrets come as credentials, and no variable holds one', () => {
  const variables = (directives.get('Environment') ?? []).join(' ');
  expect(variables).not.toMatch(/URL=|SECRET|PASSWORD|KEY=/);
  const text = textOf(path);
  for (const [setting, credential] of [
    ['TOPOUT_SMTP_URL', 'smtp-url'],
    ['EVENT_STORE_URL', 'event-store-url'],
  ]) {
    expect(text).toContain(`#LoadCredential=${credential}:/etc/topout/${credential}`);
    expect(text).toContain(`#Environment=${setting}_FILE=%d/${credential}`);
  }
});

test('the service stays below its memory limit for a while before it meets it, and does not restart on what stays wrong', () => {
  expect(directives.get('MemoryHigh')).toEqual(['1536M']);
  expect(directives.get('RestartPreventExitStatus')).toEqual(['2 65 73']);
});

const run = (...args: string[]) =>
  spawnSync('systemd-analyze', [...args, join(root, path)], { encoding: 'utf8' });
const hasAnalyzer = spawnSync('systemd-analyze', ['--version']).status === 0;
if (!hasAnalyzer) console.log('left out: systemd-analyze is not here');
const withAnalyzer = hasAnalyzer ? test : test.skip;

withAnalyzer('systemd knows every directive, and rates the exposure as low', () => {
  const { stdout, stderr } = run('security', '--offline=yes', '--no-pager');
  expect(stderr).not.toMatch(/Unknown|Failed to parse|ignoring/i);
  expect(Number(/exposure level for topout.service: ([\d.]+)/.exec(stdout)?.[1])).toBeLessThanOrEqual(1.5);
});
