import { describe, expect, test } from '@jest/globals';
import { planFault } from '../../src/domain/plan-fault.js';
import { randomHistory } from '../support/histories.js';
test('x', () => {
  const c: Record<string, number> = {}; let cmds=0, faults=0, late=0, corr=0, same=0;
  const t=Date.now(); let n=0;
  for (let s=0;s<500;s++){ const h=randomHistory(s,{entries:60}); cmds+=h.commands.length;
    let max='';
    for(const e of h.events){n++;c[e.type]=(c[e.type]??0)+1; if(e.type==='PlanAdopted'&&planFault(e.data)) {faults++; console.log(planFault(e.data));}
      if(e.entry.asOf<max) late++; if (e.entry.asOf===max) same++; if(e.entry.asOf>max) max=e.entry.asOf; if(e.entry.corrects) corr++; } }
  console.log(Date.now()-t,'ms',n,cmds,faults,late,same,corr,c, JSON.stringify(randomHistory(3,{entries:6}),null,1).slice(0,5000));
  expect(1).toBe(1); void describe;
});
