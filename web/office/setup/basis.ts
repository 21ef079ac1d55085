/** The parts of a basis: who stands for a version, when it was decided, and why. */
export interface Reasons {
  who: string;
  decidedOn: string;
  why: string;
}

/** The basis of a version: `District office, 2018-07-10: too many false alarms`; empty parts are omitted. */
export function basisOf({ who, decidedOn, why }: Reasons): string {
  const head = [who.trim(), decidedOn].filter((part) => part !== '').join(', ');
  return why.trim() === '' ? head : `${head}: ${why.trim()}`;
}

/** True if it says who stands for a version, and why. */
export function isWhole({ who, why }: Reasons): boolean {
  return who.trim() !== '' && why.trim() !== '';
}
