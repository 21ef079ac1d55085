/** How much a proof is to do, and from which seed. */
export interface Trial {
  seed: number;
  rounds: number;
  /** The negative control: break the rule on purpose, so that the proof has to fail. */
  isBroken: boolean;
  /** Commands of a shell that stop the leader of a real cluster, and start the node again. */
  stopNode?: string | undefined;
  startNode?: string | undefined;
}

/** What a proof found: its figures, all of them printed, and whether they keep the promise. */
export interface Finding {
  figures: Record<string, number | boolean | string>;
  /** `not-run` where something is not there that it needs, which the figures say; that counts neither way. */
  pass: boolean | 'not-run';
}

/** A promise that can be tried as often as one likes. */
export interface Proof {
  /** Rounds in a check of every change, and in a thorough one. */
  rounds: { small: number; full: number };
  run(trial: Trial): Promise<Finding>;
}
