import { errors } from 'jose';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  ClientSecretBasic,
  ClientSecretPost,
  Configuration,
  calculatePKCECodeChallenge,
  clockTolerance,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  None,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import {
  type Identity,
  type IdentityProvider,
  IdentityRefused,
  type SignInSecrets,
} from '../app/access/identity-provider.js';
import { AccessTokens } from './access-tokens.js';
import { type ProviderConfig, type ProviderPorts, timeoutMs, toleranceSeconds } from './provider-config.js';

/** After a failure the provider is asked again once this has passed, in milliseconds. */
const coolingMs = 10_000;

/** Where the provider answers, once it has said so. */
interface Found {
  client: Configuration;
  tokens: AccessTokens;
}

/**
 * A provider of OpenID Connect. It is found when it is first needed, so that the service starts without it, and others sign in
 * while it is away.
 */
export class OpenIdProvider implements IdentityProvider {
  private found: Promise<Found> | undefined;
  private failedAtMs = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly config: ProviderConfig,
    private readonly ports: ProviderPorts,
  ) {}

  get issuer(): string {
    return this.config.issuer;
  }

  async identityOf(token: string): Promise<Identity> {
    // What is no token of this provider is refused without asking it.
    AccessTokens.requireOwn(token, this.config);
    const { tokens } = await this.provider();
    return tokens.identityOf(token);
  }

  async begin(callback: string): Promise<{ url: string; secrets: SignInSecrets }> {
    const { client } = await this.provider();
    const secrets = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
    const url = buildAuthorizationUrl(client, {
      redirect_uri: callback,
      scope: 'openid',
      state: secrets.state,
      nonce: secrets.nonce,
      code_challenge: await calculatePKCECodeChallenge(secrets.verifier),
      code_challenge_method: 'S256',
    });
    return { url: url.href, secrets };
  }

  async complete(url: string, { state, nonce, verifier }: SignInSecrets): Promise<Identity> {
    const { client } = await this.provider();
    try {
      const tokens = await authorizationCodeGrant(client, new URL(url), {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const { iss: issuer, sub: subject } = tokens.claims() ?? {};
      if (issuer !== this.config.issuer || subject === undefined) throw new IdentityRefused('issuer');
      return { issuer, subject };
    } catch (error) {
      if (error instanceof IdentityRefused) throw error;
      throw new IdentityRefused(isUnanswered(error) ? 'unavailable' : 'flow', error);
    }
  }

  /** The provider as it describes itself. @throws IdentityRefused `unavailable` */
  private async provider(): Promise<Found> {
    if (this.found) return this.found;
    if (this.ports.elapsedMs() - this.failedAtMs < coolingMs) throw new IdentityRefused('unavailable');
    this.found = this.find();
    try {
      return await this.found;
    } catch (error) {
      this.found = undefined;
      this.failedAtMs = this.ports.elapsedMs();
      throw new IdentityRefused('unavailable', error);
    }
  }

  private async find(): Promise<Found> {
    const { issuer, clientId, clientSecret } = this.config;
    const isPlain = issuer.startsWith('http:');
    const insecure = isPlain ? [allowInsecureRequests] : [];
    const described = await discovery(new URL(issuer), clientId, undefined, None(), {
      execute: insecure,
      timeout: timeoutMs / 1_000,
      [customFetch]: this.ports.fetch,
    });
    const server = described.serverMetadata();
    const { token_endpoint_auth_methods_supported: ways = ['client_secret_basic'], jwks_uri: keys } = server;
    if (keys === undefined || (!isPlain && !keys.startsWith('https:')))
      throw new Error(`The provider names ${keys ?? 'no address'} for its keys.`);
    const secretBy = ways.includes('client_secret_basic') ? ClientSecretBasic : ClientSecretPost;
    const proof = clientSecret === undefined ? None() : secretBy(clientSecret);
    const client = new Configuration(server, clientId, { [clockTolerance]: toleranceSeconds }, proof);
    client.timeout = timeoutMs / 1_000;
    client[customFetch] = this.ports.fetch;
    for (const allow of insecure) allow(client);
    // The identity is taken from the token alone, so that its signature is checked as well.
    enableNonRepudiationChecks(client);
    return { client, tokens: new AccessTokens(this.config, new URL(keys), this.ports.fetch) };
  }
}

/** True if nothing came back that could be judged. */
function isUnanswered(error: unknown): boolean {
  const { code, name, cause } = Object(error) as { code?: string; name?: string; cause?: unknown };
  if (error instanceof errors.JWKSTimeout || name === 'TimeoutError' || code === 'OAUTH_TIMEOUT') return true;
  if (error instanceof TypeError && /fetch failed/.test(error.message)) return true;
  return cause !== undefined && cause !== error && isUnanswered(cause);
}
