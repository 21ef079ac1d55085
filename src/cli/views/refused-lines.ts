import type { Problem } from '../../http/problems/problem.js';
import type { Language } from '../terminal.js';
import { plain } from './table.js';
import { either } from './words.js';

/** Refusals of one kind: the number of lines, the first of them, and the sentence of the first. */
interface Kind {
  count: number;
  first: number[];
  detail: string;
  /** Every line was refused with the same sentence. */
  isOneSentence: boolean;
}

/** Maximum number of printed line numbers of a kind; `--json` has all. */
const mostNamed = 5;

/** Groups refusals: lines with the same missing entry are one kind, whatever else they contain. */
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

  /** One sentence per kind, in the order of first occurrence. */
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
        ` This is line ${first[0]}; the others are similar.`,
        `（此为第 ${first[0]} 行，其余同类。）`,
      );
  return either(
    language,
    `${number} lines: ${said}${alike} (lines ${lines})`,
    `${number} 行：${said}${alike}（第 ${lines} 行）`,
  );
}

/** The problem and the expected content of its member; numbers within a path are those of one line. */
function kindOf({ type, detail, errors }: Problem): string {
  const [fault] = errors ?? [];
  if (!fault) return `${type} ${detail}`;
  return `${type} ${fault.member.replaceAll(/\[\d+\]/g, '[]')} ${fault.expected}`;
}
