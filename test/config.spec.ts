import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { calledAs, readConfig } from '../src/composition/settings/config.js';
import { ConfigInvalid } from '../src/composition/settings/config-invalid.js';
import { limitsIn } from '../src/http/limits/figures.js';
import { verifierKeyText } from '../src/ledger/vkey.js';
import { logKey, witnessKey } from './support/bundle-samples.js';

const defaults = {
  host: '127.0.0.1',
  port: 3000,
  hosts: ['127.0.0.1'],
  dataPath: 'data',
  keptFreeBytes: 67_108_864,
  cacheMiB: 384,
  timeZone: 'Asia/Shanghai',
  today: undefined,
  usesRealDay: false,
  loadsExample: true,
  vaultPath: resolve('data.vault.json'),
  publicUrl: undefined,
  smtpUrl: undefined,
  mailFrom: 'topout@localhost',
  settlingMs: 120_000,
  proxies: [],
  webhookNetworks: [],
  allowsLoopbackWebhooks: false,
  allowsNetworkData: false,
  logsRequests: undefined,
  readsKeptDays: 400,
  keepsLedger: true,
  witnesses: [],
};

const hosts = 'names or addresses such as topout.example.org, without ports, with commas between';

describe('a file with a secret', () => {
  const secret = 'smtp://topout:pass-in-the-file@mail.example.org:587';
  const folder = mkdtempSync(join(tmpdir(), 'topout-secret-'));
  const file = join(folder, 'smtp-url');
  const read = (env: Record<string, string> = {}) =>
    readConfig({ TOPOUT_SMTP_URL_FILE: file, ...env }).smtpUrl;
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each([0o640, 0o604, 0o660, 0o644])('of mode %o is refused, and what it holds is not shown', (mode) => {
    writeFileSync(file, secret);
    chmodSync(file, mode);
    const refused = expect.stringMatching(
      new RegExp(
        `^TOPOUT_SMTP_URL_FILE is "${file}" \\(it has the mode 0${mode.toString(8)}\\); expected a file that only its owner`,
      ),
    );
    let said = '';
    try {
      read();
    } catch (error) {
      said = (error as Error).message;
    }
    expect(said).toEqual(refused);
    expect(said).not.toContain('pass-in-the-file');
  });

  test.each([0o600, 0o400])('of mode %o is read', (mode) => {
    rmSync(file, { force: true });
    writeFileSync(file, secret, { mode });
    expect(read()).toBe(secret);
  });

  test('that is a credential of systemd may show its access list as a group', () => {
    rmSync(file, { force: true });
    writeFileSync(file, secret);
    chmodSync(file, 0o440);
    expect(read({ CREDENTIALS_DIRECTORY: folder })).toBe(secret);
    expect(() => read({ CREDENTIALS_DIRECTORY: join(folder, 'smtp') })).toThrow('expected a file that only');
  });
});

describe('the configuration', () => {
  test('has a default for everything, also for empty variables', () => {
    expect(readConfig({})).toEqual(defaults);
    const empty = {
      PORT: '',
      HOST: '',
      TOPOUT_HOSTS: '',
      TOPOUT_DATA: '',
      TOPOUT_KEEP_FREE: '',
      TOPOUT_CACHE: '',
      TOPOUT_TIME_ZONE: '',
      TOPOUT_TODAY: '',
      TOPOUT_EXAMPLE: '',
      TOPOUT_REQUEST_LOG: '',
      TOPOUT_VAULT: '',
      TOPOUT_PUBLIC_URL: '',
      TOPOUT_SMTP_URL: '',
      TOPOUT_MAIL_FROM: '',
      TOPOUT_SETTLING_TIME: '',
      TOPOUT_WEBHOOK_NETWORKS: '',
      TOPOUT_WEBHOOK_LOOPBACK: '',
      EVENT_STORE_URL: '',
      TOPOUT_STREAM_PREFIX: '',
    };
    expect(readConfig(empty)).toEqual(defaults);
  });

  test('uses the environment', () => {
    const env = {
      PORT: '0',
      HOST: '::1',
      TOPOUT_HOSTS: 'Topout.Example.org, 10.1.2.3 ,fd00::1,项目.example.org.',
      TOPOUT_DATA: '/srv/topout',
      TOPOUT_KEEP_FREE: '0',
      TOPOUT_CACHE: '1024',
      TOPOUT_SETTLING_TIME: '0',
      TOPOUT_TIME_ZONE: 'Europe/Berlin',
      TOPOUT_TODAY: '2018-07-10',
      TOPOUT_EXAMPLE: 'off',
      TOPOUT_VAULT: '/etc/topout/keys.json',
      TOPOUT_PUBLIC_URL: 'https://topout.example.org/district/',
      TOPOUT_SMTP_URL: 'smtps://topout:pass@mail.example.org',
      TOPOUT_MAIL_FROM: 'alerts@example.org',
      TOPOUT_WEBHOOK_NETWORKS: '10.1.0.0/16, fd00::/8',
      TOPOUT_WEBHOOK_LOOPBACK: 'on',
      TOPOUT_NETWORK_DATA: 'on',
      TOPOUT_REQUEST_LOG: 'on',
      EVENT_STORE_URL: 'esdb://topout:pass@a.example.org:2113,b.example.org:2113',
      TOPOUT_STREAM_PREFIX: 'north.',
      TOPOUT_REPLICA: 'replica-1',
      TOPOUT_PROXIES: '172.18.0.0/16, fd00::7',
      TOPOUT_READS_KEPT: '730',
      TOPOUT_LEDGER: 'off',
      TOPOUT_LIMITS: 'off',
    };
    expect(readConfig(env)).toEqual({
      host: '::1',
      port: 0,
      hosts: ['topout.example.org', '10.1.2.3', '[fd00::1]', 'xn--i0yn92e.example.org', '[::1]'],
      dataPath: '/srv/topout',
      keptFreeBytes: 0,
      cacheMiB: 1_024,
      cluster: {
        url: 'esdb://topout:pass@a.example.org:2113,b.example.org:2113',
        hosts: 'a.example.org:2113,b.example.org:2113',
        prefix: 'north.',
        replica: 'replica-1',
      },
      timeZone: 'Europe/Berlin',
      today: '2018-07-10',
      usesRealDay: false,
      loadsExample: false,
      vaultPath: '/etc/topout/keys.json',
      publicUrl: 'https://topout.example.org/district',
      smtpUrl: 'smtps://topout:pass@mail.example.org',
      mailFrom: 'alerts@example.org',
      settlingMs: 0,
      proxies: ['172.18.0.0/16', 'fd00::7'],
      webhookNetworks: ['10.1.0.0/16', 'fd00::/8'],
      allowsLoopbackWebhooks: true,
      allowsNetworkData: true,
      logsRequests: true,
      readsKeptDays: 730,
      keepsLedger: false,
      witnesses: [],
      limits: limitsIn('off'),
    });
    expect(readConfig({ TOPOUT_TODAY: 'real' })).toEqual({ ...defaults, usesRealDay: true });
  });

  test('reads the mail server from a file, and never repeats an invalid one, which may hold a password', () => {
    const folder = mkdtempSync(join(tmpdir(), 'topout-config-'));
    const file = join(folder, 'smtp');
    writeFileSync(file, 'smtp://topout:pass@mail.example.org:587\n', { mode: 0o600 });
    expect(readConfig({ TOPOUT_SMTP_URL_FILE: file }).smtpUrl).toBe(
      'smtp://topout:pass@mail.example.org:587',
    );
    rmSync(folder, { recursive: true });
    expect(() => readConfig({ TOPOUT_SMTP_URL: 'http://topout:pass@mail.example.org' })).toThrow(
      new ConfigInvalid(
        'TOPOUT_SMTP_URL',
        '(not shown)',
        'smtp:// or smtps:// and a host, such as smtp://user:password@mail.example.org:587',
        'it does not begin with smtp:// or smtps://',
      ),
    );
  });

  test('uses the name or address that it listens on, unless it listens on all', () => {
    const hosts = (HOST: string) => readConfig({ HOST, TOPOUT_HOSTS: 'topout' }).hosts;
    expect(hosts('site-office.local')).toEqual(['topout', 'site-office.local']);
    expect(hosts('10.1.2.3')).toEqual(['topout', '10.1.2.3']);
    expect([hosts('0.0.0.0'), hosts('::')]).toEqual([['topout'], ['topout']]);
  });

  const wrong: [string, string, string][] = [
    ['PORT', '65536', 'a port from 0 to 65535'],
    ['PORT', '-1', 'a port from 0 to 65535'],
    ['PORT', '3e3', 'a port from 0 to 65535'],
    ['PORT', ' 3000', 'a port from 0 to 65535'],
    ['TOPOUT_HOSTS', '*', hosts],
    ['TOPOUT_HOSTS', 'https://topout.example.org', hosts],
    ['TOPOUT_HOSTS', 'topout.example.org:3000', hosts],
    ['TOPOUT_HOSTS', '[fd00::1]:3000', hosts],
    ['TOPOUT_HOSTS', 'topout example', hosts],
    ['TOPOUT_TIME_ZONE', 'Shanghai', 'an IANA name such as Asia/Shanghai'],
    ['TOPOUT_TIME_ZONE', '+08:00', 'an IANA name such as Asia/Shanghai'],
    ['TOPOUT_TODAY', '2018-02-30', 'a day as YYYY-MM-DD, or "real" for the real one'],
    ['TOPOUT_TODAY', 'today', 'a day as YYYY-MM-DD, or "real" for the real one'],
    ['TOPOUT_KEEP_FREE', '1.5', 'a whole number of MiB, or 0 to keep nothing free'],
    ['TOPOUT_CACHE', '15', 'a whole number of MiB, 16 or more'],
    ['TOPOUT_CACHE', '64 MB', 'a whole number of MiB, 16 or more'],
    [
      'TOPOUT_PROXIES',
      '0.0.0.0/0',
      'addresses or networks of proxies such as 172.18.0.0/16, with commas between',
    ],
    ['TOPOUT_EXAMPLE', 'no', '"on", "off", "district-2018" or "county-2019"'],
    ['TOPOUT_REQUEST_LOG', 'json', '"on" or "off"'],
    ['TOPOUT_PUBLIC_URL', 'topout.example.org', 'an http or https address'],
    ['TOPOUT_MAIL_FROM', 'a@b, c@d', 'one address such as topout@example.org'],
    ['TOPOUT_WEBHOOK_NETWORKS', '10.0.0.0/33', 'networks such as 10.1.0.0/16, with commas between'],
    ['TOPOUT_WEBHOOK_NETWORKS', 'site.example.org/24', 'networks such as 10.1.0.0/16, with commas between'],
    ['TOPOUT_SETTLING_TIME', '2m', 'seconds from 0 to 3600; 0 sends immediately'],
    ['TOPOUT_SETTLING_TIME', '3601', 'seconds from 0 to 3600; 0 sends immediately'],
    ['TOPOUT_NETWORK_DATA', 'yes', '"on" or "off"'],
    ['TOPOUT_READS_KEPT', '0', 'a whole number of days from 1 to 9999'],
    ['TOPOUT_LEDGER', 'yes', '"on" or "off"'],
    [
      'TOPOUT_LIMITS',
      'reads=5',
      '"off", or limits such as reads=100/400,questions=8/4,streams=20 with commas between: strangers, failures, reads, writes, lines, addresses, tests, questions, imports, streams',
    ],
    ['TOPOUT_WEBHOOK_LOOPBACK', 'yes', '"on" or "off"'],
    ['TOPOUT_SMTP_URL_FILE', '/nowhere/at/all', 'a file that can be read'],
    ['TOPOUT_PUBLIC_URL', 'https://topout.example.org/?district=1', 'an http or https address'],
    ['TOPOUT_MAIL_FROM', 'li..wei@example.org', 'one address such as topout@example.org'],
    ['EVENT_STORE_URL_FILE', '/nowhere/at/all', 'a file that can be read'],
  ];
  test.each(wrong)('refuses %s=%s in one sentence', (name, value, expected) => {
    const read = () => readConfig({ [name]: value });
    expect(read).toThrow(ConfigInvalid);
    expect(read).toThrow(`${name} is "${value}"; expected ${expected}.`);
  });

  const wrongAddresses: [string, string][] = [
    ['smtp://mail.example.org/inbox', 'there is something after the host and the port'],
    ['smtp://mail.example.org?tls=on', 'only tls=off may follow the "?"'],
    ['smtp://topout@mail.example.org', 'it names a user or a password without the other'],
    ['smtp://topout:%zz@mail.example.org', 'a "%" in it is not followed by two hexadecimal digits'],
    ['smtp://mail.example.org:0', 'its port is 0'],
    ['smtp://', 'it names no host'],
  ];
  test.each(wrongAddresses)('refuses the mail server %s and states the reason', (url, seen) => {
    expect(() => readConfig({ TOPOUT_SMTP_URL: url })).toThrow(
      `TOPOUT_SMTP_URL is "(not shown)" (${seen}); expected smtp:// or smtps:// and a host, such as smtp://user:password@mail.example.org:587.`,
    );
  });

  test('reports every invalid setting, each in its own sentence', () => {
    const env = {
      ...Object.fromEntries(
        wrong.filter(([name]) => !name.endsWith('_FILE')).map(([name, value]) => [name, value]),
      ),
      TOPOUT_SMTP_URL: 'smtp://mail.example.org/inbox',
      EVENT_STORE_URL: 'esdb://',
    };
    const refusal = refusalOf(() => readConfig(env));
    expect(refusal.split('\n').map((sentence) => sentence.split(' is ')[0])).toEqual(
      expect.arrayContaining(Object.keys(env)),
    );
    expect(refusal.split('\n')).toHaveLength(Object.keys(env).length);
  });

  test('knows the command to type in a clone, and elsewhere', () => {
    expect(calledAs({ npm_lifecycle_event: 'topout' })).toBe('npm run -s topout --');
    expect(calledAs({})).toBe('topout');
  });
});

function refusalOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof ConfigInvalid) return error.message;
  }
  return 'nothing was refused';
}

describe('the file of witnesses', () => {
  const folder = mkdtempSync(join(tmpdir(), 'topout-witnesses-'));
  const file = join(folder, 'witnesses');
  afterAll(() => rmSync(folder, { recursive: true }));
  const read = (text: string) => {
    writeFileSync(file, text);
    return readConfig({ TOPOUT_WITNESSES: file }).witnesses;
  };

  test('has a verifier key on a line, and each counts once', () => {
    const [one, two] = [witnessKey(1), witnessKey(2)].map(verifierKeyText);
    const keys = read(`# auditors\n${one}\n\n${two}\n${one}\n`) ?? [];
    expect(keys.map(verifierKeyText)).toEqual([one, two]);
  });

  test('is refused with the line that is no key of a witness', () => {
    expect(() => read('# auditors\nkey')).toThrow('line 2: Verifier key: "key"; expected name+keyid+base64');
    expect(() => read(verifierKeyText(logKey(1)))).toThrow('line 1 is the key of a log');
    expect(() => readConfig({ TOPOUT_WITNESSES: join(folder, 'absent') })).toThrow(
      'expected a file that can be read',
    );
  });
});
