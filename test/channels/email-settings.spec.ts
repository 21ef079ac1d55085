import { describe, expect, test } from '@jest/globals';
import { emailChannel } from '../../src/channels/email.js';
import { mailboxOf, senderOf } from '../../src/channels/email-address.js';
import { mailServerOf } from '../../src/channels/email-server.js';
import { inEnglish } from '../support/in-english.js';

describe('the address of a subscriber', () => {
  test.each([
    ['li.wei@example.org', 'li.wei@example.org'],
    ["o'neill+alerts@Sub.Example.ORG", "o'neill+alerts@sub.example.org"],
    ['李伟@例子.中国', '李伟@xn--fsqu00a.xn--fiqs8s'],
  ])('%s is valid', (text, address) => {
    expect(mailboxOf(text)?.address).toBe(address);
  });

  test.each([
    '',
    'li.wei',
    '@example.org',
    'li.wei@',
    'li.wei@localhost',
    'li.wei@127.0.0.1',
    'li.wei@[127.0.0.1]',
    'li.wei@example.org, mallory@example.com',
    'li.wei@example.org;mallory@example.com',
    'Li Wei <li.wei@example.org>',
    'li wei@example.org',
    '"li wei"@example.org',
    'li..wei@example.org',
    '.li@example.org',
    'a@b@example.org',
    'li.wei@exam_ple.org',
    'li.wei@-example.org',
    'li.wei@example.org\r\nRCPT TO:<mallory@example.com>',
    'li.wei\u0000@example.org',
    'li.wei\ud800@example.org',
    'li.wei@example.org\n',
    'li.wei@ex%61mple.org',
    `${'l'.repeat(65)}@example.org`,
    `li@${'e'.repeat(60)}.${'x'.repeat(60)}.${'a'.repeat(60)}.${'m'.repeat(60)}.${'p'.repeat(20)}.org`,
  ])('%j is invalid', async (address) => {
    const channel = emailChannel({
      smtpUrl: 'smtp://127.0.0.1:9',
      from: 'topout@example.org',
      now: () => '2018-07-10T00:00:00.000Z',
      after: () => () => undefined,
    });
    expect(inEnglish(await channel.check({ kind: 'email', address }))).toMatchObject({
      reason: 'address-refused',
      member: 'channel.address',
      expected: 'one e-mail address such as li.wei@example.org, without a name, of at most 254 characters',
    });
    expect((await channel.deliver({ notice: 'x' } as never, { kind: 'email', address })).kind).toBe(
      'refused',
    );
    await channel.close();
  });
});

test('the sender is an address with or without a name', () => {
  expect(senderOf('topout@example.org')).toEqual({
    name: 'Topout',
    address: 'topout@example.org',
    domain: 'example.org',
  });
  expect(senderOf('"Topout, 区督办" <topout@example.org>')).toEqual({
    name: 'Topout, 区督办',
    address: 'topout@example.org',
    domain: 'example.org',
  });
  expect(senderOf('topout@localhost').domain).toBe('localhost');
  expect(() => senderOf('Topout')).toThrow(
    'The sender of mails is "Topout"; expected an address such as topout@example.org or Topout <topout@example.org>.',
  );
});

describe('the address of the mail server', () => {
  test.each([
    [
      'smtp://mail.example.org',
      { host: 'mail.example.org', port: 587, secure: false, requireTLS: false, ignoreTLS: false },
    ],
    [
      'smtps://topout:p%40ss%2Fword@mail.example.org',
      {
        host: 'mail.example.org',
        port: 465,
        secure: true,
        requireTLS: false,
        ignoreTLS: false,
        auth: { user: 'topout', pass: 'p@ss/word' },
      },
    ],
    [
      'smtp://topout:pass@mail.example.org:25/',
      {
        host: 'mail.example.org',
        port: 25,
        secure: false,
        requireTLS: true,
        ignoreTLS: false,
        auth: { user: 'topout', pass: 'pass' },
      },
    ],
    [
      'smtp://[::1]:2525?tls=off',
      { host: '::1', port: 2525, secure: false, requireTLS: false, ignoreTLS: true },
    ],
  ])('%s is valid', (url, server) => {
    expect(mailServerOf(url)).toEqual(server);
  });

  test.each([
    ['topout:s3cret@mail.example.org', 'it does not begin with smtp:// or smtps://'],
    ['https://topout:s3cret@mail.example.org', 'it does not begin with smtp:// or smtps://'],
    ['smtp://topout:s3cret@', 'it does not begin with smtp:// or smtps://'],
    ['smtp://', 'it names no host'],
    ['smtp://mail.example.org/s3cret', 'there is something after the host and the port'],
    ['smtp://topout:s3cret@mail.example.org?logger=true', 'only tls=off may follow the "?"'],
    ['smtp://topout:s3cret@mail.example.org?tls=off', 'tls=off would send the password in the clear'],
    ['smtp://:s3cret@mail.example.org', 'it names a user or a password without the other'],
    ['smtp://topout:s3cret%zz@mail.example.org', 'a "%" in it is not followed by two hexadecimal digits'],
  ])('%s is refused without being shown', (url, seen) => {
    expect(() => mailServerOf(url)).toThrow(
      `The address of the mail server cannot be used: ${seen}; expected one such as smtp://user:password@mail.example.org:587 or smtps://mail.example.org.`,
    );
  });
});
