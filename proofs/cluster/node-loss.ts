import { exec } from 'node:child_process';
import { promisify } from 'node:util';
import { clusterPorts, realServerUrl } from '../../test/support/event-store-cluster.js';
import type { Proof } from '../proof.js';
import { loseLeaders } from './leader-lost.js';
import { hostsOf } from './served.js';

const run = promisify(exec);

/**
 * The same as `leader-loss` on real nodes: writes resume within 30 s, and nothing acknowledged is missing.
 *
 * A round is one leader, stopped by a command and started by another; without a cluster and both commands it is not
 * run.
 */
export const nodeLoss: Proof = {
  rounds: { small: 3, full: 20 },
  async run(trial) {
    const stop = trial.stopNode ?? process.env.EVENT_STORE_STOP_NODE;
    const start = trial.startNode ?? process.env.EVENT_STORE_START_NODE;
    if (!realServerUrl) return { figures: { run: 'not run: needs a real server' }, pass: 'not-run' };
    if (!stop || !start)
      return { figures: { run: 'not run: needs commands that stop and start a node' }, pass: 'not-run' };
    return loseLeaders(
      {
        url: realServerUrl,
        server: hostsOf(realServerUrl),
        ports: clusterPorts,
        lose: async () => void (await run(stop)),
        restore: async () => void (await run(start)),
      },
      trial,
    );
  },
};
