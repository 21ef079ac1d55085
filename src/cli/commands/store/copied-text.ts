import type { Copied, Ended } from '../../../maintenance/copy.js';
import type { ProtectedCopied } from '../../../maintenance/protected-copy.js';
import type { Language } from '../../terminal.js';
import { pairs, table } from '../../views/table.js';
import { either } from '../../views/words.js';

type Say = (en: string, zh: string) => string;

/** Authors that are named. */
const mostAuthors = 5;

/** The result of a protected copy, and what to do with the old store. */
export function protectedText(result: ProtectedCopied, language: Language): string {
  const say = sayIn(language);
  const { from, to, continued, isSame, vaults, copied } = result;
  const next = [
    say(
      `Both say the same in ${from.events} entries, and in the views; every hash was verified. The first event of ${to.name} carries the last checkpoint of ${continued.origin}, of ${continued.size} entries.`,
      `两者的 ${from.events} 条记录及视图内容相同；每个哈希均已核验。${to.name} 的第一条事件载有 ${continued.origin} 的最后一个检查点（${continued.size} 条记录）。`,
    ),
    clearText(result, say),
    ...(copied
      ? [
          say(
            `${to.name} is a new installation with the keys ${vaults.to}: start the service with them, and give everybody who verifies its new verifier key (topout ledger keys).`,
            `${to.name} 是新的安装实例，密钥在 ${vaults.to}：请用它启动服务，并将新的核验密钥（topout ledger keys）告知每一位核验者。`,
          ),
          say(
            `The texts are in clear in ${from.name} until you destroy it: have auditors compare first (--verify-only, topout verify), then overwrite or destroy its whole folder, its keys ${vaults.from}, and every backup of them.`,
            `在销毁 ${from.name} 之前，其中的文字仍为明文：请先由审计人员比对（--verify-only、topout verify），再覆写或销毁整个文件夹、其密钥 ${vaults.from} 以及所有备份。`,
          ),
        ]
      : []),
  ];
  return [rowsOf(result, say), ...(isSame ? ['', ...next] : [])].join('\n');
}

function clearText({ inClear: { events, authors } }: ProtectedCopied, say: Say): string {
  if (events === 0) return say('No text is left in clear.', '没有留下明文。');
  const named = authors.slice(0, mostAuthors);
  const more = authors.length - named.length;
  return say(
    `${events} entries keep texts in clear, whose ${authors.length === 1 ? 'author does' : 'authors do'} not sign in: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`,
    `${events} 条记录仍为明文，其记录人不登录系统：${named.join('、')}${more > 0 ? `等 ${authors.length} 人` : ''}。`,
  );
}

/** The result of a copy, the content of both stores, and what is excluded. */
export function copiedText(result: Copied, language: Language): string {
  const say = sayIn(language);
  const { isSame, hasSourceGrown } = result;
  return [rowsOf(result, say), ...(isSame ? ['', ...notes(result, say)] : [])]
    .concat(hasSourceGrown ? [grown(result, say)] : [])
    .join('\n');
}

const sayIn =
  (language: Language): Say =>
  (en, zh) =>
    either(language, en, zh);

/** The content of both stores, and the digests of it. */
function rowsOf({ from, to, copied, digests }: Copied, say: Say): string {
  const both = (one: number | string, other: number | string) =>
    one === other ? `${one}` : say(`${one} and ${other}`, `${one} 与 ${other}`);
  const installation = (name: string | null) => name ?? say('none yet', '尚无');
  const rows: [string, string][] = [
    [say('From', '来源'), from.name],
    [say('To', '目标'), to.name],
    [say('Events', '事件'), both(from.events, to.events)],
    [say('Streams', '流'), both(from.streams, to.streams)],
    [say('First', '第一条'), ended(from.first, say)],
    [say('Last', '最后一条'), ended(from.last, say)],
    [
      say('Installation', '安装实例'),
      both(installation(from.installation ?? null), installation(to.installation ?? null)),
    ],
    ...(copied
      ? [
          [
            say('Copied', '已复制'),
            say(
              `${copied.added} events now; ${copied.before} were there before`,
              `本次 ${copied.added} 条事件；此前已有 ${copied.before} 条`,
            ),
          ] as [string, string],
        ]
      : []),
  ];
  const columns = [{ head: say('Digest of', '摘要对象') }, { head: 'SHA-256' }, { head: '' }];
  const compared = digests.map(({ of, from: here, to: there, isSame: same }) => [
    of === 'log' ? say('every event', '每条事件') : say(`view ${of}`, `视图 ${of}`),
    same ? here : say(`${here} and ${there}`, `${here} 与 ${there}`),
    same ? say('same', '相同') : say('differs', '不同'),
  ]);
  return [pairs(rows), '', table(columns, compared)].join('\n');
}

function notes({ from, copied }: Copied, say: Say): string[] {
  const verdict = say(
    `Both hold the same ${from.events} events in the same order, and the same views; every hash was verified.`,
    `两者含同样的 ${from.events} 条事件，次序相同，视图也相同；每个哈希均已核验。`,
  );
  if (!copied) return [verdict];
  return [
    verdict,
    say(
      'Start the service on one of the two only: both would tell subscribers.',
      '只在其中一个上启动服务：否则两者都会通知订阅人。',
    ),
    say(
      'Not copied: the keys of subscriptions (TOPOUT_VAULT), and a business day that the folder has set (TOPOUT_TODAY).',
      '未复制：订阅的密钥（TOPOUT_VAULT），以及文件夹设定的业务日期（TOPOUT_TODAY）。',
    ),
    say(
      'Views are rebuilt where the service starts; their positions are those of the new store.',
      '视图在服务启动处重建，其位置以新存储为准。',
    ),
  ];
}

function grown({ from }: Copied, say: Say): string {
  const upTo = from.last
    ? say(`position ${from.last.position}`, `位置 ${from.last.position} `)
    : say('its beginning', '开头');
  return say(
    `${from.name} has grown meanwhile: what lies after ${upTo} was left out. Stop what writes to it, and copy again.`,
    `${from.name} 在此期间又有增加：${upTo}之后的内容未复制。请停止写入后再次复制。`,
  );
}

function ended(end: Ended | null, say: Say): string {
  if (!end) return say('none', '无');
  const { position, recordedAt, stream, revision, id } = end;
  return say(
    `position ${position}, recorded ${recordedAt}: ${stream} revision ${revision}, id ${id}`,
    `位置 ${position}，录入于 ${recordedAt}：${stream} 修订号 ${revision}，编号 ${id}`,
  );
}
