/** What can be said of a project as a whole; no item is called so, because ids hold no capital letters. */
export const wholes = ['Money', 'Stall', 'Resumed', 'Forecast', 'NoChange'] as const;

export const nameOfWhole = {
  Money: 'money',
  Stall: 'stall',
  Resumed: 'resumed',
  Forecast: 'forecast',
  NoChange: 'noChange',
} as const;
