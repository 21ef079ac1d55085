import { Controller, HttpCode, Inject, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { notPermitted, refusalOf } from '../../../app/refusals.js';
import type { Topout } from '../../../app/topout.js';
import type { Caller } from '../../access/caller.js';
import { type Asking, cookieOf, setCookie } from '../../access/cookie.js';
import { SelfView } from '../../access/self.js';
import { Answers } from '../../answers/answers.js';
import { DeviceSaid } from '../../dto/access.js';
import type { Limits } from '../../limits/limits.js';
import type { Reply } from '../../server/fastify-types.js';
import { BodyAs, CallerIs, NoBody, WholeRequest } from '../parameters.js';
import { limitsToken, topoutToken } from '../token.js';
import { isOfBrowser, type Signing } from './session.js';

/** Phones that log as a person. */
@ApiTags('access')
@Controller('devices')
export class DevicesController {
  constructor(
    @Inject(topoutToken) private readonly topout: Topout,
    @Inject(SelfView) private readonly selves: SelfView,
    @Inject(limitsToken) private readonly limits: Limits | null,
  ) {}

  /** Exchanges a code for a device, in a cookie that scripts cannot read; what the browser signed in with before ends. */
  @Post()
  @Answers('Self', { status: 201 })
  async enrol(
    @BodyAs(DeviceSaid) { code, label }: DeviceSaid,
    @CallerIs() caller: Caller,
    @WholeRequest() request: Signing,
    @Res({ passthrough: true }) reply: Reply,
  ) {
    const { access } = this.topout;
    const { credential, key, forMs } = await access.devices.enrol(code, label).catch((error: unknown) => {
      if (refusalOf(error)?.reason === 'code-invalid') this.limits?.failed(request);
      throw error;
    });
    if (isOfBrowser(caller)) await access.sessions.end(caller);
    setCookie(reply, request, key, forMs);
    return this.selves.by(credential);
  }

  /** Renews the device that asks, if little of its time is left. */
  @Post('renewal')
  @HttpCode(200)
  @Answers('Self')
  async renew(
    @NoBody() _body: unknown,
    @CallerIs() caller: Caller,
    @WholeRequest() request: Asking,
    @Res({ passthrough: true }) reply: Reply,
  ) {
    const key = cookieOf(request);
    if (caller.kind !== 'signed-in' || caller.by !== 'device' || key === undefined) throw notPermitted();
    const { credential, forMs } = await this.topout.access.devices.renew(caller);
    setCookie(reply, request, key, forMs);
    return this.selves.by(credential);
  }
}
