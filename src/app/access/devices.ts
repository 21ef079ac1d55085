import type { AccessState } from '../../../domain/access/access.js';
import type { AccessCommand } from '../../../domain/access/commands.js';
import type { Commander } from '../../../domain/access/delegation.js';
import { codeInvalid, codeMinutes, deviceDays, requireCode } from '../../../domain/access/devices.js';
import { instantAfter } from '../../../domain/values/days/calendar.js';
import { msPerDay } from '../../../domain/values/days/durations.js';
import type { AccessRequest, CodeIssued, DeviceHeld, Devices } from './access.js';
import type { AccessLog, AccessWritten } from './access-log.js';
import { codeBytes, codeParts, newCode } from './code-text.js';
import { isSecretOf } from './key-text.js';
import { type CredentialPorts, newCredential } from './new-credential.js';
import type { People } from './people.js';
import type { Principal } from './principals.js';

interface DevicesNeeds {
  log: AccessLog;
  people: People;
  ports: CredentialPorts;
  /** As it is now. */
  present(): AccessState;
  /** Records a command about a person, if its commander may give it. */
  write(command: AccessCommand, request: AccessRequest, person: string): Promise<AccessWritten>;
  /** Resolves once what was written holds here. */
  untilSeen(written: AccessWritten): Promise<void>;
}

/** Wrong guesses at a code until it ends. */
const mostGuesses = 5;

/** Enrols phones on the roster and the stream `access`. */
export class EnrolledDevices implements Devices {
  private readonly guesses = new Map<string, number>();

  constructor(private readonly needs: DevicesNeeds) {}

  async offer(person: string, request: AccessRequest): Promise<CodeIssued> {
    const at = this.needs.log.world.now();
    const { text: code, credential, hash } = this.freeCode();
    const expiresAt = instantAfter(at, codeMinutes * 60_000);
    const issued = { credential, kind: 'code', person, hash, expiresAt } as const;
    await this.needs.write({ type: 'IssueCredential', credential: issued, at }, request, person);
    return { person, code, expiresAt, validSeconds: codeMinutes * 60 };
  }

  async enrol(typed: string, label: string): Promise<DeviceHeld & { key: string }> {
    const { log, people, ports } = this.needs;
    people.requireWritable();
    const code = await this.proved(typed);
    const at = log.world.now();
    const { person } = requireCode(this.needs.present(), code, at);
    const forMs = deviceDays * msPerDay;
    const { credential: device, text: key } = newCredential({ kind: 'device', person }, forMs, ports);
    // Decided on the content of the store: of two that send a code at the same time, one gets the device.
    const written = await log.write({ type: 'EnrolDevice', code, device, at }, { by: person });
    this.guesses.delete(code);
    await people.label(device.credential, person, label);
    await this.needs.untilSeen(written);
    return { credential: device.credential, forMs, key };
  }

  async renew(commander: Commander & Pick<Principal, 'credential'>): Promise<DeviceHeld> {
    const { person, credential } = commander;
    const at = this.needs.log.world.now();
    const request = { by: person, verification: 'signed-in', commander } as const;
    const { state } = await this.needs.write({ type: 'RenewDevice', credential, at }, request, person);
    const { expiresAt = at } = state.credentials[credential] ?? {};
    return { credential, forMs: Date.parse(expiresAt) - Date.parse(at) };
  }

  /** The id of a code whose secret was typed. @throws CommandRejected `code-invalid` */
  private async proved(typed: string): Promise<string> {
    const parts = codeParts(typed);
    if (!parts) throw codeInvalid();
    const { credential: code, secret } = parts;
    const { hash } = requireCode(this.needs.present(), code, this.needs.log.world.now());
    const guesses = this.guesses.get(code) ?? 0;
    if (guesses < mostGuesses && isSecretOf(hash, secret)) return code;
    this.guesses.set(code, guesses + 1);
    // Ended in the log, so that it is gone on every replica.
    if (guesses + 1 === mostGuesses)
      await this.needs.log.write({ type: 'RevokeCredential', credential: code }, { by: 'topout' });
    throw codeInvalid();
  }

  /** A code under an id that no other had. */
  private freeCode(): ReturnType<typeof newCode> {
    const { credentials } = this.needs.present();
    for (;;) {
      const made = newCode(this.needs.ports.newSecret(codeBytes));
      if (!Object.hasOwn(credentials, made.credential)) return made;
    }
  }
}
