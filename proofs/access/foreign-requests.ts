import { projects } from './two-districts.js';

type Some<T> = readonly [T, ...T[]];

/** Names that resolve to the loopback, or look as if they did, and are not its own. */
export const foreignNames = [
  'evil.example',
  'localtest.me',
  '127.0.0.1.nip.io',
  'localhost.evil.example',
  'localhost@evil.example',
  'evil.example#localhost',
  '127.0.0.1.evil.example',
  'xn--lcalhost-54a',
  '167772161',
  '10.0.0.1',
  '[fe80::1]',
  '169.254.169.254',
  'localhost,evil.example',
  'evil.example:80:80',
] as const;
export const foreignOrigins = [
  'null',
  'https://evil.example',
  'http://localtest.me',
  'http://localhost.evil.example',
  'file://',
  'chrome-extension://abcdef',
  'http://evil.example\\@localhost',
  'http://[::ffff:10.0.0.1]',
] as const;
export const sites = ['cross-site', 'same-site', 'nonsense'] as const;
export const proxied: Some<readonly string[]> = [
  ['X-Forwarded-For: 127.0.0.1'],
  ['X-Forwarded-Proto: https'],
  ['X-Forwarded-Host: evil.example'],
  ['Forwarded: for=127.0.0.1;proto=https;host=evil.example'],
  ['X-Real-IP: 127.0.0.1', 'X-Forwarded-Proto: https'],
  ['X-Forwarded-For: 127.0.0.1, 10.0.0.1', 'X-Forwarded-Ssl: on', 'Front-End-Https: on'],
  ['Via: 1.1 proxy', 'X-Forwarded-Port: 443'],
];
/** What a form or a script can send without asking first, and what it has to ask for. */
export const bodies: Some<readonly [type: string, body: string]> = [
  ['text/plain', '{"reason":"x","type":"NoChangeReported","asOf":"2018-06-30","period":"2018-05"}'],
  ['application/x-www-form-urlencoded', 'name=Eve&token=x'],
  [
    'multipart/form-data; boundary=x',
    '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n',
  ],
  ['application/json', '{"type":"NoChangeReported","asOf":"2018-06-30","period":"2018-05"}'],
  [
    'application/x-ndjson',
    '{"project":"quay-works","type":"NoChangeReported","asOf":"2018-06-30","period":"2018-04"}',
  ],
];
export const reads = [
  '/',
  '/log',
  '/projects',
  `/projects/${projects.own}`,
  '/portfolio?groupBy=district',
  '/alerts',
  '/alerts/stream?after=0',
  '/entries',
  '/subscriptions',
  '/people/self',
  '/openapi.json',
  '/log/',
] as const;
export const writes: Some<readonly [method: string, path: string]> = [
  ['POST', `/projects/${projects.own}/entries`],
  ['POST', '/entries'],
  ['POST', '/projects'],
  ['PUT', '/rules'],
  ['PATCH', `/projects/${projects.own}`],
  ['POST', '/people'],
  ['POST', '/access/first-administrator'],
  ['DELETE', '/subscriptions/019a4c1e-0000-7000-8000-0000000000f1'],
];
