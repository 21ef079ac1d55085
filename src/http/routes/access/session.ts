import { Controller, Delete, HttpCode, Inject, Post, Put, Res } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { SessionOpened } from '../../../app/access/access.js';
import { notPermitted, refusalOf } from '../../../app/refusals.js';
import type { Topout } from '../../../app/topout.js';
import type { Caller } from '../../access/caller.js';
import { type Asking, clearCookie, setCookie } from '../../access/cookie.js';
import { SelfView } from '../../access/self.js';
import { whyNot } from '../../access/sign-in-faults.js';
import { SignInPlace } from '../../access/sign-in-place.js';
import { Answers } from '../../answers/answers.js';
import { PasswordSaid, SessionSaid, type SignInSaid, signInOf } from '../../dto/session.js';
import type { Limits } from '../../limits/limits.js';
import { RequestRefused } from '../../problems/faults.js';
import type { Reply } from '../../server/fastify-types.js';
import { BodyAs, CallerIs, NoBody, WholeRequest } from '../parameters.js';
import { limitsToken, topoutToken } from '../token.js';

/** The parts of a request from which somebody signs in. */
export type Signing = Asking & Parameters<SignInPlace['addressOf']>[0];

/** The sign-in of a browser. */
@ApiTags('access')
@Controller('session')
export class SessionController {
  constructor(
    @Inject(topoutToken) private readonly topout: Topout,
    @Inject(SignInPlace) private readonly place: SignInPlace,
    @Inject(SelfView) private readonly selves: SelfView,
    @Inject(limitsToken) private readonly limits: Limits | null,
  ) {}

  /** Opens a session under a new id, in a cookie that scripts cannot read; the one that the browser had before ends. */
  @Post()
  @Answers('Self', { status: 201 })
  async signIn(
    @BodyAs(SessionSaid) said: SessionSaid,
    @CallerIs() caller: Caller,
    @WholeRequest() request: Signing,
    @Res({ passthrough: true }) reply: Reply,
  ) {
    const { access } = this.topout;
    const opening = this.opened(signInOf(said), request);
    const { session, credential, forMs } = await this.counted(opening, request);
    if (isOfBrowser(caller)) await access.sessions.end(caller);
    const self = this.selves.by(credential);
    setCookie(reply, request, session, forMs);
    return self;
  }

  /** Changes the password of who is signed in, by the one before it; their other sessions and their links end. */
  @Put('password')
  @HttpCode(200)
  @Answers('Self')
  async changePassword(
    @BodyAs(PasswordSaid) said: PasswordSaid,
    @CallerIs() caller: Caller,
    @WholeRequest() request: Signing,
    @Res({ passthrough: true }) reply: Reply,
  ) {
    if (caller.kind !== 'signed-in' || caller.by !== 'session') throw notPermitted();
    const { sessions } = this.topout.access;
    const changing = sessions.changePassword(caller.person, said, this.place.addressOf(request));
    const { session, credential, forMs } = await this.counted(changing, request);
    const self = this.selves.by(credential);
    setCookie(reply, request, session, forMs);
    return self;
  }

  /** Ends the session of the browser, or what its phone was enrolled with. */
  @Delete()
  @HttpCode(204)
  @ApiResponse({ status: 204, description: 'Nobody is signed in here any more.' })
  async endSession(
    @NoBody() _body: unknown,
    @CallerIs() caller: Caller,
    @WholeRequest() request: Signing,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<void> {
    if (isOfBrowser(caller)) await this.topout.access.sessions.end(caller);
    clearCookie(reply, request);
  }

  /** Counts a sign-in that may be a guess. */
  private async counted(opening: Promise<SessionOpened>, request: Signing): Promise<SessionOpened> {
    return opening.catch((error: unknown) => {
      if (isWrong(error)) this.limits?.failed(request);
      throw error;
    });
  }

  private async opened(said: SignInSaid, request: Signing): Promise<SessionOpened> {
    const { access } = this.topout;
    switch (said.by) {
      case 'password':
        return access.sessions.byPassword(said.who, said.password, this.place.addressOf(request));
      case 'link':
        return access.sessions.byLink(said.link, said.password);
      case 'key': {
        const key = access.admit(said.key, { kinds: ['key'] });
        if (typeof key === 'string') throw new RequestRefused([{ ...whyNot[key], member: 'key' }]);
        return access.sessions.byPrincipal(key);
      }
    }
  }
}

/** True for a sign-in that may be a guess. */
function isWrong(error: unknown): boolean {
  const reason = refusalOf(error)?.reason;
  return reason === 'sign-in-failed' || reason === 'link-ended' || error instanceof RequestRefused;
}

/** True for somebody who signed in by the cookie of a browser. */
export function isOfBrowser(caller: Caller): caller is Extract<Caller, { kind: 'signed-in' }> {
  return caller.kind === 'signed-in' && (caller.by === 'session' || caller.by === 'device');
}
