import { nothing } from '../../../domain/values/rejections.js';
import type { NotSignedIn } from '../../app/access/principals.js';
import { type RequestFault, RequestRefused } from '../problems/faults.js';

/** What a sign-in on the page mends, or what the page says more about. */
const mended: readonly RequestFault['type'][] = ['sign-in-needed', 'session-ended', 'wire-open'];

/** True if a request was refused because nobody is signed in at its browser. */
export function isSignInNeeded(error: unknown): boolean {
  return error instanceof RequestRefused && mended.includes(error.faults[0].type);
}

/** Nobody is named where somebody has to be. */
export function signInNeeded(): RequestRefused {
  return new RequestRefused([
    {
      member: 'Authorization',
      type: 'sign-in-needed',
      seen: nothing,
      expected: { en: 'a key, as "Bearer tpo_..."', zh: '密钥，如 "Bearer tpo_..."' },
    },
  ]);
}

/** A cookie beside a write that no page of this service sent: a program sends a key. */
export const notByOwnPage: RequestFault = {
  member: 'Origin',
  type: 'origin-foreign',
  seen: nothing,
  expected: {
    en: 'a page of this service with a cookie, or a program with a key, as "Bearer tpo_..."',
    zh: '本服务页面携带 Cookie 的请求，或程序以密钥发出的请求，如 "Bearer tpo_..."',
  },
};

/** A sign-in that others could read. */
export const openWire: RequestFault = {
  member: 'connection',
  type: 'wire-open',
  seen: { en: 'a sign-in over an open connection', zh: '未加密连接上的登录' },
  expected: {
    en: 'one from this machine or over TLS: by TOPOUT_TLS_CERT, or through a proxy of TOPOUT_PROXIES',
    zh: '来自本机，或经 TLS 连接：设置 TOPOUT_TLS_CERT，或使用 TOPOUT_PROXIES 所列代理',
  },
};

/** Why a cookie signs nobody in. */
export function sessionEnded(why: NotSignedIn | 'wire-open'): RequestFault {
  if (why === 'wire-open') return { ...whyNot[why], member: 'Cookie' };
  return {
    member: 'Cookie',
    type: 'session-ended',
    seen: { en: 'a sign-in that has ended', zh: '已结束的登录' },
    expected: { en: 'a new sign-in', zh: '重新登录' },
  };
}

/** Why a key signs nobody in. */
export const whyNot: Readonly<Record<NotSignedIn | 'wire-open', RequestFault>> = {
  malformed: keyFault('key-invalid', 'a text that is no key', '不是密钥的文本'),
  unknown: keyFault('key-invalid', 'a text that is no key', '不是密钥的文本'),
  expired: keyFault('key-expired', 'a key that has expired', '已过期的密钥'),
  revoked: keyFault('key-revoked', 'a key that was revoked', '已撤销的密钥'),
  idle: keyFault('key-expired', 'a session that was not used', '长期未使用的登录'),
  'wire-open': {
    member: 'Authorization',
    type: 'wire-open',
    seen: { en: 'a key over an open connection', zh: '未加密连接上的密钥' },
    expected: {
      en: 'one from this machine, or over TLS through a proxy of TOPOUT_PROXIES; replace this key',
      zh: '来自本机，或经 TOPOUT_PROXIES 所列代理的 TLS 连接；请更换此密钥',
    },
  },
};

function keyFault(type: RequestFault['type'], en: string, zh: string): RequestFault {
  const expected = {
    en: 'a whole key that is in force, as "Bearer tpo_..."',
    zh: '完整有效的密钥，如 "Bearer tpo_..."',
  };
  return { member: 'Authorization', type, seen: { en, zh }, expected };
}
