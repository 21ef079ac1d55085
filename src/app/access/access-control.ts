import { type AccessState, emptyAccess, type Grant } from '../../../domain/access/access.js';
import type { AccessCommand } from '../../../domain/access/commands.js';
import { foundCredential, foundGrant, foundPerson } from '../../../domain/access/decide.js';
import { mayCommand, type PlaceOf } from '../../../domain/access/delegation.js';
import { holdersOf } from '../../../domain/access/rights.js';
import { isWithin, type Reach, type Scope } from '../../../domain/access/scope.js';
import { subscriberIn } from '../../../domain/access/subscriber.js';
import { type Day, instantAfter } from '../../../domain/values/days/calendar.js';
import { msPerDay } from '../../../domain/values/days/durations.js';
import { omitUndefined } from '../../../domain/values/omit-undefined.js';
import { untilSeen } from '../commands/receipts.js';
import type { MomentAsked } from '../queries/asked.js';
import { notPermitted } from '../refusals.js';
import type { Views } from '../views/views.js';
import type { Access, AccessRequest } from './access.js';
import {
  isInSight,
  nameAnswer,
  nameRights,
  peopleMet,
  peopleWithin,
  personAnswer,
  rightsAnswer,
} from './access-answers.js';
import type { AccessLog, AccessWritten } from './access-log.js';
import { EnrolledDevices } from './devices.js';
import { appointAdministrator } from './founding.js';
import type { Identity } from './identity-provider.js';
import { type About, isShownIn, requireInSight } from './in-sight.js';
import { IssuedCredentials } from './issued-credentials.js';
import type { CredentialPorts } from './new-credential.js';
import type { People, PersonNamed, Recorder } from './people.js';
import { type DistrictOf, placesOf } from './places.js';
import { type Principal, Principals } from './principals.js';
import type { Roster } from './roster.js';
import { type PasswordCost, Passwords } from './sign-in/passwords.js';
import { PageSessions } from './sign-in/sessions.js';

/** The ports of access. */
export interface AccessNeeds {
  log: AccessLog;
  views: Views;
  /** Follows the views. */
  roster: Roster;
  people: People;
  /** Random bytes for a new secret, in base64. */
  newSecret(bytes: number): string;
  /** A keyed hash of an identity, the same on every replica. */
  identityHash(identity: Identity): string;
  /** A keyed hash of when a session was used, the same on every replica. */
  markHash(text: string): string;
  /** `usualCost` when absent. */
  passwordCost?: PasswordCost;
  /** Destroys the keys of what erased people wrote; resolves once no cache here holds any of it. */
  erased(): Promise<void>;
  today(): Day;
  districtOf: DistrictOf;
}

/** Who may do what: reads the roster, writes the stream `access`. */
export class AccessControl implements Access {
  private readonly roster: Roster;
  private readonly principals: Principals;
  readonly sessions: Access['sessions'];
  readonly devices: Access['devices'];
  private readonly credentials: IssuedCredentials;

  constructor(private readonly needs: AccessNeeds) {
    this.roster = needs.roster;
    this.principals = new Principals(this.roster, needs.log.world, needs.markHash);
    const { newSecret, passwordCost } = needs;
    this.sessions = new PageSessions({
      ...needs,
      principals: this.principals,
      passwords: new Passwords(newSecret, passwordCost),
      ports: this.ports,
    });
    this.credentials = new IssuedCredentials({
      ports: this.ports,
      identityHash: needs.identityHash,
      write: (command, request, about) => this.write(command, request, about),
    });
    this.devices = new EnrolledDevices({
      ...needs,
      ports: this.ports,
      present: () => this.roster.present(),
      write: (command, request, person) => this.write(command, request, { person }),
      untilSeen: ({ position }) => untilSeen(needs.views, position),
    });
  }

  isFounded: Access['isFounded'] = () => this.roster.present().revision >= 0;
  hasAdministrator: Access['hasAdministrator'] = () =>
    holdersOf(this.roster.present(), 'administrator').length > 0;
  admit: Access['admit'] = (credential, presented) => this.principals.admit(credential, presented);
  again: Access['again'] = (credential) => this.principals.again(credential);
  identify: Access['identify'] = (identity) => this.principals.identify(this.needs.identityHash(identity));
  subscriber: Access['subscriber'] = (by) => subscriberIn(this.roster.present(), by);

  get changes$(): Access['changes$'] {
    return this.roster.changes$;
  }

  placeOf: Access['placeOf'] = (project) => {
    const district = this.needs.districtOf(project);
    return district instanceof Promise
      ? district.then((found) => ({ project, district: found }))
      : { project, district };
  };

  async isRecent(knownAt: Required<MomentAsked>['knownAt']): Promise<boolean> {
    const { views, log } = this.needs;
    const instant = instantAfter(log.world.now(), -msPerDay);
    if ('instant' in knownAt) return knownAt.instant >= instant;
    return knownAt.position >= (await views.knownAt({ knownAt: { instant } }));
  }

  self: Access['self'] = ({ person }) => this.answer(this.roster.present(), person);

  async people(reach: Reach): ReturnType<Access['people']> {
    const state = this.roster.present();
    const placeOf = await this.placesOf(state);
    const shown = this.shown(isShownIn(reach, placeOf));
    return peopleWithin(state, reach, placeOf).map(({ person }) => personAnswer(state, person, shown));
  }

  async names({ person: self, rights }: Pick<Principal, 'person' | 'rights'>): ReturnType<Access['names']> {
    const state = this.roster.present();
    const reach = nameRights.flatMap((permission) => rights[permission] ?? []);
    const placeOf = await this.placesOf(state);
    const met = peopleMet(state, reach, placeOf).filter(({ person }) => person !== self);
    return [foundPerson(state, self), ...met].map((one) => nameAnswer(one, this.needs.people));
  }

  async person(id: string, reach: Reach): ReturnType<Access['person']> {
    const state = this.roster.present();
    const placeOf = await this.placesOf(state);
    if (!isInSight(state, id, reach, placeOf)) foundPerson(emptyAccess(), id);
    return personAnswer(state, id, this.shown(isShownIn(reach, placeOf)));
  }

  async rightsOn(asked: MomentAsked, reach: Reach): ReturnType<Access['rightsOn']> {
    const position = await this.needs.views.knownAt(asked);
    const { asOf = this.needs.today() } = asked;
    const state = this.roster.at(position);
    const placeOf = await this.placesOf(state);
    const isShown = isShownIn(reach, placeOf);
    const items = peopleWithin(state, reach, placeOf).map((one) => rightsAnswer(state, one, asOf, isShown));
    return { asOf, knownAt: { position }, items };
  }

  async addPerson(named: PersonNamed, request: AccessRequest): ReturnType<Access['addPerson']> {
    const { people, log } = this.needs;
    const person = log.world.newId();
    people.requireWritable();
    const { state } = await this.write({ type: 'AddPerson', person }, request);
    await people.name(person, named, recorderIn(request));
    return this.answer(state, person);
  }

  async removePerson(person: string, request: AccessRequest): Promise<void> {
    await this.write({ type: 'RemovePerson', person }, request, { person });
    await this.needs.people.forget(person);
  }

  async erasePerson(person: string, request: AccessRequest): ReturnType<Access['erasePerson']> {
    const { log, people } = this.needs;
    const { person: by } = request.commander;
    const command = { type: 'ErasePerson', person, by, at: log.world.now() } as const;
    const { state } = await this.write(command, request, { person });
    if (foundPerson(state, person).erased) {
      await people.forget(person);
      await this.needs.erased();
    }
    return this.answer(state, person);
  }

  async cancelErasure(person: string, request: AccessRequest): Promise<void> {
    const command = { type: 'CancelErasure', person, at: this.needs.log.world.now() } as const;
    await this.write(command, request, { person });
  }

  async grantRole(...[person, role, scope, request]: Parameters<Access['grantRole']>) {
    const grant = this.needs.log.world.newId();
    const command = { type: 'GrantRole', grant, person, role, scope } as const;
    const { state } = await this.write(command, request, { person, scope });
    const placeOf = await this.placesOf(state, scope);
    const isShown = isShownIn(request.commander.rights['people-manage'] ?? [], placeOf);
    return personAnswer(state, person, this.shown(isShown));
  }

  async revokeGrant(person: string, grant: string, request: AccessRequest): Promise<void> {
    await this.write({ type: 'RevokeGrant', grant }, request, {
      person,
      check: (state, isInSight) => {
        const found = foundGrant(state, grant);
        if (found.person !== person || !isInSight(found.scope)) foundGrant(emptyAccess(), grant);
      },
    });
  }

  issueKey: Access['issueKey'] = (...asked) => this.credentials.issueKey(...asked);
  issueLink: Access['issueLink'] = (...asked) => this.credentials.issueLink(...asked);

  async tieIdentity(...[person, identity, request]: Parameters<Access['tieIdentity']>) {
    const state = await this.credentials.tieIdentity(person, identity, request);
    const placeOf = await this.placesOf(state);
    const isShown = isShownIn(request.commander.rights['people-manage'] ?? [], placeOf);
    return personAnswer(state, person, this.shown(isShown));
  }

  async revokeKey(person: string, credential: string, request: AccessRequest): Promise<void> {
    await this.write({ type: 'RevokeCredential', credential }, request, {
      person,
      check: (state) => {
        const found = foundCredential(state, credential);
        if (found.person !== person) foundCredential(emptyAccess(), credential);
      },
    });
  }

  async signOutEverywhere(person: string, request: AccessRequest): Promise<void> {
    await this.write({ type: 'SignOutEverywhere', person }, request, { person });
  }

  async found(named: PersonNamed): ReturnType<Access['found']> {
    const { log, people } = this.needs;
    const founded = await appointAdministrator(log, this.needs.newSecret, false);
    await people.name(founded.person, named, { by: 'machine' });
    await untilSeen(this.needs.views, founded.position);
    const { position: _, ...answer } = founded;
    return answer;
  }

  private get ports(): CredentialPorts {
    const { log, newSecret } = this.needs;
    return { world: log.world, newSecret };
  }

  /**
   * Records a command, if its commander may give it, and resolves once it holds here.
   *
   * @param about the person whom it is about, who is answered as absent if the commander may not know of them
   */
  private async write(
    command: AccessCommand,
    { commander, ...request }: AccessRequest,
    about: About = {},
  ): Promise<AccessWritten> {
    const placeOf = await this.placesOf(this.roster.present(), about.scope);
    const reach = commander.rights['people-manage'];
    const written = await this.needs.log.write(command, request, (state) => {
      if (about.person !== undefined) requireInSight(about.person, commander, state, placeOf);
      about.check?.(state, (scope) => reach !== undefined && isWithin(reach, placeOf(scope)), placeOf);
      if (!mayCommand(command, commander, state, placeOf)) throw notPermitted(['people-manage']);
    });
    await untilSeen(this.needs.views, written.position);
    return written;
  }

  private placesOf(state: AccessState, more?: Scope): Promise<PlaceOf> {
    return placesOf(state, this.needs.districtOf, more);
  }

  private answer(state: AccessState, person: string) {
    return personAnswer(
      state,
      person,
      this.shown(() => true),
    );
  }

  private shown(isShown: (grant: Grant) => boolean): Parameters<typeof personAnswer>[2] {
    const { people, log } = this.needs;
    return { people, isShown, now: log.world.now() };
  }
}

function recorderIn({ by, verification }: AccessRequest): Recorder {
  return omitUndefined({ by, verification });
}
