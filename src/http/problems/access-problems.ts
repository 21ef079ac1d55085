import type { Reason } from '../../app/refusals.js';
import type { ProblemRow } from './problem-kind.js';

/** Why a request is refused for its rights, and a change of who may do what for its content. */
export const accessProblems = {
  'not-permitted': [
    403,
    'Not permitted',
    '无此权限',
    'The roles of the person who signed in do not include this; an administrator grants roles.',
  ],
  'reads-unrecorded': [
    503,
    'Reads cannot be recorded',
    '无法记录查阅',
    'What is asked for is recorded in the log of reads, which cannot be written now; other requests are answered. Ask again.',
    5,
  ],
  'identity-taken': [409, 'The identity is taken', '身份已被占用', 'One identity signs in one person.'],
  'sign-in-failed': [
    401,
    'Not signed in',
    '登录失败',
    'The password does not belong to that name, or nobody has it; nothing is said about which.',
  ],
  'sign-in-delayed': [
    429,
    'Too many wrong passwords',
    '密码错误次数过多',
    'After ten wrong passwords of one person from one address within 15 minutes, the next one is taken 15 minutes later.',
  ],
  'sign-in-busy': [
    503,
    'Too many sign-ins',
    '登录人数过多',
    'Passwords are checked two at a time; try again in a few seconds.',
    5,
  ],
  'password-weak': [
    422,
    'The password is too weak',
    '密码过于简单',
    'A password has at least 12 characters, five different ones among them, and is not the name or the contact of its person.',
  ],
  'person-unknown': [404, 'Unknown person', '人员不存在', 'Nobody was added under this id.'],
  'person-removed': [
    409,
    'The person was removed',
    '人员已移除',
    'A person who was removed stays removed; add them again under a new id.',
  ],
  'grant-unknown': [404, 'Unknown grant', '授权不存在', 'No role was granted under this id.'],
  'credential-unknown': [404, 'Unknown key', '密钥不存在', 'No key, device or session has this public id.'],
  'link-ended': [
    410,
    'The link cannot be used',
    '链接已失效',
    'A sign-in link is used once, within 24 hours; an administrator makes another with "topout admin link".',
  ],
  'duties-conflict': [
    422,
    'Duties that one person must not hold together',
    '职责不相容',
    'An administrator does not log, and an auditor does not write; a second person takes the other role.',
  ],
  'keys-too-many': [
    409,
    'Too many keys in force',
    '有效密钥过多',
    'A person has at most two keys in force, the present one and the next; revoke one first.',
  ],
  'limits-foreign': [
    422,
    'Limits beyond what the person holds',
    '密钥范围超出其角色',
    'A key is limited to roles that its person holds, where they hold them; otherwise it could do nothing.',
  ],
  'expiry-impossible': [
    422,
    'Impossible expiry',
    '有效期无效',
    'A key ends within 730 days, and not in the past.',
  ],
  'code-invalid': [
    401,
    'Not a valid code',
    '代码无效',
    'A code enrols one phone, within 10 minutes after it was made; whether it was mistyped, used or too old is not said. Make a new one.',
  ],
  'administrator-last': [
    409,
    'The last administrator',
    '最后一名管理员',
    'The installation keeps an administrator; appoint another one first.',
  ],
  'administrator-exists': [
    409,
    'There is an administrator',
    '已有管理员',
    'Only an installation without an administrator gets its first one; a lost one is replaced at the machine.',
  ],
} satisfies Partial<Record<Reason, ProblemRow>>;
