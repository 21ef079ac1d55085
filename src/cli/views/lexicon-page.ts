import { dayWords } from '../../../domain/values/day-words.js';
import { itemStates } from '../../../domain/values/lexicon.js';
import { listed } from '../../../domain/values/punctuation.js';
import type { Lexicon, LexiconTested } from '../client/answers.js';
import type { Language, Terminal } from '../terminal.js';
import { instant, percent } from './figures.js';
import { pairs, table } from './table.js';
import { columns, either, label } from './words.js';

type Compared = LexiconTested['moved'][number]['adopted'];

/** One version of the lexicon: who adopted it, and its words with their ranges and phrases. */
export function lexiconPage(
  { lexicon, by, recordedAt }: Lexicon,
  terminal: Pick<Terminal, 'bold'>,
  language: Language,
): string {
  const { version, basis, words } = lexicon;
  const head = pairs([
    [label('version', language), String(version)],
    [label('basisOfRules', language), basis],
    [label('adopted', language), adoptedText({ by, recordedAt }, language)],
  ]);
  const heads = [
    { head: either(language, 'Word', '词'), align: 'left' as const },
    { head: either(language, 'Means', '含义'), align: 'left' as const },
    { head: either(language, 'Low', '下限'), align: 'right' as const },
    { head: either(language, 'Point', '估计'), align: 'right' as const },
    { head: either(language, 'High', '上限'), align: 'right' as const },
    { head: either(language, 'State', '状态'), align: 'left' as const },
  ];
  const rows = words.map(({ word, name, range, state }) => [
    word,
    name[language],
    percent(range.low, language),
    percent(range.point, language),
    percent(range.high, language),
    state === undefined ? '' : itemStates[state][language],
  ]);
  const phrases = words.map(({ name, said }): [string, string] => [name[language], listed(said, language)]);
  const title = terminal.bold(either(language, 'Phrases', '说法'));
  return [head, table(heads, rows), `${title}\n${pairs(phrases)}`].join('\n\n');
}

/** All versions, one line each. */
export function lexiconVersionTable(versions: readonly Lexicon[], language: Language): string {
  return table(
    [
      ...columns(['version', 'basisOfRules', 'recorded', 'by'], language, ['version']),
      { head: either(language, 'Words', '词数'), align: 'right' as const },
    ],
    versions.map(({ lexicon, by, recordedAt }) => [
      String(lexicon.version),
      lexicon.basis,
      recordedAt === null ? '-' : instant(recordedAt),
      by ?? '-',
      String(lexicon.words.length),
    ]),
  );
}

/** Which figures a lexicon would move, project by project, with the items behind them. */
export function lexiconTestedPage(
  { asOf, projects, adopted, moved }: LexiconTested,
  terminal: Pick<Terminal, 'bold'>,
  language: Language,
): string {
  const line = (en: string, zh: string) => either(language, en, zh);
  const heads = [
    { head: label('project', language), align: 'left' as const },
    { head: label('item', language), align: 'left' as const },
    { head: line(`By version ${adopted.version}`, `按第 ${adopted.version} 版`), align: 'left' as const },
    { head: line('By this file', '按此文件'), align: 'left' as const },
  ];
  const rows = moved.flatMap(({ project, items, ...whole }) => [
    [
      terminal.bold(project),
      line('whole project', '项目整体'),
      bounds(whole.adopted, language),
      bounds(whole.candidate, language),
    ],
    ...items.map((item) => ['', item.item, bounds(item.adopted, language), bounds(item.candidate, language)]),
  ]);
  return [
    rows.length === 0 ? line('No figure moves.', '没有数字变动。') : table(heads, rows),
    line(
      `${moved.length} of ${projects} projects differ on ${dayWords(asOf).en}; percent, stated and at most. Nothing was recorded.`,
      `${projects} 个项目中有 ${moved.length} 个在 ${dayWords(asOf).zh}的数字不同；依次为形象进度、下限、上限。未作任何记录。`,
    ),
  ].join('\n\n');
}

function bounds(
  { percentBasisPoints, floorBasisPoints, ceilingBasisPoints }: Compared,
  language: Language,
): string {
  return [percentBasisPoints, floorBasisPoints, ceilingBasisPoints]
    .map((one) => percent(one, language))
    .join(either(language, ', ', '，'));
}

function adoptedText({ by, recordedAt }: Pick<Lexicon, 'by' | 'recordedAt'>, language: Language): string {
  if (by === null || recordedAt === null) return either(language, 'comes with Topout', '系统自带');
  return either(language, `${instant(recordedAt)} by ${by}`, `${instant(recordedAt)}，${by}`);
}
