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
  /** Ends what several runs share; called after the last. */
  end?(): Promise<void>;
}

/**
 * A proof whose promise and control use one world, such as a service that takes seconds to start; the first run opens it.
 *
 * @param run leaves the world so that another run can use it
 */
export function onOneWorld<World extends { close(): Promise<void> }>(proof: {
  rounds: Proof['rounds'];
  open(trial: Trial): Promise<World>;
  run(trial: Trial, world: World): Promise<Finding>;
}): Proof {
  let world: World | undefined;
  return {
    rounds: proof.rounds,
    async run(trial) {
      world ??= await proof.open(trial);
      return proof.run(trial, world);
    },
    async end() {
      await world?.close();
      world = undefined;
    },
  };
}
