import {
  isWithin,
  type Placed,
  type Rule,
  type RuleKind,
  type RuleSet,
  ruleKinds,
  severities,
  type Where,
} from '../../../domain/governance/rules.js';
import type { Blocked } from '../../../domain/project/events.js';
import type { Words } from '../../../domain/values/words.js';
import { isHeldAt, type Limit, limitsOf, limitWords } from './limits.js';

/** A rule in force for a project, with everything precomputed that its evaluation compares with. */
export class RuleInForce {
  readonly kind: RuleKind;
  /** Lowest severity first. */
  readonly limits: readonly Limit[];
  /** The count of the lowest limit, 0 without one. */
  readonly mildest: number;
  /** For a declared stall: its severity by what it blocks, as an index in `severities`. */
  readonly blocks: Readonly<Record<Blocked, number>> | undefined;
  private known: Words | undefined;

  /** @param kinds what the rules know for the project, also what is switched off there */
  constructor(
    private readonly rule: Rule,
    private readonly kinds: ReadonlySet<RuleKind>,
  ) {
    this.kind = rule.rule;
    this.limits = limitsOf(rule);
    this.mildest = this.limits[0]?.from ?? 0;
    if (!rule.blocks) return;
    const { works, production, staffing } = rule.blocks;
    this.blocks = {
      works: severities.indexOf(works),
      production: severities.indexOf(production),
      staffing: severities.indexOf(staffing),
    };
  }

  /** True if the rules have a rule of another kind for the project, in force or switched off. */
  isBeside(kind: RuleKind): boolean {
    return this.kinds.has(kind);
  }

  /** The points below the lowest limit within which an open alert stays open. */
  get marginPoints(): number {
    return this.rule.marginPoints ?? 0;
  }

  /** The limits as the end of a sentence. */
  get words(): Words {
    this.known ??= limitWords(this.rule, this.limits);
    return this.known;
  }

  /** True for a count that reaches no limit and is within the margin below the lowest one. */
  isHeldAt(count: number): boolean {
    return isHeldAt(this.rule, this.limits, count);
  }
}

/** By the list of rules, then by place: most projects share both. */
const known = new WeakMap<readonly Rule[], Map<string, readonly RuleInForce[]>>();

/**
 * The rule of each kind in force for a project, in the order of the kinds: the narrowest one; none of a kind that is off
 * there.
 */
export function rulesInForce({ rules }: Pick<RuleSet, 'rules'>, placed: Placed): readonly RuleInForce[] {
  const byPlace = known.get(rules) ?? new Map<string, readonly RuleInForce[]>();
  known.set(rules, byPlace);
  const isNamed = rules.some(({ where }) => where?.project === placed.project);
  const isPlaced = rules.some(({ where }) => where !== undefined);
  const { district = null, sector = null } = placed;
  const key = isPlaced ? JSON.stringify([isNamed ? placed.project : null, district, sector]) : '';
  const inForce = byPlace.get(key) ?? selected(rules, placed);
  byPlace.set(key, inForce);
  return inForce;
}

function selected(rules: readonly Rule[], placed: Placed): RuleInForce[] {
  const narrowest = new Map<RuleKind, Rule>();
  for (const rule of rules) {
    if (rule.where && !isWithin(rule.where, placed)) continue;
    const other = narrowest.get(rule.rule);
    if (!other || narrowness(rule.where) > narrowness(other.where)) narrowest.set(rule.rule, rule);
  }
  const kinds = new Set(narrowest.keys());
  return ruleKinds.flatMap((kind) => {
    const rule = narrowest.get(kind);
    return rule && !rule.isOff ? [new RuleInForce(rule, kinds)] : [];
  });
}

/** A project is narrower than a district with a sector, that than a district, and a district than a sector. */
function narrowness(where: Where | undefined): number {
  const { project, district, sector } = where ?? {};
  return (project === undefined ? 0 : 4) + (district === undefined ? 0 : 2) + (sector === undefined ? 0 : 1);
}
