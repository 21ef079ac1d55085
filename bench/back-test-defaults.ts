import { ruleKinds } from '../domain/governance/rules.js';
import { type Compared, comparedDefaults, tableOfDefaults, toRead } from './default-rules.js';

/** Prints the alerts of the earlier and the present default rules, and with `--read` twenty new ones of each rule. */
const sets: Compared[] = [];
for await (const set of comparedDefaults(300)) sets.push(set);
console.log(tableOfDefaults(sets));
if (process.argv.includes('--read')) {
  const rows = sets.flatMap(({ added, takenOver }) => [...takenOver, ...added]);
  for (const kind of ruleKinds)
    for (const { on, en, zh } of toRead(rows, kind)) console.log(`\n${kind} ${on} ${en}\n${zh}`);
}
