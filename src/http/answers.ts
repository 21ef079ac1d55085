import type { Changes } from '../../projections/changes.js';
import type { ItemCompletion } from '../../projections/completion.js';
import type { ContradictionRule } from '../../projections/contradictions.js';
