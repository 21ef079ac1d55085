/** Somebody as a provider of identities (OpenID Connect) knows them. */
export interface Identity {
  issuer: string;
  /** The `sub` of the provider: unique there, and never given to another. */
  subject: string;
}

/** Why a token or a sign-in at the provider tells of nobody. */
export type IdentityFault =
  /** No whole token, or one that names keys of its own. */
  | 'malformed'
  /** No access token. */
  | 'kind'
  | 'issuer'
  | 'audience'
  | 'algorithm'
  | 'expired'
  | 'early'
  /** Signed by no key of the provider. */
  | 'signature'
  /** A sign-in that was begun elsewhere, or is over. */
  | 'flow'
  /** The provider does not answer, or not as one. */
  | 'unavailable';

/** A token or a sign-in at the provider is refused. */
export class IdentityRefused extends Error {
  constructor(
    readonly why: IdentityFault,
    cause?: unknown,
  ) {
    super(`The identity is refused: ${why}.`, { cause });
  }
}

/** What a browser keeps while it signs in at the provider; nobody can guess it. */
export interface SignInSecrets {
  state: string;
  nonce: string;
  verifier: string;
}

/** The provider by which people sign in who have no password here, and programs that have its tokens. */
export interface IdentityProvider {
  readonly issuer: string;
  /** Who is meant by an access token of a program. @throws IdentityRefused */
  identityOf(token: string): Promise<Identity>;
  /**
   * Begins the sign-in of a browser.
   *
   * @param callback the address to which the provider sends the browser back
   * @throws IdentityRefused `unavailable`
   */
  begin(callback: string): Promise<{ url: string; secrets: SignInSecrets }>;
  /**
   * Who has signed in at the provider.
   *
   * @param url the whole address to which the provider sent the browser back
   * @throws IdentityRefused
   */
  complete(url: string, secrets: SignInSecrets): Promise<Identity>;
}
