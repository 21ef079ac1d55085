import type { ProblemRow } from './problem-kind.js';

/** What can be wrong with a request as HTTP, and the states of the service that refuse one. */
export const httpProblems = {
  'idempotency-key-invalid': [
    400,
    'Idempotency-Key is no UUID',
    'Idempotency-Key 不是 UUID',
    'The header proposes the id of the entry, which is a UUID.',
  ],
  'if-match-invalid': [
    400,
    'If-Match is no revision',
    'If-Match 不是版本号',
    'The header holds the ETag of a project: its revision in double quotes.',
  ],
  'caller-invalid': [
    400,
    'Topout-By names nobody',
    'Topout-By 无效',
    "The header holds a name of 1 to 64 characters in any script: in UTF-8, or percent-encoded behind UTF-8''.",
  ],
  'url-invalid': [
    400,
    'The address cannot be read',
    '地址无效',
    'The address is longer than 2,048 characters or wrongly encoded.',
  ],
  'host-invalid': [
    400,
    'Host is no name of a service',
    'Host 无效',
    'A request has one Host, a name or address and perhaps a port; a whole address on its first line names the same.',
  ],
  'host-unknown': [
    421,
    'Not a name of this service',
    '主机名不属于本服务',
    'The service is asked under the names of this machine, the host of TOPOUT_PUBLIC_URL and those of TOPOUT_HOSTS; only /health/* answers under any.',
  ],
  'origin-foreign': [
    403,
    'Sent by a page of another origin',
    '请求来自其他网站',
    'What changes something comes from a page of this service or from a program, and never from the page of somebody else.',
  ],
  'header-too-large': [
    431,
    'The headers are too large',
    '请求头过大',
    'The address and the headers of a request have at most 8 KiB together.',
  ],
  'request-slow': [
    408,
    'The request came too slowly',
    '请求超时',
    'The headers come within 10 s, a whole request within 30 s.',
  ],
  'request-invalid': [
    400,
    'Not an HTTP request',
    '不是有效的 HTTP 请求',
    'The bytes cannot be read as HTTP/1.1, or its headers set a condition that cannot be met.',
  ],
  'route-unknown': [
    404,
    'Nothing is here',
    '地址不存在',
    'No route has this address; /openapi.json lists all.',
  ],
  'method-not-allowed': [
    405,
    'Method not allowed',
    '不支持的方法',
    'The address exists, but not with this method; the header Allow lists those it has.',
  ],
  'stream-unavailable': [
    503,
    'No stream can be opened',
    '无法打开事件流',
    'As many streams as may be are open, or the service ends. Come back; nothing is missed.',
    5,
  ],
  'service-starting': [
    503,
    'The service is starting',
    '服务正在启动',
    'Nothing of the request was carried out. Send it again; GET /health/ready says how far the start is.',
    1,
  ],
  'service-ending': [
    503,
    'The service is about to end',
    '服务即将停止',
    'Nothing of the request was carried out. Send it again, to another service or once this one is back.',
    5,
  ],
  internal: [500, 'A fault of Topout', '内部错误', 'A bug; what happened is in the log of the service.'],
} satisfies Record<string, ProblemRow>;
