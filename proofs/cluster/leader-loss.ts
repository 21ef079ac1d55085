import { setTimeout as pause } from 'node:timers/promises';
import { startStandInCluster } from '../../test/stand-in/cluster.js';
import { diceOf } from '../../test/support/dice.js';
import type { Proof } from '../proof.js';
import { loseLeaders } from './leader-lost.js';
import { fasterPorts } from './served.js';

/** The factor of the store's timers: an append may take 1 s, and some elections take longer. */
const timeScale = 5;
const elections = [300, 600, 1_500] as const;
/** How long a dying leader commits without answering, in milliseconds. */
const goingMs = 20;

/**
 * A lost leader loses no acknowledged event, and writes continue when there is another.
 *
 * A round is one leader of three stand-ins, which commits without answering for a moment, then dies, or stays without
 * leading.
 */
export const leaderLoss: Proof = {
  rounds: { small: 2, full: 200 },
  async run(trial) {
    const dice = diceOf(trial.seed);
    const cluster = await startStandInCluster(3);
    let round = 0;
    try {
      const { figures, pass } = await loseLeaders(
        {
          url: cluster.url,
          server: 'stand-in',
          ports: fasterPorts(timeScale),
          async lose() {
            cluster.electionMs = elections[(round + elections.length - 1) % elections.length] ?? 0;
            round += 1;
            const leader = cluster.leader();
            if (leader) leader.faults.afterCommit = () => 'hang';
            await pause(goingMs);
            await (dice.chance(70) ? cluster.leaderDies() : cluster.leaderResigns());
            if (leader) leader.faults.afterCommit = undefined;
          },
          async restore() {
            await Promise.all(cluster.nodes.map((node) => node.start()));
          },
        },
        // The control is detected at the first loss.
        { ...trial, rounds: trial.isBroken ? 1 : trial.rounds },
      );
      return { figures: { ...figures, timeScale }, pass };
    } finally {
      await cluster.stop();
    }
  },
};
