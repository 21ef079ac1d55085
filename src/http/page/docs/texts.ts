import type { Words } from '../../../../domain/values/words.js';
import type { Language } from '../../answers/accepted-language.js';

/** The texts around what the API document says, in both languages. */
const texts = {
  title: { en: 'API', zh: '接口' },
  intro: {
    en: 'Programs read and write what the pages show. Every route is listed here, with who may call it.',
    zh: '程序可读写页面所示的全部数据。此处列出所有接口及其所需权限。',
  },
  keys: {
    en: 'A program signs in by a key, which an administrator issues: it is sent as "Authorization: Bearer …".',
    zh: '程序以管理员签发的密钥登录，随请求发送："Authorization: Bearer …"。',
  },
  open: {
    en: 'This installation is open at this machine: no key is needed.',
    zh: '本机开放使用，无需密钥。',
  },
  faults: {
    en: 'What an answer may refuse, and why:',
    zh: '拒绝请求的原因一览：',
  },
  document: { en: 'The same for programs (OpenAPI 3.1):', zh: '供程序读取的文档（OpenAPI 3.1）：' },
  routes: { en: 'Routes', zh: '接口列表' },
  filter: { en: 'Filter routes', zh: '筛选接口' },
  found: { en: 'found', zh: '个接口' },
  home: { en: 'To the projects', zh: '返回项目' },
  all: { en: 'All routes', zh: '全部接口' },
  skip: { en: 'Skip to the content', zh: '跳至内容' },
  who: { en: 'Who may call it', zh: '调用权限' },
  parameters: { en: 'Parameters', zh: '参数' },
  body: { en: 'Body', zh: '请求体' },
  answers: { en: 'Answers', zh: '响应' },
  headers: { en: 'with the headers', zh: '附带响应头' },
  empty: { en: 'without a body', zh: '无响应体' },
  otherwise: { en: 'else', zh: '其他' },
  problems: { en: 'all problems', zh: '全部错误类型' },
  example: { en: 'Example', zh: '示例' },
  exampleHint: {
    en: 'Replace what is written in capitals. TOPOUT_KEY holds a key.',
    zh: '请替换大写部分；TOPOUT_KEY 为密钥。',
  },
  exampleHintOpen: { en: 'Replace what is written in capitals.', zh: '请替换大写部分。' },
  shapes: { en: 'Shapes', zh: '数据结构' },
  required: { en: 'required', zh: '必填' },
  optional: { en: 'optional', zh: '可选' },
  path: { en: 'in the path', zh: '路径' },
  query: { en: 'in the query', zh: '查询参数' },
  header: { en: 'a header', zh: '请求头' },
  text: { en: 'text', zh: '文本' },
  integer: { en: 'whole number', zh: '整数' },
  number: { en: 'number', zh: '数字' },
  boolean: { en: 'true or false', zh: 'true 或 false' },
  null: { en: 'null', zh: 'null' },
  object: { en: 'object', zh: '对象' },
  anything: { en: 'any value', zh: '任意值' },
  listOf: { en: 'list of', zh: '列表，每项为' },
  eachMember: { en: 'object, each member is', zh: '对象，每个成员为' },
  comma: { en: ', ', zh: '，' },
  or: { en: ' or ', zh: ' 或 ' },
  and: { en: ' with ', zh: ' 并含 ' },
  characters: { en: 'characters', zh: '个字符' },
  elements: { en: 'elements', zh: '项' },
  atLeast: { en: 'at least', zh: '至少' },
  atMost: { en: 'at most', zh: '至多' },
  date: { en: 'day, as 2018-06-30', zh: '日期，如 2018-06-30' },
  'date-time': {
    en: 'instant in UTC, as 2018-07-10T00:00:00.000Z',
    zh: 'UTC 时刻，如 2018-07-10T00:00:00.000Z',
  },
  uuid: { en: 'UUID', zh: 'UUID' },
  uri: { en: 'address', zh: '网址' },
  'uri-reference': { en: 'address', zh: '网址' },
  binary: { en: 'bytes', zh: '字节' },
  unknown: { en: 'There is no such route', zh: '没有此接口' },
  unknownHint: {
    en: 'It may have another name now. The list has every route.',
    zh: '名称可能已变更，请在列表中查找。',
  },
  public: { en: 'Everybody, without a sign-in.', zh: '任何人，无需登录。' },
  'sign-in': {
    en: 'Everybody, without a sign-in; over a connection that others cannot read.',
    zh: '任何人，无需登录；须通过加密连接或在本机调用。',
  },
  'signed-in': { en: 'Everybody who signed in.', zh: '任何已登录的人。' },
  everywhere: { en: 'in the whole installation', zh: '在全系统' },
  somewhere: { en: 'somewhere', zh: '在某一范围' },
  project: { en: 'at the project', zh: '在该项目' },
  alert: { en: 'at the project of the alert', zh: '在该预警所属项目' },
  subscription: { en: 'and whose subscription it is', zh: '对该订阅' },
  narrowed: { en: 'The answer is narrowed to where they may.', zh: '响应仅限其权限范围。' },
  groups: { en: 'Groups', zh: '分组' },
} as const satisfies Record<string, Words>;

export type DocsText = keyof typeof texts;

/** What the routes of a tag are about. */
const groups: Readonly<Record<string, Words>> = {
  projects: { en: 'Projects', zh: '项目' },
  entries: { en: 'Entries', zh: '记录' },
  overview: { en: 'Totals and operation', zh: '汇总与运行' },
  access: { en: 'People and sign-in', zh: '人员与登录' },
  alerts: { en: 'Alerts', zh: '预警' },
  subscriptions: { en: 'Subscriptions', zh: '订阅' },
  rules: { en: 'Rules, lexicon and calendars', zh: '规则、用词与日历' },
  ledger: { en: 'Ledger', zh: '账本' },
};

/** The texts in one language. */
export type Say = (name: DocsText) => string;

export function sayIn(language: Language): Say {
  return (name) => texts[name][language];
}

/** True if there is a text of that name, as for a format. */
export function isText(name: string | undefined): name is DocsText {
  return name !== undefined && Object.hasOwn(texts, name);
}

/** The name of a group of routes. */
export function groupName(tag: string, language: Language): string {
  return groups[tag]?.[language] ?? tag;
}
