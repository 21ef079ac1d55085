import type { Observable } from 'rxjs';
import type { AccessState, SealedIn, SealedPerson } from '../../../domain/access/access.js';
import type { AccessCommand } from '../../../domain/access/commands.js';
import type { Sealed } from '../../../domain/governance/events.js';
import { omitUndefined } from '../../../domain/values/omit-undefined.js';
import type { Uuid } from '../../../domain/values/uuid.js';
import type { Vault } from '../ports.js';
import { notPermitted, Refused } from '../refusals.js';
import type { AccessLog } from './access-log.js';
import { folded, type People, type PersonKept, type PersonNamed, type Recorder } from './people.js';

/** A key that could not be destroyed is tried again after so many milliseconds. */
const againMs = 5_000;

/** The keys of personal data. */
type PersonalKeys = Pick<Vault, 'sealFor' | 'openFor' | 'forget'>;

/** The ports of the people of a cluster. */
export interface SealedPeopleNeeds {
  log: AccessLog;
  vault: PersonalKeys;
  /** What the log says of people, as it is now. */
  present(): AccessState;
  /** Resolves once what was recorded at a position is in `present`. */
  untilSeen(position: number): Promise<void>;
}

/** What was opened of a person; undefined members could not be opened, or were never recorded. */
interface Opened {
  of: SealedPerson;
  named: PersonNamed | undefined;
  password: string | undefined;
  labels: Record<string, string | undefined>;
}

/** The holder of the key that seals the name, the password and the device labels of a person. */
function namesOf(person: string): string {
  return `${person}/names`;
}

/**
 * The names and passwords of people in the log of a cluster: each a recorded event, sealed by a key of the person in the vault
 * that the replicas share, and read from the log by every replica.
 *
 * A replica without these keys reads nothing of them, and writes nothing that the others could not read.
 */
export class SealedPeople implements People {
  private readonly opened = new Map<string, Opened>();

  constructor(private readonly needs: SealedPeopleNeeds) {}

  named(person: string): PersonNamed | undefined {
    return this.of(person)?.named;
  }

  called(text: string): string[] {
    const asked = folded(text);
    return Object.keys(this.needs.present().sealed).filter((person) => {
      const { name, contact } = this.named(person) ?? {};
      return [name, contact].some((own) => own !== undefined && folded(own) === asked);
    });
  }

  passwordOf(person: string): string | undefined {
    return this.of(person)?.password;
  }

  labelOf(credential: string): string | undefined {
    const { credentials } = this.needs.present();
    const held = Object.hasOwn(credentials, credential) ? credentials[credential] : undefined;
    return held && this.of(held.person)?.labels[credential];
  }

  async name(person: string, named: PersonNamed, by: Recorder): Promise<void> {
    await this.record(person, by, 'PersonNamed', JSON.stringify(named), (value) => ({
      type: 'NamePerson',
      person,
      named: value,
    }));
  }

  async setPassword(person: string, stored: string): Promise<void> {
    await this.record(person, { by: person }, 'PasswordSet', stored, (password) => ({
      type: 'SetPassword',
      person,
      password,
    }));
  }

  async label(credential: string, person: string, text: string): Promise<void> {
    await this.record(person, { by: person }, 'DeviceLabelled', text, (label) => ({
      type: 'LabelDevice',
      person,
      credential,
      label,
    }));
  }

  async forget(person: string): Promise<void> {
    this.opened.delete(person);
    this.needs.vault.forget(namesOf(person));
  }

  isUnreadable(person: string): boolean {
    const opened = this.of(person);
    return opened?.of.named !== undefined && opened.named === undefined;
  }

  whyUnreadable(): string | undefined {
    const { of, count } = this.readable();
    if (count === of.length) return undefined;
    return `its keys open the names of ${count} of ${of.length} ${of.length === 1 ? 'person' : 'people'}; TOPOUT_VAULT has to name the file of keys that all replicas share`;
  }

  requireWritable(): void {
    const { of, count } = this.readable();
    // In case of a tie the keys of the installation are those that open the oldest.
    const [oldest] = of;
    const isTie = count * 2 === of.length && oldest !== undefined && !this.isUnreadable(oldest);
    if (of.length > 0 && count * 2 <= of.length && !isTie) throw peopleUnreadable(this.whyUnreadable());
  }

  all(): PersonKept[] {
    return Object.keys(this.needs.present().sealed).flatMap((person) => {
      const { named, password, labels = {} } = this.of(person) ?? {};
      const known = Object.entries(labels).filter(
        (entry): entry is [string, string] => entry[1] !== undefined,
      );
      return [omitUndefined({ person, named, password, labels: Object.fromEntries(known) })];
    });
  }

  /**
   * Destroys the keys of the names of people who were removed, now and after each change: every replica may have its own copy of the
   * file of keys. Tries again after a failure.
   */
  destroyKeys(changes$: Observable<void>, onFailure: ((error: Error) => void) | undefined): void {
    const { present, vault, log } = this.needs;
    const done = new Set<string>();
    const forget = () => {
      const people = Object.values(present().people);
      const removed = people.flatMap((one) => (one.removed ? [namesOf(one.person)] : []));
      for (const { person } of people) if (!present().sealed[person]) this.opened.delete(person);
      for (const holder of removed) {
        if (done.has(holder)) continue;
        try {
          vault.forget(holder);
          done.add(holder);
        } catch (error) {
          onFailure?.(error as Error);
          log.world.after(againMs, forget);
          return;
        }
      }
    };
    forget();
    changes$.subscribe(forget);
  }

  async close(): Promise<void> {
    this.opened.clear();
  }

  private readable(): { of: string[]; count: number } {
    const of = Object.keys(this.needs.present().sealed);
    return { of, count: of.filter((person) => !this.isUnreadable(person)).length };
  }

  private async record(
    person: string,
    by: Recorder,
    type: string,
    text: string,
    command: (sealed: Sealed) => AccessCommand,
  ): Promise<void> {
    this.requireWritable();
    const { log, vault } = this.needs;
    const id = log.world.newId();
    const sealed = vault.sealFor(namesOf(person), text, boundTo(type, person, id));
    if (!sealed) throw notPermitted(['people-manage']);
    const { position } = await log.write(command(sealed), { id, ...by });
    await this.needs.untilSeen(position);
  }

  /** What can be read of a person; opened once, and again while a part of it cannot be. */
  private of(person: string): Opened | undefined {
    const { sealed } = this.needs.present();
    const of = Object.hasOwn(sealed, person) ? sealed[person] : undefined;
    if (!of) {
      this.opened.delete(person);
      return undefined;
    }
    const known = this.opened.get(person);
    if (known?.of === of && isWhole(known)) return known;
    const read = (type: string, one: SealedIn | undefined): string | undefined =>
      one && this.needs.vault.openFor(namesOf(person), one.value, boundTo(type, person, one.event));
    const named = read('PersonNamed', of.named);
    const labels = Object.entries(of.labels).map(([id, label]) => [id, read('DeviceLabelled', label)]);
    const opened: Opened = {
      of,
      named: named === undefined ? undefined : (JSON.parse(named) as PersonNamed),
      password: read('PasswordSet', of.password),
      labels: Object.fromEntries(labels),
    };
    this.opened.set(person, opened);
    return opened;
  }
}

/** What a sealed value is bound to: it opens as the same data of the same person in the same event only. */
function boundTo(type: string, person: string, event: Uuid): string {
  return JSON.stringify([type, person, event]);
}

function isWhole({ of, named, password, labels }: Opened): boolean {
  return (
    (!of.named || named !== undefined) &&
    (!of.password || password !== undefined) &&
    Object.values(labels).every((label) => label !== undefined)
  );
}

/** Refuses what needs the names or passwords of people where the keys are not those of the installation. */
export function peopleUnreadable(why = 'its keys are not those of the installation'): Refused {
  return new Refused('people-unreadable', {
    seen: {
      en: `a replica that cannot read the names and passwords of the others: ${why}`,
      zh: `无法读取其他副本的姓名和密码的副本：${why}`,
    },
    expected: {
      en: 'another replica, or this one with the keys of the installation',
      zh: '其他副本，或配有本系统密钥文件的副本',
    },
  });
}
