import { isLoopback } from '../../http/server/host-name.js';
import { type ProviderConfig, signatureAlgorithms, usualAlgorithms } from '../../oidc/provider-config.js';
import { ConfigInvalid } from './config-invalid.js';
import type { Environment } from './environment.js';
import { secretOf } from './secret-file.js';

/** The provider of identities of the settings; undefined without `TOPOUT_OIDC_ISSUER`. @throws ConfigInvalid */
export function providerIn(env: Environment): ProviderConfig | undefined {
  const issuer = env.TOPOUT_OIDC_ISSUER || undefined;
  if (issuer === undefined) return undefined;
  requireIssuer(issuer);
  const clientId = env.TOPOUT_OIDC_CLIENT_ID || '';
  if (clientId === '')
    throw new ConfigInvalid(
      'TOPOUT_OIDC_CLIENT_ID',
      '',
      'the id of this service at the provider of TOPOUT_OIDC_ISSUER',
    );
  const clientSecret = secretOf(env, 'TOPOUT_OIDC_CLIENT_SECRET');
  return {
    issuer,
    clientId,
    ...(clientSecret === undefined ? {} : { clientSecret }),
    audience: env.TOPOUT_OIDC_AUDIENCE || clientId,
    algorithms: algorithmsOf(env.TOPOUT_OIDC_ALGORITHMS || usualAlgorithms.join(',')),
  };
}

function requireIssuer(issuer: string): void {
  const url = URL.parse(issuer);
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
  if (!isSafe || url === null || `${url.username}${url.password}${url.search}${url.hash}` !== '')
    throw new ConfigInvalid(
      'TOPOUT_OIDC_ISSUER',
      issuer,
      'the https address of a provider, exactly as it names itself; http on this machine alone',
    );
}

function algorithmsOf(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  const known: readonly string[] = signatureAlgorithms;
  for (const name of names)
    if (!known.includes(name))
      throw new ConfigInvalid(
        'TOPOUT_OIDC_ALGORITHMS',
        name,
        `some of ${known.join(', ')}, with commas between`,
      );
  return names;
}
