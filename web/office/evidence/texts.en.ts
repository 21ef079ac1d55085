export const en = {
  entries_one: '{{count}} entry',
  entries_other: '{{count}} entries',
  noEntries: 'no entry',
  evidence: 'What it rests on',
  close: 'Close',
  onDay: 'for {{day}}',
  recorded: 'recorded {{instant}} by {{by}}, position {{position}}',
  withdrawn: 'Withdrawn: {{reason}}',
  corrects: 'corrects',
  correctedBy: 'corrected by',
  quote: '“{{quote}}”',
} as const;
