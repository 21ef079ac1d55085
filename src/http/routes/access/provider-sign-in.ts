import { Controller, Get, Inject, Redirect, Res } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Identity, IdentityProvider } from '../../../app/access/identity-provider.js';
import type { Topout } from '../../../app/topout.js';
import type { Caller } from '../../access/caller.js';
import { clearUnderWay, keepUnderWay, setCookie, underWayOf } from '../../access/cookie.js';
import { faultUrl, flowFaultOf, flowIn, flowText, pages } from '../../access/provider-flow.js';
import { SignInPlace } from '../../access/sign-in-place.js';
import { ProviderQuery } from '../../dto/session.js';
import type { Limits } from '../../limits/limits.js';
import type { Reply, Request } from '../../server/fastify-types.js';
import { CallerIs, QueryAs, WholeRequest } from '../parameters.js';
import { limitsToken, providerToken, topoutToken } from '../token.js';
import { isOfBrowser, type Signing } from './session.js';

const sent = (description: string) =>
  ApiResponse({
    status: 303,
    description,
    headers: { Location: { description: 'Where the browser goes on.', schema: { type: 'string' } } },
  });

/** Where the browser goes on. */
interface GoingOn {
  url: string;
}

/**
 * The sign-in of a browser at the provider of identities (code and PKCE). A browser is always sent on, to a page that says
 * what happened: no page of a program is in between.
 */
@ApiTags('access')
@Controller('session/provider')
export class ProviderSignInController {
  constructor(
    @Inject(topoutToken) private readonly topout: Topout,
    @Inject(SignInPlace) private readonly place: SignInPlace,
    @Inject(providerToken) private readonly provider: IdentityProvider | null,
    @Inject(limitsToken) private readonly limits: Limits | null,
  ) {}

  /** Sends a browser to the provider; it keeps in a cookie of ten minutes by what it is recognised when it returns. */
  @Get()
  @Redirect('/', 303)
  @sent('To the provider, or to the page if the provider does not answer.')
  async begin(
    @QueryAs(ProviderQuery) { page = 'office' }: ProviderQuery,
    @WholeRequest() request: Signing,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<GoingOn> {
    if (!this.provider) return { url: faultUrl(page, 'provider-unavailable') };
    try {
      const { url, secrets } = await this.provider.begin(this.callbackOf(request));
      keepUnderWay(reply, request, flowText({ page, secrets }));
      return { url };
    } catch (error) {
      return { url: faultUrl(page, flowFaultOf(error)) };
    }
  }

  /**
   * Opens a session for who signed in at the provider, if an administrator tied their identity to a person. Of an identity that
   * signs nobody in, nothing is said about why.
   */
  @Get('return')
  @Redirect('/', 303)
  @sent('To the page.')
  async complete(
    @CallerIs() caller: Caller,
    @WholeRequest() request: Signing & Request,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<GoingOn> {
    const { access } = this.topout;
    const flow = flowIn(underWayOf(request));
    clearUnderWay(reply, request);
    if (!this.provider || !flow) return { url: faultUrl(flow?.page ?? 'office', 'sign-in-over') };
    const { page, secrets } = flow;
    let identity: Identity;
    try {
      const query = request.url.replace(/^[^?]*/, '');
      identity = await this.provider.complete(this.callbackOf(request) + query, secrets);
    } catch (error) {
      const fault = flowFaultOf(error);
      if (fault === 'sign-in-over') this.limits?.failed(request);
      return { url: faultUrl(page, fault) };
    }
    const principal = access.identify(identity);
    if (typeof principal === 'string') {
      this.limits?.failed(request);
      return { url: faultUrl(page, 'identity-unknown', identity.subject) };
    }
    const { session, forMs } = await access.sessions.byPrincipal(principal);
    if (isOfBrowser(caller)) await access.sessions.end(caller);
    setCookie(reply, request, session, forMs);
    return { url: pages[page] };
  }

  private callbackOf(request: Signing): string {
    return this.place.routeUrlOf(request, '/session/provider/return');
  }
}
