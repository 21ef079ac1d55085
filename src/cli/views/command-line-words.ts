import type { Language } from '../terminal.js';

/** What the parser of the command line refuses, in its English words, and the same in Chinese. */
const refusals: readonly (readonly [RegExp, string])[] = [
  [/^unknown option '(.+)'/, "没有选项 '$1'"],
  [/^unknown command '(.+)'/, "没有命令 '$1'"],
  [/^missing required argument '(.+)'/, "缺少参数 '$1'"],
  [/^required option '(.+)' not specified/, "缺少必需的选项 '$1'"],
  [/^option '(.+)' argument missing/, "选项 '$1' 缺少取值"],
  [
    /^option '(.+)' (?:value '(.*)' from env '(.+)'|argument '(.*)') is invalid\. Allowed choices are (.+)\./,
    "选项 '$1' 的取值“$2$4”无效；应为 $5 之一。",
  ],
  [
    /^command-argument value '(.*)' is invalid for argument '(.+)'\. Allowed choices are (.+)\./,
    "参数 '$2' 的取值“$1”无效；应为 $3 之一。",
  ],
  [/^option '(.+)' cannot be used with option '(.+)'/, "选项 '$1' 不能与 '$2' 同用"],
  [
    /^too many arguments(?: for '(.+)')?\. Expected (\d+) arguments? but got (\d+)\b.*/,
    '参数过多：应为 $2 个，实为 $3 个。',
  ],
];

/** The language of a command line: that of `--lang`, else of the locale. */
export function languageIn(args: readonly string[], otherwise: Language): Language {
  const at = args.lastIndexOf('--lang');
  const said = at < 0 ? args.findLast((arg) => arg.startsWith('--lang='))?.slice(7) : args[at + 1];
  return said === 'en' || said === 'zh' ? said : otherwise;
}

/** A refusal of the parser of the command line in a language. */
export function refusalWords(message: string, language: Language): string {
  const said = message.replace(/^error: /, '');
  if (language === 'en') return said;
  const [pattern, chinese] = refusals.find(([known]) => known.test(said)) ?? [];
  const translated = pattern && chinese ? said.replace(pattern, chinese) : said;
  return translated
    .replace(/\(Did you mean one of (.+)\?\)/, '（是否为 $1 之一？）')
    .replace(/\(Did you mean (.+)\?\)/, '（是否为 $1？）');
}
