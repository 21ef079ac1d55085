import { Controller, Delete, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Reach } from '../../../../domain/access/scope.js';
import type { IdentityProvider } from '../../../app/access/identity-provider.js';
import type { WriteRequest } from '../../../app/queries/asked.js';
import type { Topout } from '../../../app/topout.js';
import { type Caller, commanderOf } from '../../access/caller.js';
import type { Asking } from '../../access/cookie.js';
import { SelfView } from '../../access/self.js';
import { SignInPlace } from '../../access/sign-in-place.js';
import { Answers, Asks } from '../../answers/answers.js';
import { GrantSaid, IdentitySaid, KeySaid, keyOf, namedOf, PersonSaid, scopeOf } from '../../dto/access.js';
import { refuse } from '../../problems/faults.js';
import {
  Asked,
  BodyAs,
  CallerIs,
  GrantId,
  NoBody,
  OptionalBodyAs,
  PersonId,
  WholeRequest,
  WithinAny,
} from '../parameters.js';
import { providerToken, topoutToken } from '../token.js';

const done = (description: string) => ApiResponse({ status: 204, description });

/** People, their roles and their keys. */
@ApiTags('access')
@Controller('people')
export class PeopleController {
  constructor(
    @Inject(topoutToken) private readonly topout: Topout,
    @Inject(SignInPlace) private readonly place: SignInPlace,
    @Inject(SelfView) private readonly selves: SelfView,
    @Inject(providerToken) private readonly provider: IdentityProvider | null,
  ) {}

  /** Lists the people with a role within reach, and those without any. */
  @Get()
  @Answers('People')
  async people(@WithinAny('people-manage', 'access-read') reach: Reach) {
    return { items: await this.topout.access.people(reach) };
  }

  /** Tells the caller who they are here, and what they may do; also where nobody signed in. */
  @Get('self')
  @Answers('Self')
  async self(@CallerIs() caller: Caller) {
    return this.selves.of(caller);
  }

  /** Lists the names of the people whose roles, past ones included, reach where the caller may read. */
  @Get('names')
  @Answers('PeopleNames')
  async names(@CallerIs() caller: Caller) {
    return { items: caller.kind === 'signed-in' ? await this.topout.access.names(caller) : [] };
  }

  /** Shows a person with their roles and keys. */
  @Get(':person')
  @Answers('Person')
  async person(@PersonId() person: string, @WithinAny('people-manage', 'access-read') reach: Reach) {
    return this.topout.access.person(person, reach);
  }

  /** Adds a person under a new id; they may do nothing yet. */
  @Post()
  @Answers('Person', { status: 201 })
  @Asks()
  async addPerson(
    @BodyAs(PersonSaid) said: PersonSaid,
    @Asked() asked: WriteRequest,
    @CallerIs() caller: Caller,
  ) {
    return this.topout.access.addPerson(namedOf(said), { ...asked, commander: commanderOf(caller) });
  }

  /** Removes a person: their name is forgotten, and their roles and keys end. */
  @Delete(':person')
  @HttpCode(204)
  @Asks()
  @done('The person is removed.')
  async removePerson(
    @PersonId() person: string,
    @Asked() asked: WriteRequest,
    @CallerIs() caller: Caller,
  ): Promise<void> {
    await this.topout.access.removePerson(person, { ...asked, commander: commanderOf(caller) });
  }

  /**
   * Erases a person: they are removed, and nobody can read again what they wrote. Where there is another administrator, the
   * first one asks for it, and another one confirms it by the same request.
   */
  @Post(':person/erasure')
  @HttpCode(200)
  @Answers('Person')
  @Asks()
  async erasePerson(@PersonId() person: string, @Asked() asked: WriteRequest, @CallerIs() caller: Caller) {
    return this.topout.access.erasePerson(person, { ...asked, commander: commanderOf(caller) });
  }

  /** Cancels a request to erase a person. */
  @Delete(':person/erasure')
  @HttpCode(204)
  @Asks()
  @done('The person is not erased.')
  async cancelErasure(
    @PersonId() person: string,
    @Asked() asked: WriteRequest,
    @CallerIs() caller: Caller,
  ): Promise<void> {
    await this.topout.access.cancelErasure(person, { ...asked, commander: commanderOf(caller) });
  }

  /** Grants a role within a scope. */
  @Post(':person/grants')
  @Answers('Person', { status: 201 })
  @Asks()
  async grantRole(
    @PersonId() person: string,
    @BodyAs(GrantSaid) { role, scope }: GrantSaid,
    @Asked() asked: WriteRequest,
    @CallerIs() caller: Caller,
  ) {
    const request = { ...asked, commander: commanderOf(caller) };
    return this.topout.access.grantRole(person, role, scopeOf(scope), request);
  }

  /** Revokes a role. */
  @Delete(':person/grants/:grant')
  @HttpCode(204)
  @Asks()
  @done('The role is revoked.')
  async revokeRole(
    @PersonId() person: string,
    @GrantId() grant: string,
    @Asked() asked: WriteRequest,
    @CallerIs() caller: Caller,
  ): Promise<void> {
    await this.topout.access.revokeGrant(person, grant, { ...asked, commander: commanderOf(caller) });
  }

  /** Issues a key, which is returned only here; everybody does so for themselves, too. */
  @Post(':person/keys')
  @Answers('KeyIssued', { status: 201 })
  @Asks()
  async issueKey(
    @PersonId() person: string,
    @OptionalBodyAs(KeySaid) said: KeySaid,
    @Asked() asked: WriteRequest,
    @CallerIs() caller: Caller,
  ) {
    const request = { ...asked, commander: commanderOf(caller) };
    return this.topout.access.issueKey(person, keyOf(said), request);
  }

  /** Makes a code by which one phone becomes that of a person; everybody does so for themselves, too. */
  @Post(':person/enrolments')
  @Answers('CodeIssued', { status: 201 })
  @Asks()
  async offerCode(
    @PersonId() person: string,
    @NoBody() _body: unknown,
    @Asked() asked: WriteRequest,
    @CallerIs() caller: Caller,
    @WholeRequest() request: Asking,
  ) {
    const issued = await this.topout.access.devices.offer(person, {
      ...asked,
      commander: commanderOf(caller),
    });
    return { ...issued, address: this.place.enrolmentUrlOf(request, issued.code) };
  }

  /** Revokes a key, a device or a session. */
  @Delete(':person/keys/:credential')
  @HttpCode(204)
  @Asks()
  @done('It signs nobody in any more.')
  async revokeKey(
    @PersonId() person: string,
    @Param('credential') credential: string,
    @Asked() asked: WriteRequest,
    @CallerIs() caller: Caller,
  ): Promise<void> {
    const request = { ...asked, commander: commanderOf(caller) };
    await this.topout.access.revokeKey(person, credential, request);
  }

  /** Ties a person to what the provider of identities knows them by: its tokens sign in that person. */
  @Post(':person/identities')
  @Answers('Person', { status: 201 })
  @Asks()
  async tieIdentity(
    @PersonId() person: string,
    @BodyAs(IdentitySaid) { subject }: IdentitySaid,
    @Asked() asked: WriteRequest,
    @CallerIs() caller: Caller,
  ) {
    const { issuer } = this.provider ?? refuseUnset();
    const request = { ...asked, commander: commanderOf(caller) };
    return this.topout.access.tieIdentity(person, { issuer, subject }, request);
  }

  /** Makes a link by which a person sets a password, once and within 24 hours; it is returned only here. */
  @Post(':person/links')
  @Answers('LinkIssued', { status: 201 })
  @Asks()
  async issueLink(
    @PersonId() person: string,
    @NoBody() _body: unknown,
    @Asked() asked: WriteRequest,
    @CallerIs() caller: Caller,
    @WholeRequest() request: Asking,
  ) {
    const issued = await this.topout.access.issueLink(person, { ...asked, commander: commanderOf(caller) });
    return { ...issued, url: this.place.urlOf(request, issued.link) };
  }

  /** Ends all sessions, devices and links of a person. */
  @Post(':person/sign-out')
  @HttpCode(204)
  @Asks()
  @done('They are signed out everywhere.')
  async signOut(
    @PersonId() person: string,
    @NoBody() _body: unknown,
    @Asked() asked: WriteRequest,
    @CallerIs() caller: Caller,
  ): Promise<void> {
    const request = { ...asked, commander: commanderOf(caller) };
    await this.topout.access.signOutEverywhere(person, request);
  }
}

function refuseUnset(): never {
  return refuse(
    'provider-unset',
    'subject',
    { en: 'no provider', zh: '未设置身份提供方' },
    {
      en: 'TOPOUT_OIDC_ISSUER in the settings of the service',
      zh: '服务设置中的 TOPOUT_OIDC_ISSUER',
    },
  );
}
