import type { Proof } from './proof.js';
export const fsyncfail: Proof = {
  rounds: { small: 1, full: 1 },
  run: async () => ({ figures: {}, pass: 'not-run' }),
};
