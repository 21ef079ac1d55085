import type { Access } from '../../app/access/access.js';
import {
  type IdentityFault,
  type IdentityProvider,
  IdentityRefused,
} from '../../app/access/identity-provider.js';
import type { RequestFault } from '../problems/faults.js';
import { seenAs } from '../problems/faults.js';
import type { Caller } from './caller.js';
import { whyNot } from './sign-in-faults.js';

/** True for a text in the form of a signed token, which no key has. */
export function isToken(text: string): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]*$/.test(text);
}

/** Who signs in by an access token of a provider; or why nobody does. */
export async function callerOfToken(
  token: string,
  provider: IdentityProvider,
  access: Pick<Access, 'identify'>,
): Promise<Caller | RequestFault> {
  try {
    const identity = await provider.identityOf(token);
    const found = access.identify(identity);
    if (typeof found === 'object') return { ...found, kind: 'signed-in', by: found.kind };
    return found === 'unknown' ? identityUnknown(identity.subject) : whyNot[found];
  } catch (error) {
    if (!(error instanceof IdentityRefused)) throw error;
    return tokenFaults[error.why];
  }
}

/** Somebody whom the provider knows, and nobody here has named; they learn by what an administrator names them. */
function identityUnknown(subject: string): RequestFault {
  return {
    member: 'Authorization',
    type: 'identity-unknown',
    seen: seenAs(subject),
    expected: {
      en: 'a subject that an administrator has tied to a person',
      zh: '已由管理员关联到人员的 subject',
    },
  };
}

const wholeToken = {
  en: 'an access token that the provider of TOPOUT_OIDC_ISSUER issued for this service',
  zh: 'TOPOUT_OIDC_ISSUER 所设身份提供方为本服务签发的访问令牌',
};

function invalid(en: string, zh: string): RequestFault {
  return { member: 'Authorization', type: 'token-invalid', seen: { en, zh }, expected: wholeToken };
}

/** Why a token signs nobody in. */
const tokenFaults: Readonly<Record<IdentityFault, RequestFault>> = {
  malformed: invalid('a text that is no whole token, or one with keys of its own', '不完整或自带密钥的令牌'),
  kind: invalid('a token that is no access token (typ at+jwt)', '并非访问令牌（typ 应为 at+jwt）'),
  issuer: invalid('a token of another issuer', '其他签发方的令牌'),
  audience: invalid('a token for another audience', '面向其他受众的令牌'),
  algorithm: invalid('a token without an allowed signature', '未使用允许的签名算法的令牌'),
  early: invalid('a token that is not valid yet', '尚未生效的令牌'),
  signature: invalid('a token signed by no key of the issuer', '并非由签发方密钥签名的令牌'),
  flow: invalid('a sign-in that was begun elsewhere, or is over', '在别处发起或已结束的登录'),
  expired: {
    member: 'Authorization',
    type: 'token-expired',
    seen: { en: 'a token that has expired', zh: '已过期的令牌' },
    expected: wholeToken,
  },
  unavailable: {
    member: 'Authorization',
    type: 'provider-unavailable',
    seen: { en: 'a provider of identities that does not answer', zh: '身份提供方无应答' },
    expected: { en: 'a try in half a minute, or a key', zh: '半分钟后重试，或使用密钥' },
  },
};
