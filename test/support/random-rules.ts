import {
  type AdoptedRules,
  countsDown,
  defaultRules,
  type Rule,
  type RuleKind,
  ruleKinds,
  unitOf,
} from '../../domain/governance/rules.js';
import type { Dice } from './dice.js';

/** Valid random rules: some thresholds missing, some rules off, some of another district, sector or project. */
export function randomRules(dice: Dice): AdoptedRules {
  const rules: Rule[] = ruleKinds.map((kind) => randomRule(dice, kind));
  for (const where of [
    { sector: 'chemical' },
    { district: 'Example district' },
    { district: 'Example district', sector: 'vehicles' },
    { project: 'random-3' },
    { district: 'Elsewhere' },
  ]) {
    if (dice.chance(40)) rules.push({ ...randomRule(dice, dice.pick(ruleKinds)), where });
  }
  return { ...defaultRules, version: 2, basis: 'random', rules };
}

function randomRule(dice: Dice, kind: RuleKind): Rule {
  const unit = unitOf[kind];
  const off = dice.chance(5) ? { isOff: true as const } : {};
  if (unit === null) {
    const severity = () => dice.pick(['blue', 'yellow', 'red']);
    return {
      rule: kind,
      ...off,
      blocks: { works: severity(), production: severity(), staffing: severity() },
    };
  }
  const most = { days: 40, months: 3, points: 20 }[unit];
  let count = 0;
  const threshold = () => {
    count += dice.int(1, most);
    return unit === 'days' ? { days: count } : unit === 'months' ? { months: count } : { points: count };
  };
  if (countsDown(kind)) {
    const [red, yellow] = [dice.int(1, 20), dice.int(21, 40)];
    return {
      rule: kind,
      ...off,
      ...(dice.chance(50) ? { yellow: { days: yellow } } : {}),
      red: { days: red },
    };
  }
  const thresholds = {
    ...(dice.chance(50) ? { blue: threshold() } : {}),
    ...(dice.chance(50) ? { yellow: threshold() } : {}),
    red: threshold(),
  };
  const [mildest = 0, next = mildest + 61] = Object.values(thresholds).map(
    (one) => Object.values(one)[0] ?? 0,
  );
  return {
    rule: kind,
    ...off,
    ...thresholds,
    ...(kind === 'silent-stall' && dice.chance(60) ? { graceDays: dice.int(0, next - mildest - 1) } : {}),
    ...(unit === 'points' && dice.chance(60) ? { marginPoints: dice.int(0, mildest - 1) } : {}),
  };
}
