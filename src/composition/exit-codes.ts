import { verdicts } from '../ledger/verdicts.js';

/** Every exit code of `topout`; from 64 on as in BSD's sysexits. */
export const exitCodes = {
  ok: 0,
  bug: 1,
  usage: 2,
  refused: 3,
  notFound: 4,
  conflict: 5,
  contentChanged: verdicts['content-changed'],
  linkBroken: verdicts['link-broken'],
  entriesMissing: verdicts.missing,
  rootMismatch: verdicts['root-mismatch'],
  signatureInvalid: verdicts['signature-invalid'],
  notAppendOnly: verdicts['not-append-only'],
  structureDamaged: verdicts['structure-damaged'],
  unreadable: verdicts.unreadable,
  splitView: verdicts['split-view'],
  damaged: 65,
  unreachable: 69,
  serviceBug: 70,
  inUse: 73,
  io: 74,
  tryLater: 75,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The meaning of each code, as `topout help exit-codes` prints it. */
export const exitCodeMeanings: Readonly<Record<keyof typeof exitCodes, string>> = {
  ok: 'Done.',
  bug: 'A bug in topout; the message says where.',
  usage: 'The command line is invalid: for example an unknown option, or a day that does not exist.',
  refused:
    'The service or the store refused what was sent; import: at least one line was refused; a test notice was not accepted.',
  notFound: 'There is no such project, entry, alert, subscription or file.',
  conflict:
    'The id is taken by another entry, or the project, the alert or the rules have moved on since they were read.',
  contentChanged: 'verify: an entry was changed; it is named by stream, revision and id.',
  linkBroken: 'verify: an entry does not follow the one that it was written after.',
  entriesMissing: 'verify, witness: entries are missing that were stored, or that a checkpoint covers.',
  rootMismatch: 'verify: the entries are not those that a checkpoint of the folder covers.',
  signatureInvalid: 'verify, witness: a checkpoint is not signed by the key of the ledger.',
  notAppendOnly:
    'verify, witness: the log does not continue the one of a checkpoint that was kept elsewhere.',
  structureDamaged: 'verify: the structure of a file is damaged; the entries are as they were.',
  unreadable: 'verify: a file, or a part of it, cannot be read.',
  splitView: 'witness: the log is shown in two versions of which neither continues the other.',
  damaged:
    'doctor, backup, restore or copy found something in the store that Topout did not write; copy: the two stores differ; projections diff: the state on the server differs.',
  unreachable:
    'No service or cluster answers at that address, or what answers is not Topout; serve: the address cannot be listened on.',
  serviceBug: 'The service failed on this request; its log says why.',
  inUse:
    'The data folder is held by another process, or the file or store to be made exists already; copy: the target holds something else.',
  io: 'A file could not be read or written: no space, no permission.',
  tryLater: 'The service cannot answer now; the same command works later.',
  interrupted: 'Stopped by Ctrl-C.',
};

/** The exit code for the HTTP status of a refusal. */
export function exitCodeOf(status: number): ExitCode {
  if (status === 404) return exitCodes.notFound;
  if (status === 409 || status === 412) return exitCodes.conflict;
  if (status === 408 || status === 429 || status === 502 || status === 503 || status === 504)
    return exitCodes.tryLater;
  if (status === 507) return exitCodes.io;
  return status >= 500 ? exitCodes.serviceBug : exitCodes.refused;
}
