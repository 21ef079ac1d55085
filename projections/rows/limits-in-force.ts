import { type AdoptedRules, type RuleKind, ruleKinds, severities } from '../../domain/governance/rules.js';
import type { Blocked } from '../../domain/project/events.js';
import { type Limit, limitsOf } from '../alerts/rules/limits.js';
import { type Placed, rulesInForce } from '../alerts/rules/rules-in-force.js';

/** The thresholds of each severity, by rule, for the projects of one place. */
export type LimitsInForce = { readonly [Kind in Exclude<RuleKind, 'declared-stall'>]?: readonly Limit[] } & {
  /** For a declared stall: its severity by what it blocks, as an index in `severities`. */
  readonly blocks?: Readonly<Record<Blocked, number>>;
};

/** By rules, then by place: most projects share both. */
const known = new WeakMap<AdoptedRules, Map<string, LimitsInForce>>();

/** The limits of the rules in force for a project. */
export function limitsInForce(rules: AdoptedRules, placed: Placed): LimitsInForce {
  const byPlace = known.get(rules) ?? new Map<string, LimitsInForce>();
  known.set(rules, byPlace);
  const isNamed = rules.rules.some(({ where }) => where?.project === placed.project);
  const isPlaced = rules.rules.some(({ where }) => where !== undefined);
  const { district = null, sector = null } = placed;
  const key = isPlaced ? JSON.stringify([isNamed ? placed.project : null, district, sector]) : '';
  const limits = byPlace.get(key) ?? worked(rules, placed);
  byPlace.set(key, limits);
  return limits;
}

function worked(rules: AdoptedRules, placed: Placed): LimitsInForce {
  const inForce = rulesInForce(rules.rules, placed);
  const limits: Record<string, unknown> = {};
  for (const kind of ruleKinds) {
    const rule = inForce.get(kind);
    if (!rule) continue;
    if (kind !== 'declared-stall') limits[kind] = limitsOf(rule);
    else if (rule.blocks) {
      const { works, production, staffing } = rule.blocks;
      limits.blocks = {
        works: severities.indexOf(works),
        production: severities.indexOf(production),
        staffing: severities.indexOf(staffing),
      };
    }
  }
  return limits;
}
