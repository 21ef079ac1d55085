import {
  type IdentityFault,
  IdentityRefused,
  type SignInSecrets,
} from '../../app/access/identity-provider.js';

/** The pages at which somebody signs in, with the address of each. */
export const pages = { office: '/', log: '/log/' } as const;
export type PageName = keyof typeof pages;

/** A sign-in at the provider that is under way. */
interface UnderWay {
  page: PageName;
  secrets: SignInSecrets;
}

/** Why a sign-in at the provider signs nobody in, as the page names it. */
type FlowFault =
  /** The provider does not answer, or there is none. */
  | 'provider-unavailable'
  /** Nobody here is signed in by that identity. */
  | 'identity-unknown'
  /** It was begun elsewhere, took too long, was broken off, or was used already. */
  | 'sign-in-over';

/** A sign-in under way, as its browser keeps it. */
export function flowText({ page, secrets: { state, nonce, verifier } }: UnderWay): string {
  return [page, state, nonce, verifier].join('.');
}

/** The sign-in that a browser kept; undefined for a text that is none. */
export function flowIn(text: string | undefined): UnderWay | undefined {
  const [page, state, nonce, verifier, ...more] = text?.split('.') ?? [];
  if (page === undefined || !Object.hasOwn(pages, page) || more.length > 0) return undefined;
  if (!state || !nonce || !verifier) return undefined;
  return { page: page as PageName, secrets: { state, nonce, verifier } };
}

/** The kind of fault of a sign-in that was refused. @throws any other error */
export function flowFaultOf(error: unknown): FlowFault {
  if (!(error instanceof IdentityRefused)) throw error;
  const isAway: Partial<Record<IdentityFault, FlowFault>> = { unavailable: 'provider-unavailable' };
  return isAway[error.why] ?? 'sign-in-over';
}

/**
 * Where a browser learns that it is not signed in; what is behind the `#` is sent to no server.
 *
 * @param subject by which an administrator ties the identity to a person
 */
export function faultUrl(page: PageName, fault: FlowFault, subject?: string): string {
  const rest = subject === undefined ? '' : `/${encodeURIComponent(subject)}`;
  return `${pages[page]}#/refused/${fault}${rest}`;
}
