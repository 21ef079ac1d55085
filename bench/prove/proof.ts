/** How much a proof is to do, and from which seed. */
export interface Trial {
  seed: number;
  rounds: number;
  /** The negative control: break the rule on purpose, so that the proof has to fail. */
  isBroken: boolean;
}

/** What a proof found: its figures, all of them printed, and whether they keep the promise. */
export interface Finding {
  figures: Record<string, number | boolean | string>;
  pass: boolean;
}

/** A promise that can be tried as often as one likes. */
export interface Proof {
  /** Rounds in a check of every change, and in a thorough one. */
  rounds: { small: number; full: number };
  run(trial: Trial): Promise<Finding>;
}
