import type { ShareOfPlan } from '../money/money.js';
import type { ExplainedCompletion } from './completion.js';
import type { ExplainedMoney } from './money.js';
import { between, greatest, nothing, rounded, type Term } from './terms/term.js';

/**
 * How far the share of the money and the completion of the works are apart: the money above the most that may be done, or
 * below the least.
 */
export function gapTerm(
  share: ShareOfPlan,
  { completion, money }: { completion: ExplainedCompletion; money: ExplainedMoney },
): Term {
  const [floor, ceiling] = [completion.term('floor'), completion.term('ceiling')];
  const name = { en: 'Points between money and works', zh: '投资与形象进度相差' };
  if (!floor || !ceiling) return nothing(0, { name, unit: 'basis-points' });
  const [low, high] = [money.bound(share, 'low'), money.bound(share, 'high')];
  return greatest(
    [
      between('rise', rounded(low), rounded(ceiling), {
        name: { en: 'Money above the most that may be done', zh: '投资超出最大可能进度' },
        unit: 'basis-points',
      }),
      between('rise', rounded(floor), rounded(high), {
        name: { en: 'Works above the money', zh: '进度超出投资' },
        unit: 'basis-points',
      }),
    ],
    { name, unit: 'basis-points' },
  );
}
