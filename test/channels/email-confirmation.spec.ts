import { expect, test } from '@jest/globals';
import type { Asking } from '../../src/channels/channel.js';
import { confirmationMail } from '../../src/channels/email-confirmation.js';

const asking: Asking = {
  id: '019a4c1e-0000-7000-8000-0000000000e1',
  name: 'duty <office>',
  language: 'en',
  timeZone: 'Asia/Shanghai',
  link: 'https://topout.example.org/subscriptions/f1/confirm?token=abc',
  confirmBy: '2018-07-17T01:02:03.004Z',
};

test('the confirmation mail names the sender, the button and its expiry', () => {
  const { subject, text, html } = confirmationMail(asking);
  expect(subject).toBe('Do you want alerts at this address?');
  expect(text).toBe(`Somebody has entered this address for alerts of Topout, as "duty <office>".

To receive them, open this link and press the button:

https://topout.example.org/subscriptions/f1/confirm?token=abc

The link is good until 2018-07-17 09:02 (Asia/Shanghai). Without your confirmation nothing else is sent.
`);
  expect(html).toContain('href="https://topout.example.org/subscriptions/f1/confirm?token=abc"');
  expect(html).toContain('duty &#60;office&#62;');
});

test('the mail of an installation without a known address has the path to open', () => {
  const link = '/subscriptions/f1/confirm?token=abc';
  const { text, html } = confirmationMail({ ...asking, language: 'zh', link });
  expect(text).toContain(`请在您访问 Topout 的网址后打开以下路径，并按下按钮：\n\n${link}\n`);
  expect(html).not.toContain('href=');
});
