import type { ProblemRow } from './problem-kind.js';

/** What can be wrong with a body, its members or the parameters of an address. */
export const bodyProblems = {
  'body-invalid': [
    400,
    'The body is not JSON',
    '请求体不是有效的 JSON',
    'The body, or a line of it, is no JSON object in UTF-8.',
  ],
  'body-too-large': [
    413,
    'The body is too large',
    '请求体过大',
    'A JSON body has at most 1 MiB, an import 10 MiB and each line of it 256 KiB.',
  ],
  'body-too-deep': [
    400,
    'The body is nested too deep',
    '请求体嵌套过深',
    'JSON may be nested 20 levels deep.',
  ],
  'content-type-unsupported': [
    415,
    'Content type not supported',
    '不支持的内容类型',
    'Send application/json, or application/x-ndjson to POST /entries.',
  ],
  'content-encoding-unsupported': [
    415,
    'Content encoding not supported',
    '不支持的内容编码',
    'A body is sent as it is, without compression.',
  ],
  'member-unknown': [
    400,
    'Unknown member',
    '未知字段',
    'The request has a member, or the address a parameter, that nothing reads.',
  ],
  'member-reserved': [
    400,
    'Reserved member',
    '保留字段',
    'The names __proto__, constructor and prototype are no members of anything.',
  ],
  'member-repeated': [
    400,
    'Repeated member',
    '重复字段',
    'One object has the same member twice, and readers of JSON disagree which one counts.',
  ],
  'member-missing': [400, 'Missing member', '缺少字段', 'A member that is needed is not there.'],
  'type-wrong': [
    400,
    'Wrong type',
    '类型错误',
    'A member is a text where a number is expected, a list where an object is, and so on; nothing is converted.',
  ],
  'value-out-of-range': [
    400,
    'Out of range',
    '数值超出范围',
    'A number or a list is smaller or larger than it can be.',
  ],
  'number-inexact': [
    400,
    'Number cannot be kept exactly',
    '数值无法精确保存',
    'Readers of JSON would round this number: it has more than 15 digits.',
  ],
  'day-invalid': [
    400,
    'Not a day of the calendar',
    '日期无效',
    'A day is written YYYY-MM-DD and has to exist, a month YYYY-MM.',
  ],
  'moment-invalid': [
    400,
    'Not a moment',
    '时点无效',
    'A moment is a position of the log or an RFC 3339 instant with its offset.',
  ],
  'month-not-over': [
    422,
    'The month has not ended',
    '该月尚未结束',
    'A month as asOf stands for its last day, which has to be over.',
  ],
  'money-invalid': [
    400,
    'Not an amount of money',
    '金额无效',
    'Money is a text with its unit such as 3-4亿元 or $1.2 million, {amount, unit}, or {amountMinor, currency}.',
  ],
  'money-negative': [
    400,
    'Negative money',
    '金额为负',
    'An amount is zero or more; a level that fell is said as the lower level.',
  ],
  'money-fraction': [
    400,
    'Fraction of the smallest unit',
    '金额小数位过多',
    'Nothing is rounded, so an amount has no fraction of a fen or cent.',
  ],
  'quantity-invalid': [
    400,
    'Not an amount',
    '数量无效',
    'An amount is a number with its unit, such as 7.4 km or 7,400 米; an amount and its total have units that convert to each other.',
  ],
  'text-invalid': [
    400,
    'Text not acceptable',
    '文本无效',
    'A text is empty, too long, not well-formed, or has control characters; an id has other characters than a-z, 0-9 and -.',
  ],
  'kind-unknown': [
    400,
    'Unknown kind',
    '未知种类',
    'A member names a kind of thing that is none of those listed.',
  ],
  'word-unknown': [
    422,
    'Word not in the lexicon',
    '词语不在词库中',
    'The phrase is in no lexicon; give "word" beside "said" to say which word it stands for.',
  ],
  'entry-too-large': [413, 'The entry is too large', '记录过大', 'One entry has at most 250 KiB.'],
} satisfies Record<string, ProblemRow>;
