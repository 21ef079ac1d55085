import { itemOf } from '../../../domain/project/facts/members.js';
import { wholeBasisPoints } from '../../../domain/values/amounts/basis-points.js';
import { type Quantity, ratio as ratioOf } from '../../../domain/values/amounts/quantity.js';
import { lexiconWord, shippedLexicon } from '../../../domain/values/lexicon.js';
import { percentText, type Words } from '../../../domain/values/words.js';
import type { Bound } from '../../completion/entries-behind.js';
import type { CompletionFact } from '../../completion/reports.js';
import { rounding } from '../../progress/own.js';
import type { Own } from '../../progress/state.js';
import { type Amount, type Statement, statementOf } from '../../progress/statement.js';
import { nodeOf, type Tree, type TreeNode } from '../../progress/tree.js';
import { exactly, fromFraction, near, product, type Ratio } from './exact.js';
import type { TermNames } from './names.js';
import { between, leaf, type Term, type TermOf } from './term.js';

const entryOf = {
  low: ({ lowBy }: Own) => lowBy,
  point: ({ point, lowBy, pointBy }: Own) => (point === null ? lowBy : pointBy),
  high: ({ highBy }: Own) => highBy,
} as const satisfies Record<Bound, (own: Own) => string | null>;

/** What entries state of a node, as exact numbers. */
export class StatedTerms {
  constructor(
    private readonly facts: ReadonlyMap<string, CompletionFact>,
    private readonly tree: Tree,
    private readonly lexiconVersion: number,
    private readonly names: TermNames,
  ) {}

  /** A bound of what holds of a node by its own statements. */
  term(node: TreeNode, own: Own, bound: Bound): Term {
    const value = own[bound] ?? own.low;
    const entry = entryOf[bound](own);
    const of: TermOf = {
      name: this.names.stated(node, bound),
      unit: 'basis-points',
      ...(entry === null ? {} : { entries: [entry] }),
    };
    const fact = this.facts.get(entry ?? '');
    if (fact?.type === 'ProgressMeasured') return this.measured(fact, value, of);
    return leaf('stated', exactly(value), { ...of, words: doneBy(fact) });
  }

  /** The bound of the statement that is the value that holds; another value was carried over since. */
  private measured(fact: CompletionFact & { type: 'ProgressMeasured' }, value: number, of: TermOf): Term {
    const { measure } = fact.data;
    const item = nodeOf(this.tree, itemOf(fact.data))?.item;
    const said = statementOf(measure, item, shippedLexicon);
    const byAmount = said.amount?.of ? this.byAmounts(said.amount, said.amount.of, value, of) : undefined;
    if (byAmount) return byAmount;
    const meant = [said.low, said.point, said.high].find((one) => one !== null && isNear(one, value));
    if (meant == null) return leaf('carried', exactly(value), of);
    return leaf('stated', exactly(meant), { ...of, words: this.read(fact, said) });
  }

  /** The amounts whose quotient is the value; undefined if none is. */
  private byAmounts({ done, upTo }: Amount, total: Quantity, value: number, of: TermOf): Term | undefined {
    const least = this.byAmount(done, total, of);
    const most = this.byAmount(upTo, total, of);
    const found = least && most && [least, most, between('middle', least, most, of)];
    return found?.find((term) => isNear(near(term.value), value));
  }

  private byAmount(done: Quantity, total: Quantity, of: TermOf): Term | undefined {
    const share = ratioOf(done, total);
    if (!share) return undefined;
    const all = exactly(total.amount.digits / 10 ** total.amount.scale);
    const amount = (value: Ratio, name: Words) =>
      leaf('stated', value, { name, unit: 'amount', ...(of.entries ? { entries: of.entries } : {}) });
    const part = amount(product(fromFraction(share), all), this.names.done(total.unit));
    return between('of-total', part, amount(all, this.names.total(total.unit)), of);
  }

  private read(fact: CompletionFact & { type: 'ProgressMeasured' }, said: Statement): Words {
    const { measure } = fact.data;
    const range = [said.low, said.high].map(percentText).join('–');
    if (measure.kind === 'word') {
      const word = measure.meaning ?? lexiconWord(measure.word, shippedLexicon);
      const version = this.lexiconVersion;
      const phrase = measure.said ?? measure.word;
      const name = word && 'name' in word ? word.name : undefined;
      const [en, zh] = [name?.en ?? measure.word, name?.zh ?? measure.word];
      return {
        en: `The entry says "${phrase}". Version ${version} of the lexicon reads it as "${en}": ${range} %.`,
        zh: `记录写“${phrase}”。第 ${version} 版词表读作“${zh}”：${range}%。`,
      };
    }
    if (said.isExact) return statedWords;
    if (said.amount)
      return {
        en: 'The entry gives an amount, and its total is not known.',
        zh: '记录给出数量，总量未知。',
      };
    return { en: `The entry gives a range: ${range} %.`, zh: `记录给出区间：${range}%。` };
  }
}

const statedWords: Words = { en: 'The entry states it.', zh: '记录写明。' };

function doneBy(fact: CompletionFact | undefined): Words {
  if (fact?.type === 'StageEntered')
    return { en: 'The stage that was entered states it done.', zh: '所进入的阶段表明其已完成。' };
  return { en: 'The entry states it done.', zh: '记录写明已完成。' };
}

function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) <= rounding * wholeBasisPoints;
}
