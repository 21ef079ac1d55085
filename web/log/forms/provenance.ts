/** Where an entry of the forms comes from: seen on the site, or copied from a report. */
export type SourceSaid =
  | { kind: 'inspection' }
  | { kind: 'report'; document: string; paragraph?: string; quote?: string };

/** A report as typed; without a document the entry was seen on the site. */
export interface ReportTyped {
  document: string;
  paragraph: string;
  quote: string;
}

const kept = 'topout.log.report';

/** The report of the last entry of this session, whose next paragraph is copied next; no quote is kept. */
export function lastReport(): ReportTyped {
  const none = { document: '', paragraph: '', quote: '' };
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

/** The typed report of an entry that is edited again. */
export function reportIn(source: SourceSaid | undefined): ReportTyped {
  const { document = '', paragraph = '', quote = '' } = source?.kind === 'report' ? source : {};
  return { document, paragraph, quote };
}

/** The source that is typed. */
export function sourceTyped(typed: ReportTyped): SourceSaid {
  const [document, paragraph, quote] = [typed.document.trim(), typed.paragraph.trim(), typed.quote.trim()];
  if (document === '') return { kind: 'inspection' };
  return { kind: 'report', document, ...(paragraph ? { paragraph } : {}), ...(quote ? { quote } : {}) };
}
