export const en = {
  csv: 'CSV',
  xlsx: 'Excel',
} as const;
