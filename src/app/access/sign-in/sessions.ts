import type { AccessCommand, NewCredential } from '../../../../domain/access/commands.js';
import { linkEnded } from '../../../../domain/access/credentials.js';
import type { Instant } from '../../../../domain/values/days/calendar.js';
import { msPerHour } from '../../../../domain/values/days/durations.js';
import { omitUndefined } from '../../../../domain/values/omit-undefined.js';
import { untilSeen } from '../../commands/receipts.js';
import { Refused } from '../../refusals.js';
import type { Views } from '../../views/views.js';
import type { SessionOpened, Sessions } from '../access.js';
import type { AccessLog } from '../access-log.js';
import { type CredentialPorts, newCredential } from '../new-credential.js';
import { folded, type People } from '../people.js';
import type { Principal, Principals } from '../principals.js';
import type { Roster } from '../roster.js';
import { peopleUnreadable } from '../sealed-people.js';
import { Attempts } from './attempts.js';
import { type Passwords, requireFit } from './passwords.js';

/** For how long a session signs in, in milliseconds. */
const sessionMs = 12 * msPerHour;

/** What sessions are opened with. */
interface SessionNeeds {
  log: AccessLog;
  views: Views;
  people: People;
  roster: Roster;
  principals: Principals;
  passwords: Passwords;
  ports: CredentialPorts;
}

/** Opens and ends the sessions of people on the page. */
export class PageSessions implements Sessions {
  private readonly attempts: Attempts;

  constructor(private readonly needs: SessionNeeds) {
    const { world } = needs.ports;
    this.attempts = new Attempts(() => Date.parse(world.now()));
  }

  async byPassword(...[who, password, address]: Parameters<Sessions['byPassword']>) {
    const { people, passwords } = this.needs;
    const person = this.personCalled(who);
    const subject = person ?? folded(who);
    this.attempts.begin(subject, address);
    const stored = person === undefined ? undefined : people.passwordOf(person);
    const isRight = await passwords.isRight(password, stored);
    if (person === undefined || !isRight) {
      // Given for any name, so that it reveals nothing about this one.
      const why = people.whyUnreadable();
      throw why === undefined ? failed() : peopleUnreadable(why);
    }
    this.attempts.succeeded(subject, address);
    return this.open({ person });
  }

  async byPrincipal({ person, credential, limits, expiresAt }: Principal): Promise<SessionOpened> {
    const leftMs = Date.parse(expiresAt) - Date.parse(this.needs.ports.world.now());
    return this.open({ person, limits, from: credential }, Math.min(sessionMs, leftMs));
  }

  async byLink(...[linkText, password]: Parameters<Sessions['byLink']>) {
    const { principals } = this.needs;
    const link = principals.admit(linkText, { kinds: ['link'] });
    if (typeof link === 'string') throw linkEnded();
    return this.withPassword(link.person, password, (opened) => ({
      type: 'RedeemLink',
      link: link.credential,
      ...opened,
    }));
  }

  async changePassword(...[person, { old, password }, address]: Parameters<Sessions['changePassword']>) {
    const { people, passwords } = this.needs;
    this.attempts.begin(person, address);
    if (!(await passwords.isRight(old, people.passwordOf(person)))) throw oldPasswordWrong();
    this.attempts.succeeded(person, address);
    return this.withPassword(person, password, (opened) => ({ type: 'ChangePassword', ...opened }));
  }

  /** Opens the only session of a person and stores their new password. @throws Refused `password-weak` */
  private async withPassword(
    person: string,
    password: string,
    command: (opened: { credential: NewCredential; at: Instant }) => AccessCommand,
  ): Promise<SessionOpened> {
    const { people, passwords, ports } = this.needs;
    people.requireWritable();
    requireFit(password, people.named(person) ?? {});
    const stored = await passwords.hash(password);
    const { credential, text } = newCredential({ kind: 'session', person }, sessionMs, ports);
    await this.write(command({ credential, at: ports.world.now() }), person);
    // After what the password before it could open has ended.
    await people.setPassword(person, stored);
    return { person, credential: credential.credential, session: text, forMs: sessionMs };
  }

  async end({ credential, person }: Parameters<Sessions['end']>[0]): Promise<void> {
    await this.write({ type: 'RevokeCredential', credential }, person);
  }

  private async open(
    { person, limits, from }: Pick<Principal, 'person' | 'limits'> & { from?: string },
    forMs = sessionMs,
  ): Promise<SessionOpened> {
    const { ports } = this.needs;
    const { credential, text } = newCredential({ kind: 'session', person }, forMs, ports);
    const asked = omitUndefined({ ...credential, limits, from });
    await this.write({ type: 'IssueCredential', credential: asked, at: ports.world.now() }, person);
    return { person, credential: credential.credential, session: text, forMs };
  }

  /** The only person of an id, a contact or a name; undefined if it is nobody's, or of several people. */
  private personCalled(who: string): string | undefined {
    const { people, roster } = this.needs;
    const present = roster.present().people;
    const isThere = (id: string) => Object.hasOwn(present, id) && !present[id]?.removed;
    const id = folded(who);
    const found = Object.hasOwn(present, id) ? [id] : people.called(who);
    const [person, another] = found.filter(isThere);
    return another === undefined ? person : undefined;
  }

  /** Records what somebody does with a credential of their own, and resolves once it holds here. */
  private async write(command: AccessCommand, person: string): Promise<void> {
    const { position } = await this.needs.log.write(command, { by: person, verification: 'signed-in' });
    await untilSeen(this.needs.views, position);
  }
}

function oldPasswordWrong(): Refused {
  return new Refused('sign-in-failed', {
    member: 'old',
    seen: { en: 'another password', zh: '其他密码' },
    expected: {
      en: 'the present password of who is signed in; an administrator makes a link for a forgotten one',
      zh: '当前登录者的现用密码；如已忘记，请管理员签发链接',
    },
  });
}

/** One answer, whether there is such a person or not. */
function failed(): Refused {
  return new Refused('sign-in-failed', {
    seen: { en: 'a name and a password that do not belong together', zh: '姓名与密码不符' },
    expected: {
      en: 'those of somebody who has set a password; an administrator makes a link for a new one',
      zh: '已设置密码的人员的姓名和密码；如需重设，请管理员签发链接',
    },
  });
}
