import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Guard, guardOf, isSameAddress } from '../../src/channels/address-guard.js';

const strict = guardOf();
const onSite = guardOf({ allow: ['10.20.0.0/16', 'fd00:1::/32'] });
const development = guardOf({ allowHttpLoopback: true });

const publicHook = 'https://alerts.example.org/hook';

/** The refusal of a URL whose host has these addresses; undefined if allowed. */
function refusal(guard: Guard, url: string, ...addresses: string[]): string | undefined {
  try {
    guard.admit(guard.target(url), addresses);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

test('a public name over https on port 443 or 8443 is allowed', () => {
  expect(refusal(strict, publicHook, '8.8.8.8', '2606:4700::1111')).toBeUndefined();
  expect(refusal(strict, 'https://alerts.example.org:8443/', '8.8.8.8')).toBeUndefined();
  expect(strict.target('https://工地.example/通知?k=1').url.href).toBe(
    'https://xn--cesx9m.example/%E9%80%9A%E7%9F%A5?k=1',
  );
});

test.each([
  ['http://alerts.example.org/', 'a URL that begins with http://; expected https://'],
  ['ftp://alerts.example.org/', 'a URL that begins with ftp://; expected https://'],
  ['alerts.example.org', '"alerts.example.org"; expected a URL such as https://alerts.example.org/hook'],
  ['https://user@alerts.example.org/', 'a URL with a user name in it; expected a URL without one'],
  ['https://:word@alerts.example.org/', 'a URL with a user name in it; expected a URL without one'],
  ['https://alerts.example.org:22/', 'on port 22; expected port 443 or 8443'],
  ['https://alerts.example.org:80/', 'on port 80; expected port 443 or 8443'],
  [`https://alerts.example.org/${'x'.repeat(2048)}`, '2075 characters long; expected at most 2048'],
])('the URL %.40s is refused', (url, why) => {
  expect(refusal(strict, url, '8.8.8.8')).toBe(`The address is ${why}.`);
});

test.each([
  'https://2130706433/',
  'https://0x7f.1/',
  'https://0177.0.0.1/',
  'https://127.1/',
  'https://127。0。0。1/',
  'https://１２７.0.0.1/',
  'https://[::1]/',
  'https://[::ffff:7f00:1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[64:ff9b::7f00:1]/',
  'https://[2002:7f00:1::]/',
  'https://0/',
  'https://169.254.169.254/latest/meta-data',
  'https://8.8.8.8/',
])('the literal address in %s is refused', (url) => {
  expect(refusal(strict, url, '8.8.8.8')).toMatch(
    /^The address is the literal address [\da-f.:]+; expected a name, such as alerts.example.org.$/,
  );
});

test.each([
  'https://localhost/',
  'https://LOCALHOST/',
  'https://localhost./',
  'https://a.localhost/',
  'https://alerts.example.org./',
])('the name in %s is refused', (url) => {
  expect(refusal(strict, url, '8.8.8.8')).toMatch(/^The address is the host .*; expected a public name/);
});

test.each([
  ['this machine', '127.0.0.1'],
  ['this machine in IPv6', '::1'],
  ['this machine, mapped into IPv6', '::ffff:127.0.0.1'],
  ['this machine, mapped in hexadecimal', '::ffff:7f00:1'],
  ['this machine, in the old IPv6 spelling', '::7f00:1'],
  ['a private network', '10.1.2.3'],
  ['a private network at home', '192.168.1.1'],
  ['a private network of a cloud', '172.16.0.9'],
  ['the metadata of a cloud', '169.254.169.254'],
  ['the metadata of a cloud in IPv6', 'fd00:ec2::254'],
  ['a link', 'fe80::1%eth0'],
  ['the network of a provider', '100.64.0.1'],
  ['NAT64', '64:ff9b::a00:1'],
  ['a local NAT64', '64:ff9b:1::a00:1'],
  ['6to4', '2002:a00:1::'],
  ['Teredo', '2001:0:7f00:1::'],
  ['nobody', '0.0.0.0'],
  ['everybody', '255.255.255.255'],
  ['a group', '224.0.0.1'],
  ['examples', '203.0.113.9'],
  ['what is not given out', '4000::1'],
  ['no address at all', 'another.example.org'],
])('a name that resolves to %s is refused', (_what, address) => {
  expect(refusal(strict, publicHook, address)).toContain(`which leads to ${address}; expected`);
});

test('one internal address is enough to refuse a name with public ones', () => {
  expect(refusal(strict, publicHook, '8.8.8.8', '10.1.2.3')).toBe(
    'The address is alerts.example.org, which leads to 10.1.2.3; expected a public address, or one in a range that the administrator allows.',
  );
  expect(refusal(strict, publicHook)).toBe(
    'The address is alerts.example.org, which has no address; expected a name that has one.',
  );
});

test('a receiver on site may be in an allowed range, with any port and as a literal, over https only', () => {
  expect(refusal(onSite, 'https://pager.site:9443/', '10.20.0.7')).toBeUndefined();
  expect(refusal(onSite, 'https://pager.site/', '::ffff:10.20.0.7', 'fd00:1::7')).toBeUndefined();
  expect(refusal(onSite, 'https://10.20.0.7:9443/', '10.20.0.7')).toBeUndefined();
  expect(refusal(onSite, 'https://[fd00:1::7]/', 'fd00:1::7')).toBeUndefined();
  expect(refusal(onSite, 'https://pager.site/', '10.21.0.7')).toContain('leads to 10.21.0.7');
  expect(refusal(onSite, 'https://10.21.0.7/', '10.21.0.7')).toContain('the literal address 10.21.0.7');
  expect(refusal(onSite, 'https://alerts.example.org:9443/', '8.8.8.8')).toBe(
    'The address is on port 9443; expected port 443 or 8443.',
  );
  expect(refusal(onSite, 'http://pager.site/', '10.20.0.7')).toContain('begins with http://');
});

test('for development, this machine is allowed over http, and nothing else', () => {
  expect(refusal(development, 'http://127.0.0.1:4000/', '127.0.0.1')).toBeUndefined();
  expect(refusal(development, 'http://localhost:4000/', '127.0.0.1', '::1')).toBeUndefined();
  expect(refusal(development, 'http://[::1]:4000/', '::1')).toBeUndefined();
  expect(refusal(development, 'http://alerts.example.org/', '8.8.8.8')).toBe(
    'The address is alerts.example.org, which leads to 8.8.8.8, by plain http; expected https://.',
  );
  expect(refusal(development, 'https://alerts.example.org/', '10.1.2.3')).toContain('leads to 10.1.2.3');
});

test('an invalid allowed range is refused immediately', () => {
  expect(() => guardOf({ allow: ['10.20.0.0'] })).toThrow(
    'The allowed range is "10.20.0.0"; expected CIDR notation such as 10.20.0.0/16.',
  );
});

test('no non-public IPv4 address is admitted in any of its IPv6 spellings', () => {
  const inside = fc.oneof(
    fc.tuple(fc.constantFrom(10, 127, 0), fc.nat(255), fc.nat(255), fc.nat(255)),
    fc.tuple(fc.constant(192), fc.constant(168), fc.nat(255), fc.nat(255)),
    fc.tuple(fc.constant(169), fc.constant(254), fc.nat(255), fc.nat(255)),
    fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), fc.nat(255), fc.nat(255)),
  );
  fc.assert(
    fc.property(inside, ([a, b, c, d]) => {
      const high = ((a << 8) | b).toString(16);
      const low = ((c << 8) | d).toString(16);
      const spellings = [
        `${a}.${b}.${c}.${d}`,
        `::ffff:${a}.${b}.${c}.${d}`,
        `::ffff:${high}:${low}`,
        `::${high}:${low}`,
        `::ffff:0:${high}:${low}`,
        `64:ff9b::${high}:${low}`,
        `64:ff9b:1::${high}:${low}`,
        `2002:${high}:${low}::1`,
      ];
      return spellings.every((address) => refusal(strict, publicHook, address) !== undefined);
    }),
  );
});

test('the peer address of a connection is recognized in both spellings', () => {
  expect(isSameAddress('8.8.8.8', '::ffff:8.8.8.8')).toBe(true);
  expect(isSameAddress('2606:4700:0:0::1111', '2606:4700::1111')).toBe(true);
  expect(isSameAddress('8.8.8.8', '8.8.4.4')).toBe(false);
  expect(isSameAddress('8.8.8.8', undefined)).toBe(false);
});
