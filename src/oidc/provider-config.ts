/** The provider of identities, as the settings name it. */
export interface ProviderConfig {
  /** Exactly as the provider names itself. */
  issuer: string;
  clientId: string;
  /** Undefined for a public client. */
  clientSecret?: string;
  /** Of access tokens: for whom they are meant. */
  audience: string;
  /** By which tokens may be signed. */
  algorithms: readonly string[];
}

export interface ProviderPorts {
  fetch: typeof fetch;
  /** A monotonic clock in milliseconds. */
  elapsedMs(): number;
}

/** Algorithms of signatures that a setting may name: each has a public key, so that nobody who checks can sign. */
export const signatureAlgorithms = ['ES256', 'ES384', 'RS256', 'PS256', 'EdDSA'] as const;
/** Those that are taken unless a setting names others. */
export const usualAlgorithms = [
  'ES256',
  'RS256',
  'EdDSA',
] as const satisfies (typeof signatureAlgorithms)[number][];

/** How long the provider may take for an answer, in milliseconds. */
export const timeoutMs = 5_000;
/** How much its clock may differ from that of this machine, in seconds. */
export const toleranceSeconds = 60;
/** Unknown keys are looked up again at most this often, in milliseconds. */
export const keysCoolingMs = 30_000;
