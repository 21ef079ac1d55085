export const en = {
  csv: 'CSV',
  xlsx: 'Excel',
  failed: 'The file could not be made. Try again once there is a connection.',
} as const;
