import type { Dice } from '../../test/support/dice.js';

/** The target of a request line and the headers beside it. */
export interface Spelt {
  method: string;
  target: string;
  headers: readonly string[];
}

const at = (text: string, index: number, put: string, instead = 0) =>
  text.slice(0, index) + put + text.slice(index + instead);
const hex = (letter: string) => `%${letter.charCodeAt(0).toString(16).padStart(2, '0')}`;
const slashOf = (path: string, dice: Dice) => {
  const slashes = [...path].flatMap((letter, index) => (letter === '/' ? [index] : []));
  return slashes[dice.int(0, slashes.length - 1)] ?? 0;
};

type Spelling = (path: string, dice: Dice) => string;

/** A spelling that puts one of some texts in the place of a slash. */
const forSlash =
  (...texts: [string, ...string[]]): Spelling =>
  (path, dice) =>
    at(path, slashOf(path, dice), dice.pick(texts), 1);
/** A spelling that puts one of some texts somewhere. */
const inside =
  (...texts: [string, ...string[]]): Spelling =>
  (path, dice) =>
    at(path, dice.int(1, path.length), dice.pick(texts));
/** A spelling that puts one of some texts behind. */
const behind =
  (...texts: [string, ...string[]]): Spelling =>
  (path, dice) =>
    path + dice.pick(texts);
/** A spelling of one letter. */
const letter =
  (spell: (one: string) => string): Spelling =>
  (path, dice) => {
    const index = dice.int(1, path.length - 1);
    return at(path, index, spell(path[index] ?? ''), 1);
  };

/** Ways to write the path of an address so that a guard, a router and a file system may read it differently. */
const spellings: readonly [Spelling, ...Spelling[]] = [
  forSlash('//', '///', '/./', '/../', '/x/../', '/;/', '/..;/', '/%20/'),
  forSlash(
    '%2f',
    '%2F',
    '%5c',
    '\\',
    '%252f',
    '%c0%af',
    '%ef%bc%8f',
    '/%2e/',
    '/%2e%2e/',
    '/.%2e/',
    '/%252e%252e/',
  ),
  inside('%00', '%20', '%09', '%0d%0a', '%7f', '%e2%80%8b', '%u002f', '\t', ';', ';x=1', ';.css', '*', '%'),
  behind(
    '/',
    '//',
    '/.',
    '/..',
    '/..;/',
    '/%2e',
    '%2f',
    '.',
    '.json',
    '.html',
    '%00',
    '%20',
    '%3f',
    '%23',
    ';x',
    '~',
  ),
  behind('?', '??', '?/problems', '#', '#/problems', '?__proto__[x]=1', '?constructor=1', '?_method=GET'),
  behind(
    '?project=quay-works&project=mill-works',
    '?district=Hills&district=Harbour',
    '?knownAt=1&knownAt=2',
  ),
  letter(hex),
  letter(hex),
  letter((one) => `%25${hex(one).slice(1)}`),
  letter((one) => (one === one.toUpperCase() ? one.toLowerCase() : one.toUpperCase())),
  letter((one) => encodeURIComponent(String.fromCharCode(one.charCodeAt(0) + 0xfee0))),
  (path, dice) =>
    dice.pick(['/.', '/..', '//', '/%2e%2e', '/problems/..', '/assets/..', '/log/../', '/docs/%2e%2e']) +
    path,
  (path, dice) =>
    dice.pick(['http://localhost', 'HTTP://LOCALHOST', 'https://localhost', 'http://a@localhost', 'http:']) +
    path,
  (path) => path.slice(1) || '*',
  (path) => path.replace(/[^/]+$/, 'x'.repeat(5_000)),
  (path, dice) =>
    path.replace(/[^/]+$/, dice.pick(['__proto__', 'constructor', 'toString', 'hasOwnProperty', '..'])),
  (path) => path.replace('none-works', 'mill-works'),
];

/** Files outside of what is served, as a path may try to reach them. */
const escapes = [
  '../outside.js',
  '..%2foutside.js',
  '%2e%2e/outside.js',
  '..%5coutside.js',
  '..%252foutside.js',
  '.%2e/.%2e/outside.js',
  '../../../../../../../../etc/passwd',
  '..%2f..%2f..%2f..%2f..%2f..%2fetc/passwd',
  '/etc/passwd',
  '%2fetc%2fpasswd',
  '....//outside.js',
  '..;/outside.js',
  '%c0%ae%c0%ae/outside.js',
  'office.js/../../outside.js',
  'office.js%00/../outside.js',
] as const;

const methods = ['HEAD', 'OPTIONS', 'TRACE', 'PROPFIND', 'POST', 'PUT', 'DELETE', 'get', 'GE%54'] as const;
const overriding = ['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override'] as const;
const rewriting = ['X-Original-URL', 'X-Rewrite-URL', 'X-Forwarded-Path', 'X-Forwarded-Prefix'] as const;

/** Writes a request in another way than its plain one. */
export function speltOtherwise(method: string, path: string, dice: Dice): Spelt {
  if (dice.chance(10)) {
    const target = dice.pick(['/assets/', '/log/', '/docs/']) + dice.pick(escapes);
    return { method: 'GET', target, headers: [] };
  }
  if (dice.chance(10))
    return { method: 'GET', target: '/problems', headers: [`${dice.pick(rewriting)}: ${path}`] };
  const other = dice.chance(15) ? dice.pick(methods) : method;
  const headers = dice.chance(10) ? [`${dice.pick(overriding)}: ${dice.pick(['GET', 'HEAD', 'POST'])}`] : [];
  const times = dice.int(other === method && headers.length === 0 ? 1 : 0, 2);
  let target = path;
  for (let time = 0; time < times; time += 1) target = dice.pick(spellings)(target, dice);
  return { method: other, target, headers };
}
