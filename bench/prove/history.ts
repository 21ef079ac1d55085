import type { Proof } from './proof.js';
export const history: Proof = {
  rounds: { small: 1, full: 1 },
  run: async () => ({ figures: {}, pass: 'not-run' }),
};
