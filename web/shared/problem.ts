/** What the service, or the way to it, says against a request. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    /** The name of a problem of `/problems`, or `unreachable` or `unreadable`. */
    readonly kind: string,
    /** 0 when there was no answer. */
    readonly status: number,
    readonly title: string,
    detail: string,
    /** Each member with what was seen and what was expected. */
    readonly faults: readonly { member: string; seen: string; expected: string }[] = [],
    options?: ErrorOptions,
  ) {
    super(detail, options);
  }

  /** Somebody has to say who they are, or may not do this. */
  get isOfAccess(): boolean {
    return this.status === 401 || this.status === 403;
  }

  /** The same request may go well later. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** Problem details as RFC 9457 has them, with the member that the service adds. */
interface ProblemDetails {
  type?: string;
  title?: string;
  detail?: string;
  errors?: Problem['faults'];
}

/** The problem that an answer with a bad status is. */
export async function problemIn(response: Response): Promise<Problem> {
  const { status } = response;
  const type = response.headers.get('content-type') ?? '';
  if (!/json/.test(type)) {
    // The page of a gateway says nothing that could be read here.
    const said = /html/.test(type) ? '' : (await response.text()).slice(0, 200);
    return new Problem('unreadable', status, response.statusText, said);
  }
  const { type: kind, title = '', detail = '', errors } = await detailsIn(response);
  if (!kind?.startsWith('/problems/')) return new Problem('unreadable', status, title, detail);
  return new Problem(kind.replace('/problems/', ''), status, title, detail, errors);
}

/** What a gateway says in JSON of its own is none of these. */
async function detailsIn(response: Response): Promise<ProblemDetails> {
  return Object(await response.json().catch(() => undefined)) as ProblemDetails;
}
