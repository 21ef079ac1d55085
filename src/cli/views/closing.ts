import type { Closing } from '../../maintenance/stated-authors.js';
import type { Language } from '../terminal.js';
import { instant } from './figures.js';
import { table } from './table.js';
import { either, term } from './words.js';

/** What closing an installation changes, and what to do about each. */
export function closingText(closing: Partial<Closing>, language: Language): string {
  const say = (en: string, zh: string) => either(language, en, zh);
  return [
    ...(closing.isClosed
      ? [
          say(
            'It asks for a sign-in already. What that changed, and what is left to do:',
            '该安装已要求登录。由此产生的变化和待办事项：',
          ),
          '',
        ]
      : []),
    ...entryLines(closing, language),
    '',
    say(
      `Programs: whatever sends no key is answered 401, and --by and Topout-By are refused. ${importers(closing, language)}Give each a person and a key: topout admin key.`,
      `程序：无密钥的请求一律答复 401，--by 与 Topout-By 不再接受。${importers(closing, language)}请为每个程序添加人员并签发密钥：topout admin key。`,
    ),
    '',
    ...subscriptionLines(closing, language),
    '',
    say(
      'Streams of alerts: open ones end within seconds; terminals that follow need a key, pages a sign-in.',
      '预警实时流：已打开的将在数秒内断开；终端须有密钥，网页须登录。',
    ),
    say(
      'Phones: entries that wait there stay, and ask who sends them as their own after the sign-in. Enrol each phone: topout admin enrol.',
      '手机：尚未发送的记录保留，登录后由本人确认发送。请逐一绑定手机：topout admin enrol。',
    ),
    say(
      'Monitors: /metrics needs the key of an operator; /health/live and the bare /health/ready need none.',
      '监控：/metrics 须有运维人员的密钥；/health/live 和 /health/ready 的简要状态不需要。',
    ),
    ...(closing.isClosed
      ? []
      : [
          '',
          say('Close it by: topout admin init --name "…"', '关闭开放模式：topout admin init --name "……"'),
        ]),
  ].join('\n');
}

function entryLines({ entries, stated }: Partial<Closing>, language: Language): string[] {
  if (!stated)
    return [
      either(
        language,
        'Entries: an auditor of the whole installation lists the names that they state.',
        '填报记录：其中的自述姓名由整个安装的审计员列出。',
      ),
    ];
  const named = stated.reduce((sum, one) => sum + one.entries, 0);
  return [
    either(
      language,
      `Entries: ${named} of ${entries} state the name of their author. They stay, as stated and not signed in. Each of these people signs in from now on: topout admin add, grant, link.`,
      `填报记录：${entries} 条中有 ${named} 条以自述姓名为作者。记录保留，标为“自述、未登录”。这些人员今后须登录：topout admin add、grant、link。`,
    ),
    ...(stated.length === 0 ? [] : [statedTable(stated, language)]),
  ];
}

function subscriptionLines({ subscriptions }: Partial<Closing>, language: Language): string[] {
  if (!subscriptions)
    return [
      either(
        language,
        'Subscriptions: an administrator of the whole installation lists them.',
        '订阅：由整个安装的管理员列出。',
      ),
    ];
  const { length } = subscriptions;
  return [
    either(
      language,
      `Subscriptions: ${length} go on. Nobody owns them: administrators alone see and end them. Who wants to change one adds it again after signing in.`,
      `订阅：${length} 个继续有效，但不属于任何人，只有管理员可以查看和终止。需要修改者请登录后重新添加。`,
    ),
    ...(length === 0 ? [] : [subscriptionTable(subscriptions, language)]),
  ];
}

/** The names under which imports came. */
function importers({ stated = [] }: Partial<Closing>, language: Language): string {
  const names = stated.filter(({ imported }) => imported > 0).map(({ by }) => by);
  if (names.length === 0) return '';
  return either(language, `Imports came from ${names.join(', ')}. `, `导入来自：${names.join('、')}。`);
}

function statedTable(stated: Closing['stated'], language: Language): string {
  const heads: [string, string][] = [
    ['Stated name', '自述姓名'],
    ['Entries', '记录数'],
    ['Of imports', '其中导入'],
    ['Projects', '项目数'],
    ['Last', '最近'],
  ];
  return table(
    heads.map(([en, zh], index) => ({
      head: either(language, en, zh),
      align: index > 0 && index < 4 ? 'right' : 'left',
    })),
    stated.map(({ by, entries, imported, projects, last }) => [
      by,
      String(entries),
      String(imported),
      String(projects),
      instant(last),
    ]),
  );
}

function subscriptionTable(subscriptions: Closing['subscriptions'], language: Language): string {
  const heads: [string, string][] = [
    ['Subscription', '订阅'],
    ['Name', '名称'],
    ['Channel', '渠道'],
    ['Added by (stated)', '添加者（自述）'],
    ['Owner from then on', '之后归属'],
  ];
  return table(
    heads.map(([en, zh]) => ({ head: either(language, en, zh) })),
    subscriptions.map(({ subscription, name, channel, by }) => [
      subscription,
      name,
      term(channel, language),
      by,
      either(language, 'nobody', '无'),
    ]),
  );
}
