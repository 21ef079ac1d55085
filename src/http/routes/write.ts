import type { Command } from '../../../domain/project/commands.js';
import type { Day } from '../../../domain/values/days/calendar.js';
import { omitUndefined } from '../../../domain/values/omit-undefined.js';
import { nothing } from '../../../domain/values/rejections.js';
import type { Words } from '../../../domain/values/words.js';
import type { WriteRequest } from '../../app/queries/asked.js';
import type { Receipt, Topout } from '../../app/topout.js';
import { refuse } from '../problems/faults.js';
import type { Reply } from '../server/fastify-types.js';

/** Maximum bytes of the content of one entry, below the limit of a store. */
export const mostBytes = 250 * 1024;

/** The business day that dates an entry without a day: the project's own. */
export async function todayFor(
  topout: Topout,
  project: string,
  { asOf, timeZone }: { asOf?: string | undefined; timeZone?: string | undefined },
): Promise<Day> {
  return asOf === undefined ? topout.todayOf(project, timeZone) : topout.today().on;
}

/** A receipt as sent: all answers to the same id have the same bytes. */
export type ReceiptAnswer = Omit<Receipt, 'outcome' | 'also' | 'notBegun'> & {
  outcome: 'recorded' | 'already-said';
  also?: Receipt['also'];
  notBegun?: NotBegun;
};

/** The day that had not begun at the project, in both languages, so that a later answer has the same bytes. */
export type NotBegun = Required<Receipt>['notBegun'] & { words: Words };

/** States that a day had not begun at the project. */
export function inWords(notBegun: Required<Receipt>['notBegun']): NotBegun {
  return {
    ...notBegun,
    words: { en: 'for a day that has not begun there', zh: '所填日期在项目当地尚未开始' },
  };
}

/**
 * Executes a command, unless it is too large for an entry.
 *
 * @throws RequestRefused `entry-too-large`, and what `Topout.execute` refuses
 */
export function write(
  topout: Topout,
  project: string,
  command: Command,
  asked: WriteRequest,
): Promise<Receipt> {
  requireSize(command);
  return topout.execute(project, command, asked);
}

/** @throws RequestRefused `entry-too-large` */
export function requireSize({ type, data, entry }: Command): void {
  // Only a plan can grow that large: the limits of members keep all others far below.
  if (type !== 'AdoptPlan') return;
  const bytes = Buffer.byteLength(JSON.stringify([data, entry]));
  if (bytes > mostBytes)
    refuse(
      'entry-too-large',
      'body',
      { en: `an entry of ${bytes} bytes`, zh: `${bytes} 字节的记录` },
      {
        en: `at most ${mostBytes}`,
        zh: `至多 ${mostBytes} 字节`,
      },
    );
}

/** Sets the headers of a receipt, and returns the body. */
export function answered(reply: Reply, receipt: Receipt): ReceiptAnswer {
  const { project, id, revision, position, recordedAt, outcome, also, notBegun } = receipt;
  reply.status(outcome === 'already-said' ? 200 : 201);
  // The existing entry may be far behind the current revision, which is unknown here.
  if (outcome !== 'already-said') reply.header('etag', `"${revision + also.length}"`);
  if (outcome === 'replayed') reply.header('idempotent-replayed', 'true');
  return {
    project,
    id,
    revision,
    position,
    recordedAt,
    outcome: outcome === 'already-said' ? outcome : 'recorded',
    also: also.length > 0 ? also : undefined,
    notBegun: notBegun && inWords(notBegun),
  };
}

/**
 * The version that the writer of a whole set saw: by If-Match, or in the set itself. A set replaces the one in force, so that one of
 * the two is needed.
 *
 * @throws RequestRefused `if-match-missing`, `if-match-invalid`
 */
export function seenBy({ version }: { version?: number }, asked: WriteRequest): WriteRequest {
  const { expectedRevision = version } = asked;
  if (expectedRevision === undefined)
    refuse('if-match-missing', 'If-Match', nothing, {
      en: 'the ETag of the set that was seen, such as "7", or its version in the body',
      zh: '所见集合的 ETag，如 "7"，或请求体中的 version',
    });
  if (version !== undefined && version !== expectedRevision)
    refuse(
      'if-match-invalid',
      'If-Match',
      {
        en: `"${expectedRevision}" beside version ${version}`,
        zh: `“${expectedRevision}”与版本 ${version} 并存`,
      },
      {
        en: 'one version',
        zh: '同一个版本',
      },
    );
  return omitUndefined({ ...asked, expectedRevision });
}
