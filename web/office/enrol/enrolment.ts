import { encode } from 'uqr';
import type { CodeIssued, PersonAnswer } from '../../../src/app/access/access.js';
import { ask, tell } from '../../shared/ask.js';

/** A code that a phone may use, with the picture of its address. */
export interface Enrolment {
  code: string;
  address: string;
  /** In milliseconds since 1970, by the clock of this device. */
  endsAt: number;
  modules: boolean[][];
}

/** For whom a phone is enrolled. */
export interface Enrolled {
  person: string;
  name: string;
  /** True for the user of the page. */
  isSelf: boolean;
}

/** Makes a code for a phone of a person. */
export async function newEnrolment({ person }: Enrolled): Promise<Enrolment> {
  const path = `/people/${person}/enrolments`;
  const { answer } = await tell<CodeIssued & { address: string }>('POST', path, {});
  const address = new URL(answer.address, location.href).href;
  // The clocks of the service and of this device may differ.
  return {
    code: answer.code,
    address,
    endsAt: Date.now() + answer.validSeconds * 1_000,
    modules: encode(address, { ecc: 'M', border: 0 }).data,
  };
}

/** The phones of a person that are in force. */
export async function devicesOf({ person, isSelf }: Enrolled, signal: AbortSignal): Promise<Device[]> {
  const path = isSelf ? '/people/self' : `/people/${person}`;
  const { credentials = [] } = await ask<Partial<PersonAnswer>>(path, {}, signal);
  return credentials.filter(({ kind, revoked }) => kind === 'device' && !revoked);
}

export type Device = PersonAnswer['credentials'][number];
