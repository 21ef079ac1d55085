import { describe, expect, test } from '@jest/globals';
import { letterOf } from '../../src/channels/email-letter.js';
import { htmlOf, textOf } from '../../src/channels/email-pages.js';
import type { Notice, NoticeItem } from '../../src/channels/notice.js';

const huaao: NoticeItem & { cause: 'financing' } = {
  type: 'AlertRaised',
  event: 'e-1',
  position: 41,
  recordedAt: '2018-07-10T01:02:03.004Z',
  alert: 'a-1',
  project: 'huaao-2',
  projectName: { en: 'Huaao Auto II', zh: '华奥汽车二期' },
  rule: 'declared-stall',
  rulesVersion: 1,
  subject: { kind: 'stall', id: 'financing' },
  cause: 'financing',
  severity: 'red',
  since: '2018-06-01',
  reason: { en: 'Stalled for 39 days.', zh: '停滞已 39 天。' },
  clears: { en: 'works go on', zh: '恢复施工' },
  evidence: ['x-1', 'x-2'],
};
const { clears: _, ...over } = huaao;
const huaaoCleared: NoticeItem = { ...over, type: 'AlertCleared', event: 'e-3' };
const tengjun: NoticeItem = {
  ...huaao,
  alert: 'a-2',
  event: 'e-2',
  project: 'tengjun',
  projectName: { en: 'Tengjun', zh: '腾骏药业' },
  rule: 'forecast-slip',
  subject: { kind: 'target', id: 'production' },
  severity: 'yellow',
};
const roof: NoticeItem = {
  ...huaao,
  alert: 'a-3',
  rule: 'item-overdue',
  subject: { kind: 'item', id: 'roof' },
};

function noticeOf(language: 'en' | 'zh', items: NoticeItem[], kind: Notice['kind'] = 'at-once'): Notice {
  return {
    notice: 'n-1',
    subscription: 's-1',
    kind,
    language,
    timeZone: 'Asia/Shanghai',
    items,
    remarks: [],
    at: '2018-07-10T16:30:00.000Z',
  };
}

const subjects = (items: NoticeItem[], kind?: Notice['kind']) =>
  [letterOf(noticeOf('en', items, kind)), letterOf(noticeOf('zh', items, kind))].map(
    (letter) => letter.subject,
  );

describe('the subject of a letter', () => {
  test('states the problem and its severity', () => {
    expect(subjects([huaao])).toEqual([
      '[red] Huaao Auto II: stalled (financing)',
      '[红] 华奥汽车二期：停工/受阻（融资）',
    ]);
    expect(subjects([tengjun])).toEqual([
      '[yellow] Tengjun: forecast slip (production)',
      '[黄] 腾骏药业：预计推迟（投产）',
    ]);
  });

  test('states that an alert is cleared, by its last event', () => {
    expect(subjects([huaao, huaaoCleared])).toEqual([
      '[cleared] Huaao Auto II: stalled (financing)',
      '[解除] 华奥汽车二期：停工/受阻（融资）已解除',
    ]);
  });

  test('counts the alerts of one project and of several, with the highest severity', () => {
    expect(subjects([huaao, roof])).toEqual(['[red] Huaao Auto II: 2 alerts', '[红] 华奥汽车二期：2 条预警']);
    expect(subjects([tengjun, huaao, roof], 'digest')).toEqual([
      '[red] 3 alerts: Huaao Auto II and 1 more project',
      '[红] 3 条预警：华奥汽车二期等 2 个项目',
    ]);
  });

  test('cannot carry line breaks in an encoded name', () => {
    const name = '=?utf-8?Q?=0D=0ABcc:_mallory@example.com?=';
    expect(subjects([{ ...huaao, projectName: { en: name, zh: name } }])[0]).toBe(
      '[red] = ?utf-8?Q?=0D=0ABcc:_mallory@example.com?=: stalled (financing)',
    );
  });

  test('marks a test as a test', () => {
    expect(subjects([], 'test')).toEqual([
      '[test] Notices of Topout arrive here',
      '[测试] Topout 通知可送达此邮箱',
    ]);
  });
});

describe('the text of a letter', () => {
  test('groups a digest by project, most serious first', () => {
    expect(
      textOf(letterOf(noticeOf('en', [tengjun, huaaoCleared, roof], 'digest'))),
    ).toBe(`Digest: 3 changes of alerts, by project.

# Huaao Auto II (华奥汽车二期)

[cleared] stalled (financing) – cleared
  Since: 2018-06-01
  Why: Stalled for 39 days.
  Evidence: rules version 1, 2 entries
  Recorded: 2018-07-10 09:02 (Asia/Shanghai)

[red] work item overdue (roof) – raised
  Since: 2018-06-01
  Why: Stalled for 39 days.
  Cleared by: works go on
  Evidence: rules version 1, 2 entries
  Recorded: 2018-07-10 09:02 (Asia/Shanghai)

# Tengjun (腾骏药业)

[yellow] forecast slip (production) – raised
  Since: 2018-06-01
  Why: Stalled for 39 days.
  Cleared by: works go on
  Evidence: rules version 1, 2 entries
  Recorded: 2018-07-10 09:02 (Asia/Shanghai)

Sent 2018-07-11 00:30 (Asia/Shanghai).

`);
  });

  test('shows 500 events and counts the others', () => {
    const items = Array.from({ length: 612 }, (_, number) => ({ ...huaao, alert: `a-${number}` }));
    const letter = letterOf(noticeOf('en', items, 'digest'));
    expect(letter.subject).toBe('[red] Huaao Auto II: 612 alerts');
    expect(letter.groups.flatMap(({ alerts }) => alerts)).toHaveLength(500);
    expect(letter.remarks).toEqual(['112 further changes not shown here.']);
  });

  test('shows only http and https links', () => {
    const links = { alerts: 'javascript:alert(1)', unsubscribe: 'https://topout.example.org/u' };
    expect(letterOf({ ...noticeOf('en', [huaao]), links }).links).toBeUndefined();
  });

  test('shows UTC where the time zone is unknown', () => {
    const letter = letterOf({ ...noticeOf('en', [huaao]), timeZone: 'Mars/Olympus' });
    expect(letter.closing.sent).toBe('Sent 2018-07-10 16:30 (UTC).');
  });
});

test('the HTML of a letter shows hostile names literally and loads nothing', () => {
  const hostile = `<img src=x onerror="alert('1')">&\u202eevil`;
  const names = { en: hostile, zh: hostile };
  const items = [{ ...huaao, projectName: names, reason: names }];
  const html = htmlOf(letterOf(noticeOf('en', items)));
  const shown = '&#60;img src=x onerror=&#34;alert(&#39;1&#39;)&#34;&#62;&#38; evil';
  expect(html).toContain(`<h2 style="font-size:1.2em;margin:1.2em 0 .4em">${shown}</h2>`);
  expect(html).not.toMatch(/<(img|link|script|style|iframe)|src="|url\(/);
});
