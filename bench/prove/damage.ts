import type { Proof } from './proof.js';
export const damage: Proof = {
  rounds: { small: 1, full: 1 },
  run: async () => ({ figures: {}, pass: 'not-run' }),
};
