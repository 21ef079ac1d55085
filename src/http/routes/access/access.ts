import { Controller, Get, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Reach } from '../../../../domain/access/scope.js';
import { omitUndefined } from '../../../../domain/values/omit-undefined.js';
import type { Topout } from '../../../app/topout.js';
import type { Asking } from '../../access/cookie.js';
import { SetupToken } from '../../access/setup-token.js';
import { SignInPlace } from '../../access/sign-in-place.js';
import { Answers } from '../../answers/answers.js';
import { FirstAdministratorSaid, namedOf, ReadsQuery } from '../../dto/access.js';
import { momentOf, pageOf } from '../../dto/asked.js';
import { MomentQuery } from '../../dto/moment.js';
import { BodyAs, QueryAs, WholeRequest, WithinAny } from '../parameters.js';
import { topoutToken } from '../token.js';

/** Who may do what. */
@ApiTags('access')
@Controller('access')
export class AccessController {
  constructor(
    @Inject(topoutToken) private readonly topout: Topout,
    @Inject(SetupToken) private readonly setup: SetupToken,
    @Inject(SignInPlace) private readonly place: SignInPlace,
  ) {}

  /** Lists what each person could do on a day, as known at a moment. */
  @Get()
  @Answers('PeopleRights')
  async rights(@QueryAs(MomentQuery) query: MomentQuery, @WithinAny('access-read') reach: Reach) {
    return this.topout.access.rightsOn(momentOf(query), reach);
  }

  /** Lists recorded reads, latest first. */
  @Get('reads')
  @Answers('Reads')
  async reads(@QueryAs(ReadsQuery) query: ReadsQuery) {
    const { person, kind } = query;
    return this.topout.reads.page(pageOf(query), omitUndefined({ person, kind }));
  }

  /** Makes the first administrator, by the token in a file of the data folder; the key and the sign-in link are returned only here. */
  @Post('first-administrator')
  @Answers('FirstAdministrator', { status: 201 })
  async foundInstallation(
    @BodyAs(FirstAdministratorSaid) said: FirstAdministratorSaid,
    @WholeRequest() request: Asking,
  ) {
    this.setup.require(said.token);
    const { link, ...founded } = await this.topout.access.found(namedOf(said));
    return { ...founded, link: { ...link, url: this.place.urlOf(request, link.link) } };
  }
}
