import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, get } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readConfig } from '../src/composition/settings/config.js';
import { certified, followTls } from '../src/composition/settings/tls-files.js';
import { start } from '../src/start/start.js';
import { type Certified, selfSigned } from './support/certificate.js';
import { openFolder } from './support/open-folder.js';

const folder = mkdtempSync(join(tmpdir(), 'topout-tls-'));
const files = { certPath: join(folder, 'cert.pem'), keyPath: join(folder, 'key.pem') };
const env = { TOPOUT_TLS_CERT: files.certPath, TOPOUT_TLS_KEY: files.keyPath };
const [first, second] = [selfSigned(['localhost']), selfSigned(['localhost'])];

function write({ cert, key }: Certified, mode = 0o600): void {
  rmSync(files.keyPath, { force: true });
  writeFileSync(files.certPath, cert);
  writeFileSync(files.keyPath, key, { mode });
}

beforeAll(() => write(first));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a certificate of two settings', () => {
  test('is refused alone, unreadable, with the key of another, and with a key that others can read', () => {
    const { TOPOUT_TLS_CERT, TOPOUT_TLS_KEY } = env;
    expect(() => readConfig({ TOPOUT_TLS_CERT })).toThrow('the file of the key beside TOPOUT_TLS_CERT');
    expect(() => readConfig({ TOPOUT_TLS_KEY })).toThrow('the file of the certificate beside TOPOUT_TLS_KEY');
    expect(() => readConfig({ TOPOUT_TLS_CERT: '/nowhere', TOPOUT_TLS_KEY })).toThrow(
      'a file that can be read',
    );
    write({ cert: first.cert, key: second.key });
    expect(() => readConfig(env)).toThrow('a certificate in PEM, and in');
    write({ cert: 'no certificate', key: first.key });
    expect(() => readConfig(env)).toThrow('a certificate in PEM, and in');
    write(first);
    chmodSync(files.keyPath, 0o640);
    expect(() => readConfig(env)).toThrow('it has the mode 0640');
    write(first);
    expect(readConfig(env).tls).toEqual(files);
  });

  test('is replaced by a renewed one, and by nothing that does not fit', async () => {
    write(first);
    const server = createServer(certified(files)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const said: string[] = [];
    const { look, stop } = followTls(
      files,
      (next) => server.setSecureContext(next),
      (sentence) => said.push(sentence),
    );
    try {
      const shown = async () => {
        const { port } = server.address() as AddressInfo;
        const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false });
        await once(socket, 'secureConnect');
        const { raw } = socket.getPeerCertificate();
        socket.destroy();
        return raw.toString('base64');
      };
      const before = await shown();
      write({ cert: second.cert, key: first.key });
      look();
      expect(said.at(-1)).toMatch(/^The certificate before stays in use: /);
      expect(await shown()).toBe(before);
      write(second);
      look();
      expect(said.at(-1)).toBe(`The certificate in ${files.certPath} is in use.`);
      expect(await shown()).not.toBe(before);
    } finally {
      stop();
      server.close();
    }
  });
});

test('a service with a certificate answers by TLS alone, and its cookie is for TLS alone', async () => {
  write(first);
  const config = {
    ...readConfig({
      ...env,
      TOPOUT_DATA: openFolder(join(folder, 'data')),
      TOPOUT_EXAMPLE: 'off',
      PORT: '0',
    }),
    keptFreeBytes: 0,
  };
  const service = await start(config, () => undefined);
  try {
    expect(service.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    const address = `https://localhost:${new URL(service.url).port}`;
    const answer = await asked(`${address}/health/live`);
    expect([answer.status, answer.headers['strict-transport-security']]).toEqual([200, undefined]);
    const out = await asked(`${address}/session`, 'DELETE');
    expect(out.headers['set-cookie']).toEqual([
      '__Host-topout=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict; Secure',
      '__Host-topout-used=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict; Secure',
    ]);
    await expect(fetch(`${address.replace('https', 'http')}/health/live`)).rejects.toThrow();
  } finally {
    await service.close();
  }
});

function asked(url: string, method = 'GET') {
  return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]> }>((resolve, reject) => {
    const request = get(url, { method, ca: first.cert }, (answer) => {
      answer.resume();
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers }));
    });
    request.on('error', reject);
  });
}
