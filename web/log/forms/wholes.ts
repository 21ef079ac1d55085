/** Facts about a whole project; these names cannot collide with item ids, which have no capital letters. */
export const wholes = ['Money', 'Stall', 'Resumed', 'Forecast', 'NoChange'] as const;

export const nameOfWhole = {
  Money: 'money',
  Stall: 'stall',
  Resumed: 'resumed',
  Forecast: 'forecast',
  NoChange: 'noChange',
} as const;
