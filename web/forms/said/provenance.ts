import type { Source } from '../../../domain/project/events.js';

/** Where an entry of the forms comes from: seen on the site, copied from a report, or not said. */
export type SourceSaid =
  | { kind: 'inspection' }
  | { kind: 'report'; document: string; paragraph?: string; quote?: string }
  | { kind: 'unstated' };

/** The source of an entry for which no report is named: on a phone the user is on the site, in an office not. */
export type Unnamed = 'inspection' | 'unstated';

/** A report as typed; without a document the entry is of the kind `unnamed`. */
export interface ReportTyped {
  document: string;
  paragraph: string;
  quote: string;
  unnamed: Unnamed;
}

const kept = 'topout.log.report';

/** The report of the last entry of this session, whose next paragraph is copied next; no quote is kept. */
export function lastReport(unnamed: Unnamed): ReportTyped {
  const none = { document: '', paragraph: '', quote: '', unnamed };
  try {
    const last: Partial<ReportTyped> = JSON.parse(sessionStorage.getItem(kept) ?? '{}');
    return { ...none, document: last.document ?? '', paragraph: last.paragraph ?? '' };
  } catch {
    return none;
  }
}

/** Keeps a report for the next entries of this session. Without storage space it has to be typed again. */
export function keepReport({ document, paragraph }: ReportTyped): void {
  try {
    sessionStorage.setItem(kept, JSON.stringify({ document, paragraph }));
  } catch {
    // The entry itself holds the report.
  }
}

const keptFor = 'topout.log.on-behalf-of';

/** For whom the last entry of this session was entered: an office enters many for one builder. */
export function lastOnBehalfOf(): string {
  try {
    return sessionStorage.getItem(keptFor) ?? '';
  } catch {
    return '';
  }
}

/** Keeps for whom the next entries of this session are entered. Without storage space it has to be typed again. */
export function keepOnBehalfOf(name: string): void {
  try {
    sessionStorage.setItem(keptFor, name);
  } catch {
    // The entry itself holds the name.
  }
}

/** The typed report of an entry that is edited again. */
export function reportIn(source: SourceSaid | undefined, unnamed: Unnamed): ReportTyped {
  if (source?.kind !== 'report')
    return { document: '', paragraph: '', quote: '', unnamed: source?.kind ?? unnamed };
  const { document, paragraph = '', quote = '' } = source;
  return { document, paragraph, quote, unnamed };
}

/** The source that is typed. */
export function sourceTyped(typed: ReportTyped): SourceSaid {
  const [document, paragraph, quote] = [typed.document.trim(), typed.paragraph.trim(), typed.quote.trim()];
  if (document === '') return { kind: typed.unnamed };
  return { kind: 'report', document, ...(paragraph ? { paragraph } : {}), ...(quote ? { quote } : {}) };
}

/** The source of a recorded entry, as a correction of it says it again; an import was no report that a person read. */
export function sourceAgain(source: Source): SourceSaid {
  if (source.kind === 'inspection') return { kind: 'inspection' };
  if (source.kind !== 'report') return { kind: 'unstated' };
  const { document, paragraph, quote } = source;
  return { kind: 'report', document, ...(paragraph ? { paragraph } : {}), ...(quote ? { quote } : {}) };
}
