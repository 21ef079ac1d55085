/** The day and source of an administrator's entry, as form fields. */
export interface SayingForm {
  /** Empty for the business day. */
  asOf: string;
  kind: 'unstated' | 'report' | 'import';
  note: string;
  document: string;
  paragraph: string;
  quote: string;
}

export const blankSaying: SayingForm = {
  asOf: '',
  kind: 'unstated',
  note: '',
  document: '',
  paragraph: '',
  quote: '',
};

/** Day and source as the service accepts them; empty ones are omitted. */
export function sayingOf({ asOf, kind, note, document, paragraph, quote }: SayingForm): object {
  const source = {
    unstated: note ? { kind, note } : undefined,
    report: { kind, document, ...filled({ paragraph, quote }) },
    import: { kind, ...filled({ document }) },
  }[kind];
  return { ...filled({ asOf }), ...(source ? { source } : {}) };
}

/** The members that are not empty. */
export function filled<Given extends object>(given: Given): Partial<Given> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== '')) as Partial<Given>;
}
