import type { Finding, Proof, Trial } from './proof.js';

/** The result of a proof and of its negative control. */
export interface Outcome {
  name: string;
  rounds: number;
  figures: Finding['figures'];
  /** Absent if nothing was tried. */
  isKept?: boolean;
  /** Whether the proof detected the broken rule; absent if the control was not tried. */
  isCaught?: boolean;
  seconds: number;
  /** How its process ended, if that is no result. */
  ended?: string;
}

/** Prints a proof: the result as a line of JSON on stdout, and progress on stderr. */
export class Printer {
  constructor(
    readonly name: string,
    private readonly trial: Trial,
    /** Which of several this is, such as `2/40 `, or empty. */
    private readonly place: string,
  ) {}

  begins(what: string): void {
    console.error(`${this.place}${this.name}: ${what}, ${this.trial.rounds} rounds`);
  }

  ended({ seconds }: Outcome): void {
    console.error(`${this.place}${this.name}: ${seconds} s`);
  }

  found(finding: Record<string, unknown>): void {
    console.log(JSON.stringify({ proof: this.name, ...finding }));
  }

  /** Prints how to repeat a failure. */
  failed(what: string, isBroken: boolean): void {
    const { seed, rounds } = this.trial;
    const again = `${this.name} --seed ${seed} --rounds ${rounds}${isBroken ? ' --break' : ''}`;
    console.error(`${this.name} ${what}; again: npm run prove -- ${again}`);
  }
}

/** Tests a promise, breaks the rule on purpose to see whether that is detected, or does both; prints the results. */
export async function outcomeOf(
  proof: Proof,
  trial: Trial,
  says: Printer,
  { isHeld, isCaught }: { isHeld: boolean; isCaught: boolean },
): Promise<Outcome> {
  const begun = performance.now();
  let held: Finding | undefined;
  let caught: boolean | undefined;
  try {
    if (isHeld) held = await holds(proof, trial, says);
    if (isCaught) caught = await catches(proof, { ...trial, isBroken: true }, says);
  } finally {
    await proof.end?.();
  }
  return {
    name: says.name,
    rounds: trial.rounds,
    figures: held?.figures ?? {},
    ...(held === undefined || held.pass === 'not-run' ? {} : { isKept: held.pass }),
    ...(caught === undefined ? {} : { isCaught: caught }),
    seconds: Math.round((performance.now() - begun) / 100) / 10,
  };
}

/** Tests a promise; prints how to repeat a failure. */
async function holds(proof: Proof, trial: Trial, says: Printer): Promise<Finding> {
  const { seed, isBroken } = trial;
  says.begins(isBroken ? 'the rule is broken' : 'the promise is tried');
  const { figures, pass } = await findingOf(proof, trial);
  // A proof that was not run is reported, and is no failure.
  if (pass === 'not-run') says.found(figures);
  else says.found({ seed, ...(isBroken ? { broken: true } : {}), ...figures, pass });
  if (!pass) says.failed(`failed with seed ${seed}`, isBroken);
  return { figures, pass };
}

/** Breaks the rule; true if the proof detected it, undefined if it was not run. */
async function catches(proof: Proof, trial: Trial, says: Printer): Promise<boolean | undefined> {
  says.begins('the rule is broken on purpose');
  const { figures, pass } = await findingOf(proof, trial);
  if (pass === 'not-run') return undefined;
  says.found({ seed: trial.seed, control: true, ...figures, caught: !pass });
  if (pass) says.failed('did not see the broken rule', true);
  return !pass;
}

/** The result of a proof; one that crashes shows nothing, neither a kept promise nor a detected fault. */
async function findingOf(proof: Proof, trial: Trial): Promise<Finding> {
  try {
    return await proof.run(trial);
  } catch (error) {
    console.error((error as Error).stack);
    return { figures: { brokeDown: (error as Error).message }, pass: trial.isBroken };
  }
}
