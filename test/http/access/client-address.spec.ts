import { expect, test } from '@jest/globals';
import { clientAddress } from '../../../src/http/access/client-address.js';
import { proxyList } from '../../../src/start/open-mode.js';

const proxies = proxyList(['10.0.0.0/24', '::1']);
const from = (remoteAddress: string | undefined, forwarded?: string) =>
  clientAddress(
    {
      headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
      raw: { socket: { remoteAddress } },
    },
    proxies,
  );

test.each([
  ['an address', '192.0.2.7', undefined, '192.0.2.7'],
  ['an IPv4 address as IPv6', '::ffff:192.0.2.7', undefined, '192.0.2.7'],
  ['the network of an IPv6 address', '2001:db8:1:2:3:4:5:6', undefined, '2001:db8:1:2::/64'],
  ['the network of a short IPv6 address', '2001:db8::5', undefined, '2001:db8:0:0::/64'],
  ['another spelling of it', '2001:0DB8:0:0::7', undefined, '2001:db8:0:0::/64'],
  ['who asked a proxy', '10.0.0.1', '192.0.2.7', '192.0.2.7'],
  ['who asked a chain of proxies', '10.0.0.1', '192.0.2.7, 10.0.0.9', '192.0.2.7'],
  ['no address that a client invented before it', '10.0.0.1', '198.51.100.1, 192.0.2.7', '192.0.2.7'],
  ['no header of somebody who is no proxy', '192.0.2.7', '198.51.100.1', '192.0.2.7'],
  ['the proxy where the header is none', '10.0.0.1', 'somebody', '10.0.0.1'],
  ['the proxy without a header', '10.0.0.1', undefined, '10.0.0.1'],
  ['who asked with a port', '::1', '192.0.2.7:4711', '192.0.2.7'],
  ['who asked by IPv6 with a port', '::1', '[2001:db8::5]:4711', '2001:db8:0:0::/64'],
  ['nothing of a connection that is gone', undefined, undefined, ''],
])('counts by %s', (_, remote, forwarded, counted) => {
  expect(from(remote, forwarded)).toBe(counted);
});

test('two addresses of one network are counted together, and of two apart', () => {
  expect(from('2001:db8:1:2::1')).toBe(from('2001:db8:1:2:ffff::1'));
  expect(from('2001:db8:1:2::1')).not.toBe(from('2001:db8:1:3::1'));
});
