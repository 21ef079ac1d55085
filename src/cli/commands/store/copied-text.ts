import type { Copied, Ended } from '../../../maintenance/copy.js';
import type { ProtectedCopied } from '../../../maintenance/protected-copy.js';
import { pairs, table } from '../../views/table.js';

/** Authors that are named. */
const mostAuthors = 5;

/** The result of a protected copy, and what to do with the old store. */
export function protectedText(result: ProtectedCopied): string {
  const { from, to, continued, inClear, isSame, vaults, copied } = result;
  const { length } = inClear.authors;
  const clear =
    inClear.events === 0
      ? 'No text is left in clear.'
      : `${inClear.events} entries keep texts in clear, whose ${length === 1 ? 'author does' : 'authors do'} not sign in: ${inClear.authors.slice(0, mostAuthors).join(', ')}${length > mostAuthors ? ` and ${length - mostAuthors} more` : ''}.`;
  const next = [
    `Both say the same in ${from.events} entries, and in the views; every hash was verified. The first event of ${to.name} carries the last checkpoint of ${continued.origin}, of ${continued.size} entries.`,
    clear,
    ...(copied
      ? [
          `${to.name} is a new installation with the keys ${vaults.to}: start the service with them, and give everybody who verifies its new verifier key (topout ledger keys).`,
          `The texts are in clear in ${from.name} until you destroy it: have auditors compare first (--verify-only, topout verify), then overwrite or destroy its whole folder, its keys ${vaults.from}, and every backup of them.`,
        ]
      : []),
  ];
  return [rowsOf(result), ...(isSame ? ['', ...next] : [])].join('\n');
}

/** The result of a copy, the content of both stores, and what is excluded. */
export function copiedText(result: Copied): string {
  const { isSame, hasSourceGrown } = result;
  return [rowsOf(result), ...(isSame ? ['', ...notes(result)] : [])]
    .concat(hasSourceGrown ? [grown(result)] : [])
    .join('\n');
}

/** The content of both stores, and the digests of it. */
function rowsOf({ from, to, copied, digests }: Copied): string {
  const rows: [string, string][] = [
    ['From', from.name],
    ['To', to.name],
    ['Events', both(from.events, to.events)],
    ['Streams', both(from.streams, to.streams)],
    ['First', ended(from.first)],
    ['Last', ended(from.last)],
    ['Installation', both(from.installation ?? 'none yet', to.installation ?? 'none yet')],
    ...(copied
      ? [['Copied', `${copied.added} events now; ${copied.before} were there before`] as [string, string]]
      : []),
  ];
  const columns = [{ head: 'Digest of' }, { head: 'SHA-256' }, { head: '' }];
  const compared = digests.map(({ of, from: here, to: there, isSame: same }) => [
    of === 'log' ? 'every event' : `view ${of}`,
    same ? here : `${here} and ${there}`,
    same ? 'same' : 'differs',
  ]);
  return [pairs(rows), '', table(columns, compared)].join('\n');
}

function notes({ from, copied }: Copied): string[] {
  const verdict = `Both hold the same ${from.events} events in the same order, and the same views; every hash was verified.`;
  if (!copied) return [verdict];
  return [
    verdict,
    'Start the service on one of the two only: both would tell subscribers.',
    'Not copied: the keys of subscriptions (TOPOUT_VAULT), and a business day that the folder has set (TOPOUT_TODAY).',
    'Views are rebuilt where the service starts; their positions are those of the new store.',
  ];
}

function grown({ from }: Copied): string {
  const upTo = from.last ? `position ${from.last.position}` : 'its beginning';
  return `${from.name} has grown meanwhile: what lies after ${upTo} was left out. Stop what writes to it, and copy again.`;
}

function both(from: number | string, to: number | string): string {
  return from === to ? `${from}` : `${from} and ${to}`;
}

function ended(end: Ended | null): string {
  if (!end) return 'none';
  const { position, recordedAt, stream, revision, id } = end;
  return `position ${position}, recorded ${recordedAt}: ${stream} revision ${revision}, id ${id}`;
}
