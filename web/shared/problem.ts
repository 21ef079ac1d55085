/** A problem reported by the service, or in reaching it. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    /** A type of `/problems`, or `unreachable` or `unreadable`. */
    readonly kind: string,
    /** 0 without an answer. */
    readonly status: number,
    readonly title: string,
    detail: string,
    /** Each faulty member with what was seen and what was expected. */
    readonly faults: readonly { member: string; seen: string; expected: string }[] = [],
    options?: ErrorOptions,
  ) {
    super(detail, options);
  }

  /** The user must identify themselves, or lacks permission; a sign-in that fails says so itself. */
  get isOfAccess(): boolean {
    return (this.status === 401 && this.kind !== 'sign-in-failed') || this.status === 403;
  }

  /** The service computes what was asked for: the same request succeeds once it has. */
  get isNotYet(): boolean {
    return notYet.has(this.kind);
  }

  /** The same request may succeed later. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** Why figures of many projects are not available yet: the service computes them, and says so until it has. */
const notYet: ReadonlySet<string> = new Set(['view-behind', 'views-unmade']);

/** Problem details (RFC 9457), with the service's extension member. */
interface ProblemDetails {
  type?: string;
  title?: string;
  detail?: string;
  errors?: Problem['faults'];
}

/** The problem in an answer with an error status. */
export async function problemIn(response: Response): Promise<Problem> {
  const { status } = response;
  const type = response.headers.get('content-type') ?? '';
  if (!/json/.test(type)) {
    // The page of a gateway has nothing to show here.
    const said = /html/.test(type) ? '' : (await response.text()).slice(0, 200);
    return new Problem('unreadable', status, response.statusText, said);
  }
  const { type: kind, title = '', detail = '', errors } = await detailsIn(response);
  if (!kind?.startsWith('/problems/')) return new Problem('unreadable', status, title, detail);
  return new Problem(kind.replace('/problems/', ''), status, title, detail, errors);
}

/** JSON from a gateway is not problem details. */
async function detailsIn(response: Response): Promise<ProblemDetails> {
  return Object(await response.json().catch(() => undefined)) as ProblemDetails;
}
