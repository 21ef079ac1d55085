import type { Reason } from '../../app/refusals.js';

/** Reasons of the edge: what can be wrong with a request before the application sees it, and a bug. */
export type EdgeReason =
  | 'body-invalid'
  | 'body-too-large'
  | 'body-too-deep'
  | 'content-type-unsupported'
  | 'content-encoding-unsupported'
  | 'member-unknown'
  | 'member-reserved'
  | 'member-repeated'
  | 'member-missing'
  | 'type-wrong'
  | 'value-out-of-range'
  | 'number-inexact'
  | 'day-invalid'
  | 'moment-invalid'
  | 'month-not-over'
  | 'money-invalid'
  | 'money-negative'
  | 'money-fraction'
  | 'text-invalid'
  | 'kind-unknown'
  | 'word-unknown'
  | 'entry-too-large'
  | 'idempotency-key-invalid'
  | 'if-match-invalid'
  | 'caller-invalid'
  | 'url-invalid'
  | 'host-invalid'
  | 'host-unknown'
  | 'origin-foreign'
  | 'header-too-large'
  | 'request-slow'
  | 'request-invalid'
  | 'route-unknown'
  | 'method-not-allowed'
  | 'stream-unavailable'
  | 'service-starting'
  | 'service-ending'
  | 'internal';

/** Every reason for which a request is refused; the last part of the `type` of its problem. */
export type ProblemName = Reason | EdgeReason;

/** What a problem is called, which status it answers with, and what it means. */
export interface ProblemKind {
  status: number;
  title: { en: string; zh: string };
  means: string;
  /** Seconds after which trying again makes sense. */
  retryAfter?: number;
}

function row(status: number, en: string, zh: string, means: string, retryAfter?: number): ProblemKind {
  return { status, title: { en, zh }, means, ...(retryAfter === undefined ? {} : { retryAfter }) };
}

/** The one table from reasons to HTTP; a reason without a row does not compile. */
export const problems = {
  'body-invalid': row(
    400,
    'The body is not JSON',
    '请求体不是有效的 JSON',
    'The body, or a line of it, is no JSON object in UTF-8.',
  ),
  'body-too-large': row(
    413,
    'The body is too large',
    '请求体过大',
    'A JSON body has at most 1 MiB, an import 10 MiB and each line of it 256 KiB.',
  ),
  'body-too-deep': row(
    400,
    'The body is nested too deep',
    '请求体嵌套过深',
    'JSON may be nested 20 levels deep.',
  ),
  'content-type-unsupported': row(
    415,
    'Content type not supported',
    '不支持的内容类型',
    'Send application/json, or application/x-ndjson to POST /entries.',
  ),
  'content-encoding-unsupported': row(
    415,
    'Content encoding not supported',
    '不支持的内容编码',
    'A body is sent as it is, without compression.',
  ),
  'member-unknown': row(
    400,
    'Unknown member',
    '未知字段',
    'The request has a member, or the address a parameter, that nothing reads.',
  ),
  'member-reserved': row(
    400,
    'Reserved member',
    '保留字段',
    'The names __proto__, constructor and prototype are no members of anything.',
  ),
  'member-repeated': row(
    400,
    'Repeated member',
    '重复字段',
    'One object has the same member twice, and readers of JSON disagree which one counts.',
  ),
  'member-missing': row(400, 'Missing member', '缺少字段', 'A member that is needed is not there.'),
  'type-wrong': row(
    400,
    'Wrong type',
    '类型错误',
    'A member is a text where a number is expected, a list where an object is, and so on; nothing is converted.',
  ),
  'value-out-of-range': row(
    400,
    'Out of range',
    '数值超出范围',
    'A number or a list is smaller or larger than it can be.',
  ),
  'number-inexact': row(
    400,
    'Number cannot be kept exactly',
    '数值无法精确保存',
    'Readers of JSON would round this number: it has more than 15 digits.',
  ),
  'day-invalid': row(
    400,
    'Not a day of the calendar',
    '日期无效',
    'A day is written YYYY-MM-DD and has to exist, a month YYYY-MM.',
  ),
  'moment-invalid': row(
    400,
    'Not a moment',
    '时点无效',
    'A moment is a position of the log or an RFC 3339 instant with its offset.',
  ),
  'month-not-over': row(
    422,
    'The month has not ended',
    '该月尚未结束',
    'A month as asOf stands for its last day, which has to be over.',
  ),
  'money-invalid': row(
    400,
    'Not an amount of money',
    '金额无效',
    'Money is {amount, unit} in 元, 万元, 亿元 or an ISO 4217 currency, or {amountMinor, currency}.',
  ),
  'money-negative': row(
    400,
    'Negative money',
    '金额为负',
    'An amount is zero or more; a level that fell is said as the lower level.',
  ),
  'money-fraction': row(
    400,
    'Fraction of the smallest unit',
    '金额小数位过多',
    'Nothing is rounded, so an amount has no fraction of a fen or cent.',
  ),
  'text-invalid': row(
    400,
    'Text not acceptable',
    '文本无效',
    'A text is empty, too long, not well-formed, or has control characters; an id has other characters than a-z, 0-9 and -.',
  ),
  'kind-unknown': row(
    400,
    'Unknown kind',
    '未知种类',
    'A member names a kind of thing that is none of those listed.',
  ),
  'word-unknown': row(
    422,
    'Word not in the lexicon',
    '词语不在词库中',
    'The phrase is in no lexicon; give "word" beside "said" to say which word it stands for.',
  ),
  'entry-too-large': row(413, 'The entry is too large', '记录过大', 'One entry has at most 250 KiB.'),
  'idempotency-key-invalid': row(
    400,
    'Idempotency-Key is no UUID',
    'Idempotency-Key 不是 UUID',
    'The header proposes the id of the entry, which is a UUID.',
  ),
  'if-match-invalid': row(
    400,
    'If-Match is no revision',
    'If-Match 不是版本号',
    'The header holds the ETag of a project: its revision in double quotes.',
  ),
  'caller-invalid': row(
    400,
    'Topout-By names nobody',
    'Topout-By 无效',
    'The header holds 1 to 64 printable ASCII characters without spaces.',
  ),
  'url-invalid': row(
    400,
    'The address cannot be read',
    '地址无效',
    'The address is longer than 2,048 characters or wrongly encoded.',
  ),
  'host-invalid': row(
    400,
    'Host is no name of a service',
    'Host 无效',
    'A request has one Host, a name or address and perhaps a port; a whole address on its first line names the same.',
  ),
  'host-unknown': row(
    421,
    'Not a name of this service',
    '主机名不属于本服务',
    'The service is asked under the names of this machine, the host of TOPOUT_PUBLIC_URL and those of TOPOUT_HOSTS; only /health/* answers under any.',
  ),
  'origin-foreign': row(
    403,
    'Sent by a page of another origin',
    '请求来自其他网站',
    'What changes something comes from a page of this service or from a program, and never from the page of somebody else.',
  ),
  'header-too-large': row(
    431,
    'The headers are too large',
    '请求头过大',
    'The address and the headers of a request have at most 8 KiB together.',
  ),
  'request-slow': row(
    408,
    'The request came too slowly',
    '请求超时',
    'The headers come within 10 s, a whole request within 30 s.',
  ),
  'request-invalid': row(
    400,
    'Not an HTTP request',
    '不是有效的 HTTP 请求',
    'The bytes cannot be read as HTTP/1.1, or its headers set a condition that cannot be met.',
  ),
  'route-unknown': row(
    404,
    'Nothing is here',
    '地址不存在',
    'No route has this address; /openapi.json lists all.',
  ),
  'method-not-allowed': row(
    405,
    'Method not allowed',
    '不支持的方法',
    'The address exists, but not with this method; the header Allow lists those it has.',
  ),
  'stream-unavailable': row(
    503,
    'No stream can be opened',
    '无法打开事件流',
    'As many streams as may be are open, or the service ends. Come back; nothing is missed.',
    5,
  ),
  'service-starting': row(
    503,
    'The service is starting',
    '服务正在启动',
    'Nothing of the request was carried out. Send it again; GET /health/ready says how far the start is.',
    1,
  ),
  'service-ending': row(
    503,
    'The service is about to end',
    '服务即将停止',
    'Nothing of the request was carried out. Send it again, to another service or once this one is back.',
    5,
  ),
  internal: row(500, 'A fault of Topout', '内部错误', 'A bug; what happened is in the log of the service.'),

  'project-unknown': row(404, 'Unknown project', '项目不存在', 'Nobody has registered this project.'),
  'project-exists': row(409, 'The project exists', '项目已存在', 'The id is registered with other details.'),
  'day-not-begun': row(422, 'The day has not begun', '日期尚未开始', 'A fact is about a day that has begun.'),
  'period-reversed': row(
    422,
    'The period ends before it begins',
    '起止日期颠倒',
    'The end of a period is its beginning or later.',
  ),
  'count-impossible': row(
    422,
    'More done than there is',
    '完成数超过总数',
    'Done or reached is at most the total.',
  ),
  'plan-invalid': row(
    422,
    'The plan cannot be meant',
    '计划无效',
    'Ids, parents, steps, orders, dates or currencies of the plan do not go together.',
  ),
  'item-renamed': row(
    422,
    'Entries would move to other work',
    '记录会转到其他部位',
    'An id that has entries is used for another name or place; the plan says "renames" where they go along.',
  ),
  'stall-unknown': row(422, 'Unknown stall', '停滞不存在', 'Only a declared stall can be cleared.'),
  'entry-unknown': row(404, 'Unknown entry', '记录不存在', 'The project has no entry with this id.'),
  'stall-id-fixed': row(
    422,
    'Stall keeps its id',
    '停滞编号不变',
    'A correction of a stall keeps its id; withdraw the entry and declare another stall instead.',
  ),
  'entry-fixed': row(
    422,
    'The entry cannot be withdrawn',
    '记录不可撤回',
    'Registrations and withdrawals stay.',
  ),

  'revision-conflict': row(
    409,
    'Written by somebody else at the same time',
    '并发写入冲突',
    'Others wrote to the project faster; nothing was stored. Send it again.',
    1,
  ),
  'event-id-reused': row(
    409,
    'The id is taken',
    '记录号已被使用',
    'The id belongs to an entry with other content.',
  ),
  'store-full': row(507, 'The disk is full', '存储空间不足', 'Nothing was stored; reading goes on.', 60),
  'store-unavailable': row(
    503,
    'The store is not available',
    '存储不可用',
    'Nothing was stored. Send it again later.',
    5,
  ),
  'outcome-unknown': row(
    503,
    'Not known whether it was stored',
    '写入结果未知',
    'Send it again with the same id: it is stored once.',
    5,
  ),
  'store-corrupt': row(
    500,
    'The store is damaged',
    '存储已损坏',
    'Restore a backup; "topout doctor" says what is intact.',
  ),
  'store-in-use': row(503, 'The store is in use', '存储被占用', 'Another process holds the store.', 5),
  'store-refused': row(
    503,
    'The store cannot be used',
    '存储无法使用',
    'The store was made by another program or a newer version.',
    60,
  ),

  'revision-stale': row(
    412,
    'The project has moved on',
    '版本已过期',
    'If-Match names an older revision than the current one; look again, then decide.',
  ),
  'write-contended': row(
    503,
    'Many are writing here at once',
    '同时写入者过多',
    'Others wrote to the same stream faster for 2 s; nothing was stored. Send it again.',
    1,
  ),
  'position-unknown': row(
    400,
    'No such position',
    '位置不存在',
    'The log ends before the position of "after"; no answer of this store has named it.',
  ),
  'view-behind': row(
    503,
    'The views are not there yet',
    '视图尚未更新',
    'The views did not reach the position of "after" within 2 s. Ask again.',
    1,
  ),
  'views-unmade': row(
    503,
    'The views are not made yet',
    '视图尚未生成',
    'The store could not be read to its end since the start. Ask again.',
    5,
  ),
  'moment-ahead': row(
    400,
    'The moment is still to come',
    '时刻尚未到来',
    'What will be known then cannot be said. Ask for an instant up to now, or for a position of the log.',
  ),
  'cursor-invalid': row(
    400,
    'Not a cursor of this list',
    '游标无效',
    'A cursor is the "next" of the page before.',
  ),
  'project-not-found': row(
    404,
    'No such project then',
    '未找到项目',
    'The project was not known at that moment.',
  ),
  'alert-unknown': row(404, 'Unknown alert', '预警不存在', 'No alert has this id, or it was not known then.'),
  'alert-cleared': row(
    409,
    'The alert is cleared',
    '预警已解除',
    'Only an alert that stands can be acknowledged or silenced.',
  ),
  'day-passed': row(
    422,
    'The day has passed',
    '日期已过',
    'A day to answer by, or to be silent until, is today or later.',
  ),
  'rules-invalid': row(
    422,
    'The rules cannot be meant',
    '规则无效',
    'A rule, a unit, a threshold or a scope is not one that Topout has; nothing was adopted.',
  ),
  'rules-tests-busy': row(
    503,
    'Other rules are being tested',
    '正在试算其他规则',
    'Two tests of rules run at a time, because each judges all history. Ask again once one of them is done.',
    30,
  ),
  'rules-unknown': row(404, 'Unknown version of the rules', '规则版本不存在', 'Versions count from 1.'),
  'calendar-invalid': row(
    422,
    'The calendar cannot be meant',
    '日历无效',
    'Days, weekdays or the name are not of a calendar.',
  ),
  'calendar-unknown': row(
    422,
    'Unknown calendar',
    '日历不存在',
    'The calendar comes with Topout or is adopted first.',
  ),
  'subscription-unknown': row(404, 'Unknown subscription', '订阅不存在', 'No subscription has this id.'),
  'subscription-invalid': row(
    422,
    'The subscription cannot be meant',
    '订阅无效',
    'The choice, the times or the channel do not go together.',
  ),
  'subscription-ended': row(
    409,
    'The subscription has ended',
    '订阅已终止',
    'What has ended stays ended; subscribe anew.',
  ),
  'address-refused': row(
    422,
    'The address may not be used',
    '地址不允许',
    'Webhooks go to public https addresses on port 443 or 8443 only.',
  ),
  'challenge-failed': row(
    422,
    'The receiver did not answer the challenge',
    '接收方未通过验证',
    'The receiver has to answer 200 with the challenge it was sent.',
  ),
  'confirmation-unsent': row(
    422,
    'The confirmation could not be sent',
    '确认邮件未能发送',
    'The mail server did not take the mail that asks the owner of the address.',
  ),
  'confirmation-recent': row(
    429,
    'A confirmation was sent a moment ago',
    '确认邮件刚刚发送',
    'At most one mail a minute asks the owner of an address.',
    60,
  ),
  'confirmation-expired': row(
    410,
    'The link is no longer good',
    '链接已失效',
    'A link to confirm an address is good for 7 days, and until a newer one is sent.',
  ),
  'subscription-unconfirmed': row(
    409,
    'The address is not confirmed',
    '邮箱尚未确认',
    'Nothing is sent to an address before its owner has confirmed it.',
  ),
  'channel-unavailable': row(
    422,
    'The channel is not set up',
    '通道未配置',
    'The installation has no mail server; set TOPOUT_SMTP_URL.',
  ),
  'secret-weak': row(
    422,
    'The secret is too weak',
    '密钥强度不足',
    'A secret is whsec_ and the base64 of 24 to 64 random bytes.',
  ),
  'sealed-unreadable': row(
    409,
    'The secret of the subscription is lost',
    '订阅密钥不可读',
    'The key that sealed it is gone; change the subscription and give its address or secret again.',
  ),
} as const satisfies Record<ProblemName, ProblemKind>;

/** The row of a problem by the last part of its `type`, or undefined. */
export function problemKind(name: string): ProblemKind | undefined {
  return Object.hasOwn(problems, name) ? problems[name as ProblemName] : undefined;
}
