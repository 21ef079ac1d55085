import type { Problem } from '../../http/problems/problem.js';
import type { Language } from '../terminal.js';
import { plain } from './table.js';
import { either } from './words.js';

/** Refusals of one kind: how many lines, the first of them, and what was said of the first. */
interface Kind {
  count: number;
  first: number[];
  detail: string;
  /** Every line was refused with the same sentence. */
  isOneSentence: boolean;
}

/** Line numbers that are printed of a kind; `--json` has all. */
const mostNamed = 5;

/** Sums up refusals: lines that lack the same, whatever each of them said instead, are one kind. */
export class RefusedLines {
  private readonly kinds = new Map<string, Kind>();

  add(line: number, problem: Problem): void {
    const key = kindOf(problem);
    const kind = this.kinds.get(key) ?? { count: 0, first: [], detail: problem.detail, isOneSentence: true };
    this.kinds.set(key, kind);
    kind.count += 1;
    kind.isOneSentence &&= kind.detail === problem.detail;
    if (kind.first.length < mostNamed) kind.first.push(line);
  }

  /** A sentence a kind, in the order in which they came first. */
  words(language: Language): string[] {
    return [...this.kinds.values()].map((kind) => wordsOf(kind, language));
  }
}

function wordsOf({ count, first, detail, isOneSentence }: Kind, language: Language): string {
  const said = plain(detail);
  if (count === 1) return either(language, `line ${first[0]}: ${said}`, `第 ${first[0]} 行：${said}`);
  const number = new Intl.NumberFormat('en').format(count);
  const more = count > first.length ? either(language, ', ...', '、……') : '';
  const lines = `${first.join(either(language, ', ', '、'))}${more}`;
  const alike = isOneSentence
    ? ''
    : either(
        language,
        ` This is line ${first[0]}; the others are alike.`,
        `（此为第 ${first[0]} 行，其余同类。）`,
      );
  return either(
    language,
    `${number} lines: ${said}${alike} (lines ${lines})`,
    `${number} 行：${said}${alike}（第 ${lines} 行）`,
  );
}

/** The problem and what was expected of which member; numbers within a path are those of one line. */
function kindOf({ type, detail, errors }: Problem): string {
  const [fault] = errors ?? [];
  if (!fault) return `${type} ${detail}`;
  return `${type} ${fault.member.replaceAll(/\[\d+\]/g, '[]')} ${fault.expected}`;
}
