import type { Words } from '../../domain/values/text.js';
import type { Checkpoint } from './checkpoint.js';
import { isConsistent } from './tree.js';
import type { Verdict } from './verdicts.js';

/** Two checkpoints of a log of which one does not continue the other: its owner removed, changed or forked entries. */
export class Fork extends Error {
  constructor(
    readonly verdict: Exclude<Verdict, 'ok'>,
    readonly words: Words,
  ) {
    super(words.en);
  }
}

/**
 * Compares the latest checkpoint of a log with one that was kept of it.
 *
 * @param proof from the size of the kept one to that of the latest one (RFC 6962, 2.1.2); empty for equal sizes
 * @throws Fork `missing` for fewer entries, `not-append-only` for others
 */
export function requireContinued(kept: Checkpoint, latest: Checkpoint, proof: readonly Uint8Array[]): void {
  if (kept.origin !== latest.origin) throw new Fork('not-append-only', otherLog(kept, latest));
  if (latest.size < kept.size) throw new Fork('missing', rolledBack(kept, latest));
  if (isSameLog(kept, latest, proof)) return;
  throw new Fork('not-append-only', rewritten(kept, latest));
}

/**
 * Compares two checkpoints of a log that two places show.
 *
 * @param proof from the smaller one to the larger one; empty for equal sizes
 * @throws Fork `split-view`
 */
export function requireSameView(one: Checkpoint, other: Checkpoint, proof: readonly Uint8Array[]): void {
  const [smaller, larger] = bySize(one, other);
  if (one.origin === other.origin && isSameLog(smaller, larger, proof)) return;
  throw new Fork('split-view', split(smaller, larger));
}

/** Two checkpoints, the one of fewer entries first. */
export function bySize(one: Checkpoint, other: Checkpoint): [Checkpoint, Checkpoint] {
  return one.size <= other.size ? [one, other] : [other, one];
}

/** Every tree continues the empty one, of which there is no proof. */
function isSameLog(from: Checkpoint, to: Checkpoint, proof: readonly Uint8Array[]): boolean {
  return from.size === 0 || isConsistent({ from, to, proof });
}

const shown = ({ size, root }: Checkpoint): Words => ({
  en: `${size} entries, root ${root.toString('base64')}`,
  zh: `${size} 条，根散列 ${root.toString('base64')}`,
});

function otherLog(kept: Checkpoint, latest: Checkpoint): Words {
  return {
    en: `Another log was put in place: the checkpoint is of ${latest.origin}; the kept one is of ${kept.origin}.`,
    zh: `日志已被换成另一个：检查点属于 ${latest.origin}；留存的属于 ${kept.origin}。`,
  };
}

function rolledBack(kept: Checkpoint, latest: Checkpoint): Words {
  return {
    en: `The log was rolled back: its checkpoint covers ${latest.size} entries; the kept one covers ${kept.size}.`,
    zh: `日志被回退：其检查点覆盖 ${latest.size} 条；留存的覆盖 ${kept.size} 条。`,
  };
}

function rewritten(kept: Checkpoint, latest: Checkpoint): Words {
  return {
    en: `The log was rewritten: the checkpoint of ${shown(latest).en} does not continue the kept one of ${shown(kept).en}.`,
    zh: `日志被改写：检查点（${shown(latest).zh}）不是留存检查点（${shown(kept).zh}）的延续。`,
  };
}

function split(smaller: Checkpoint, larger: Checkpoint): Words {
  return {
    en: `The log is shown in two versions: ${smaller.origin} with ${shown(smaller).en}, and ${larger.origin} with ${shown(larger).en}; neither continues the other.`,
    zh: `日志出现两个版本：${smaller.origin}（${shown(smaller).zh}）与 ${larger.origin}（${shown(larger).zh}），互不延续。`,
  };
}
