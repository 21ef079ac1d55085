import { createRemoteJWKSet, customFetch, decodeJwt, decodeProtectedHeader, errors, jwtVerify } from 'jose';
import { type Identity, type IdentityFault, IdentityRefused } from '../app/access/identity-provider.js';
import { keysCoolingMs, type ProviderConfig, timeoutMs, toleranceSeconds } from './provider-config.js';

/** Members of a header by which a token would bring the key along that checks it. */
const ownKeys = ['jku', 'jwk', 'x5u', 'x5c', 'crit'] as const;

/** A token is longer than this only by mistake. */
const mostCharacters = 8_192;

/** Checks access tokens of one provider (RFC 9068). */
export class AccessTokens {
  private readonly keys;

  constructor(
    private readonly config: ProviderConfig,
    keys: URL,
    fetching: typeof fetch,
  ) {
    this.keys = createRemoteJWKSet(keys, {
      cooldownDuration: keysCoolingMs,
      timeoutDuration: timeoutMs,
      [customFetch]: fetching,
    });
  }

  /** Refuses what can be seen to be no access token of the provider. @throws IdentityRefused */
  static requireOwn(token: string, { issuer, audience, algorithms }: ProviderConfig): void {
    const { header, claims } = parsed(token);
    if (ownKeys.some((name) => name in header)) throw new IdentityRefused('malformed');
    if (!algorithms.includes(String(header.alg))) throw new IdentityRefused('algorithm');
    if (!/^(application\/)?at\+jwt$/i.test(String(header.typ))) throw new IdentityRefused('kind');
    if (claims.iss !== issuer) throw new IdentityRefused('issuer');
    if (![claims.aud].flat().includes(audience)) throw new IdentityRefused('audience');
  }

  /** @throws IdentityRefused */
  async identityOf(token: string): Promise<Identity> {
    const { issuer, audience, algorithms } = this.config;
    try {
      const { payload } = await jwtVerify(token, this.keys, {
        issuer,
        audience,
        algorithms: [...algorithms],
        typ: 'at+jwt',
        clockTolerance: toleranceSeconds,
        requiredClaims: ['sub', 'exp'],
      });
      if (typeof payload.sub !== 'string' || payload.sub === '') throw new IdentityRefused('malformed');
      return { issuer, subject: payload.sub };
    } catch (error) {
      if (error instanceof IdentityRefused) throw error;
      throw new IdentityRefused(faultOf(error), error);
    }
  }
}

function parsed(token: string) {
  if (token.length > mostCharacters) throw new IdentityRefused('malformed');
  try {
    return { header: decodeProtectedHeader(token), claims: decodeJwt(token) };
  } catch (error) {
    throw new IdentityRefused('malformed', error);
  }
}

function faultOf(error: unknown): IdentityFault {
  if (error instanceof errors.JWTExpired) return 'expired';
  if (error instanceof errors.JWTClaimValidationFailed) return faultOfClaim(error.claim);
  if (error instanceof errors.JOSEAlgNotAllowed || error instanceof errors.JOSENotSupported)
    return 'algorithm';
  if (error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JWKSNoMatchingKey)
    return 'signature';
  if (error instanceof errors.JWKSMultipleMatchingKeys) return 'signature';
  if (error instanceof errors.JWSInvalid || error instanceof errors.JWTInvalid) return 'malformed';
  return 'unavailable';
}

function faultOfClaim(claim: string): IdentityFault {
  switch (claim) {
    case 'iss':
      return 'issuer';
    case 'aud':
      return 'audience';
    case 'typ':
      return 'kind';
    case 'nbf':
      return 'early';
    default:
      return 'malformed';
  }
}
