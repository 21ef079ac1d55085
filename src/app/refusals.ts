import { missingWords } from '../../domain/access/permission-words.js';
import type { Permission } from '../../domain/access/permissions.js';
import {
  CommandRejected,
  type Fault,
  faultSentence,
  type RejectionReason,
} from '../../domain/values/rejections.js';
import type { Words } from '../../domain/values/words.js';
import { OutcomeUnknown, RevisionConflict, StoreError, type StoreReason } from '../event-store/errors.js';

/** Reasons of the application, beside those of the domain and of the store. */
export type AppReason =
  | 'revision-stale'
  | 'write-contended'
  | 'position-unknown'
  | 'view-behind'
  | 'views-unmade'
  | 'cursor-invalid'
  | 'moment-ahead'
  | 'project-not-found'
  | 'project-taken-back'
  | 'figures-parked'
  | 'figure-unknown'
  | 'not-permitted'
  | 'reads-unrecorded'
  | 'sign-in-failed'
  | 'sign-in-delayed'
  | 'sign-in-busy'
  | 'password-weak'
  | 'rules-invalid'
  | 'rules-unknown'
  | 'rules-tests-busy'
  | 'lexicon-invalid'
  | 'lexicon-unknown'
  | 'calendar-invalid'
  | 'calendar-unknown'
  | 'subscription-unknown'
  | 'subscription-invalid'
  | 'address-refused'
  | 'challenge-failed'
  | 'channel-unavailable'
  | 'confirmation-unsent'
  | 'confirmation-recent'
  | 'confirmation-expired'
  | 'subscription-unconfirmed'
  | 'secret-weak'
  | 'sealed-unreadable'
  | 'people-unreadable'
  | 'ledger-off'
  | 'ledger-behind'
  | 'ledger-size-invalid'
  | 'leaf-unknown'
  | 'tile-unknown'
  | 'checkpoint-invalid'
  | 'witness-unknown';

/** Every reason for which Topout refuses; the edge has one row for each. */
export type Reason = RejectionReason | StoreReason | AppReason;

/** A request that the application refuses. */
export class Refused extends Error {
  constructor(
    readonly reason: AppReason,
    readonly fault: Fault,
    /** Facts for a program: the current revision of a stale one, the lag of a view. */
    readonly details: Refusal['details'] = {},
  ) {
    super(faultSentence(fault, 'en'));
  }
}

/**
 * Refuses a write whose `If-Match` names another revision than the current one, which is -1 before the first event.
 *
 * @throws Refused `revision-stale`
 */
export function requireRevision(
  expected: number | undefined,
  current: number,
  what: Words = { en: 'the current revision', zh: '当前版本' },
): void {
  if (expected === undefined || expected === current) return;
  const found =
    current >= 0
      ? { en: `"${current}", ${what.en}`, zh: `“${current}”，即${what.zh}` }
      : { en: 'none, because nobody has registered the project', zh: '不填：该项目尚未登记' };
  throw new Refused(
    'revision-stale',
    { member: 'If-Match', seen: `"${expected}"`, expected: found },
    { currentRevision: current },
  );
}

/** Refuses what the rights of the caller do not include: any of some permissions, where it is one of them that is missing. */
export function notPermitted(any: readonly Permission[] = []): Refused {
  if (any.length > 0) return new Refused('not-permitted', missingWords(any));
  return new Refused('not-permitted', {
    seen: { en: 'a request that your roles do not include', zh: '您的角色不包含的操作' },
    expected: { en: 'a role for it; an administrator grants roles', zh: '相应的角色；角色由管理员授予' },
  });
}

/** The data of an expected error: its reason, sentence and origin; undefined for a bug. */
export interface Refusal {
  reason: Reason;
  /** In English, for the log; `fault` has it in both languages. */
  sentence: string;
  fault?: Fault;
  details: Readonly<Record<string, string | number | readonly string[]>>;
}

/** Converts an error to a refusal; anything else is a bug and is thrown to the top. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof CommandRejected || error instanceof Refused) {
    const details = error instanceof Refused ? error.details : {};
    return { reason: error.reason, sentence: error.message, fault: error.fault, details };
  }
  if (error instanceof StoreError) {
    return { reason: error.reason, sentence: error.message, details: detailsOf(error) };
  }
  return undefined;
}

function detailsOf(error: StoreError): Refusal['details'] {
  if (error instanceof RevisionConflict) return { currentRevision: error.current };
  return error instanceof OutcomeUnknown ? { ids: error.ids } : {};
}
