/** One record to insert; days are integers in calendar order, such as 20180710. */
export interface TableRow {
  day: number;
  position: number;
  exists: boolean;
  hasPlan: boolean;
  /** Whether an open stall blocks works, production, staffing. */
  stalled: readonly [works: boolean, production: boolean, staffing: boolean];
  /** Numbers of terms, kept by the owner of the table. */
  place: number;
  stage: number;
  /** 0 without money. */
  money: number;
  amount: number;
  /** The 16 bytes of the id of the entry with the amount. */
  entry: Uint8Array;
  /** The number of the annual plan of the year; 0 without one. */
  annual: number;
  floor: number;
  percent: number;
  ceiling: number;
  contradictions: number;
  /** The days from which the light is at least blue, yellow, red; `never` if it is not. */
  lightFrom: readonly [blue: number, yellow: number, red: number];
}

/** A day after all others. */
export const never = 2 ** 31 - 1;
