import type { Diagnosis } from '../../../maintenance/data-folder.js';
import type { Language } from '../../terminal.js';
import { pairs, plain } from '../../views/table.js';
import { either } from '../../views/words.js';

type Say = (en: string, zh: string) => string;

/** The findings about a data folder, then each problem on one line. */
export function diagnosisText(
  { dataPath, store, sqlite, views, settings }: Diagnosis,
  language: Language,
): string {
  const say: Say = (en, zh) => either(language, en, zh);
  const { events, streams, head, faults } = store;
  const verdict = verdictOf(faults.length, say);
  const rows: [string, string][] = [
    [say('Folder', '文件夹'), dataPath],
    [
      say('Events', '事件'),
      say(
        `${events} in ${streams} streams, up to position ${head}; ${verdict}`,
        `${streams} 个流共 ${events} 条，至位置 ${head}；${verdict}`,
      ),
    ],
    [
      'SQLite',
      sqlite
        ? say(
            `${sqlite.version}, journal ${sqlite.journal}, synchronous ${sqlite.synchronous} (expected wal, 2)`,
            `${sqlite.version}，journal ${sqlite.journal}，synchronous ${sqlite.synchronous}（应为 wal、2）`,
          )
        : say('not opened, because the store is damaged', '存储已损坏，未打开'),
    ],
    ...(sqlite ? [[say('Installation', '安装实例'), sqlite.installation] as [string, string]] : []),
    [say('Views', '视图'), viewsText(views, sqlite !== null, say)],
    [
      say('Business day', '业务日期'),
      settings.today
        ? say(`${settings.today}, set by the folder`, `${settings.today}，由文件夹设定`)
        : say('the real one, unless TOPOUT_TODAY sets another', '实际日期，除非 TOPOUT_TODAY 另行设定'),
    ],
  ];
  return [pairs(rows), ...faults.map(({ words }) => plain(words[language]))].join('\n');
}

function verdictOf(faults: number, say: Say): string {
  return faults === 0
    ? say('hash, chain and order of each are right', '每条的哈希、链接和次序均正确')
    : say(`${faults} problems`, `${faults} 处问题`);
}

function viewsText(views: Diagnosis['views'], isLookedAt: boolean, say: Say): string {
  if (!isLookedAt) return say('not looked at, because the store is damaged', '存储已损坏，未查看');
  if (!views)
    return say(
      'none of this version; the service makes them when it starts',
      '没有本版本的视图；服务启动时生成',
    );
  const { position, lag } = views;
  return lag === 0
    ? say(`at position ${position}, complete`, `位置 ${position}，完整`)
    : say(
        `at position ${position}, ${lag} behind; the service catches up when it starts`,
        `位置 ${position}，落后 ${lag} 条；服务启动时跟上`,
      );
}
