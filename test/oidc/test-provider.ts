import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';

/** The parts of oidc-provider that are used here; it brings no types. */
interface Provider {
  callback(): (request: IncomingMessage, response: ServerResponse) => void;
  interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<Interaction>;
  interactionFinished(request: IncomingMessage, response: ServerResponse, result: object): Promise<void>;
  Grant: new (of: {
    accountId: string;
    clientId: string;
  }) => { addOIDCScope(scope: string): void; save(): Promise<string> };
  on(event: string, call: (...args: unknown[]) => void): void;
}

interface Interaction {
  params: { client_id: string };
}

const { default: OidcProvider } = (await import('oidc-provider' as string)) as {
  default: new (issuer: string, configuration: object) => Provider;
};

/** A real provider of OpenID Connect on the loopback, at which one person is always signed in. */
export class TestProvider {
  readonly clientId = 'topout';
  readonly clientSecret = 'a-secret-of-the-test';
  readonly audience = 'https://topout.example.org';
  issuer = '';
  /** Requests for the keys so far. */
  keysAsked = 0;
  /** Who signs in next. */
  subject = 'inspector-1';
  private server = createServer();
  private key!: { privateKey: CryptoKey; jwk: JWK };

  /** @param callback to which browsers are sent back */
  static async start(callback: string): Promise<TestProvider> {
    const made = new TestProvider();
    await made.listen(callback);
    return made;
  }

  /** A token of the client itself, by its secret. */
  async tokenOfProgram(): Promise<string> {
    const answer = await fetch(`${this.issuer}/token`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`program:${this.clientSecret}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'grant_type=client_credentials&scope=read',
    });
    const { access_token: token } = (await answer.json()) as { access_token: string };
    return token;
  }

  /** A token that this provider would not issue. */
  async token(
    claims: JWTPayload = {},
    { header = {}, key = this.key.privateKey }: { header?: object; key?: CryptoKey | Uint8Array } = {},
  ): Promise<string> {
    const now = Math.floor(Date.now() / 1_000);
    const own = { iss: this.issuer, aud: this.audience, sub: 'program', iat: now, exp: now + 600 };
    return new SignJWT({ ...own, ...claims })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'first', ...header })
      .sign(key);
  }

  /** The public key as text, which an attacker would use as a shared secret. */
  publicKey(): Uint8Array {
    const { d: _, ...shown } = this.key.jwk;
    return Buffer.from(JSON.stringify(shown));
  }

  /** Goes from the address of a sign-in to the one to which the browser is sent back. */
  async visit(url: string): Promise<string> {
    const cookies = new Map<string, string>();
    for (let at = url, steps = 0; steps < 10; steps += 1) {
      const answer = await fetch(at, {
        redirect: 'manual',
        headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      });
      for (const cookie of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
        cookies.set(name, value);
      }
      const next = answer.headers.get('location');
      if (next === null) throw new Error(`${at}: ${answer.status} ${await answer.text()}`);
      at = new URL(next, at).href;
      if (!at.startsWith(this.issuer)) return at;
    }
    throw new Error('The provider sends the browser round and round.');
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private async listen(callback: string): Promise<void> {
    await new Promise<void>((ready) => this.server.listen(0, '127.0.0.1', ready));
    this.issuer = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    const jwk = { ...(await exportJWK(privateKey)), kid: 'first', alg: 'ES256', use: 'sig' };
    this.key = { privateKey, jwk };
    const provider = new OidcProvider(this.issuer, this.configuration(callback));
    const answer = provider.callback();
    this.server.on('request', (request, response) => {
      if (request.url === '/jwks') this.keysAsked += 1;
      if (request.url?.startsWith('/interaction/')) void this.signIn(provider, request, response);
      else answer(request, response);
    });
  }

  private configuration(callback: string): object {
    return {
      jwks: { keys: [this.key.jwk] },
      clients: [
        {
          client_id: this.clientId,
          client_secret: this.clientSecret,
          redirect_uris: [callback],
          id_token_signed_response_alg: 'ES256',
        },
        {
          client_id: 'program',
          client_secret: this.clientSecret,
          grant_types: ['client_credentials'],
          redirect_uris: [],
          response_types: [],
          id_token_signed_response_alg: 'ES256',
        },
      ],
      scopes: ['openid', 'read'],
      cookies: { keys: ['a-key-of-the-test'] },
      interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
      findAccount: (_: unknown, id: string) => ({ accountId: id, claims: async () => ({ sub: id }) }),
      pkce: { required: () => true },
      features: {
        devInteractions: { enabled: false },
        clientCredentials: { enabled: true },
        resourceIndicators: {
          enabled: true,
          defaultResource: () => this.audience,
          useGrantedResource: () => true,
          getResourceServerInfo: () => ({
            scope: 'read',
            audience: this.audience,
            accessTokenFormat: 'jwt',
            jwt: { sign: { alg: 'ES256' } },
          }),
        },
      },
    };
  }

  /** Signs the person in who signs in next, and grants what was asked. */
  private async signIn(
    provider: Provider,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const { params } = await provider.interactionDetails(request, response);
    const grant = new provider.Grant({ accountId: this.subject, clientId: params.client_id });
    grant.addOIDCScope('openid');
    const result = { login: { accountId: this.subject }, consent: { grantId: await grant.save() } };
    await provider.interactionFinished(request, response, result);
  }
}
