/** The size of a proof, and its seed. */
export interface Trial {
  seed: number;
  rounds: number;
  /** The negative control: break the rule on purpose, so that the proof must fail. */
  isBroken: boolean;
  /** Shell commands that stop the leader of a real cluster, and start the node again. */
  stopNode?: string | undefined;
  startNode?: string | undefined;
}

/** The result of a proof: its figures, all of them printed, and whether they keep the promise. */
export interface Finding {
  figures: Record<string, number | boolean | string>;
  /** `not-run` if a requirement is missing, which the figures name; that counts neither way. */
  pass: boolean | 'not-run';
}

/** A promise that can be tested repeatedly. */
export interface Proof {
  /** Rounds for every change, and for a thorough run. */
  rounds: { small: number; full: number };
  run(trial: Trial): Promise<Finding>;
}
