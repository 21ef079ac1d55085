import type { CalledProject } from '../../../domain/table/find-project.js';

const places = ['东城', '西河', '南岭', '北塘', '中兴', '新民', '永安', '长乐', '青山', '白沙'];
const kinds = ['产业园', '小学', '安置房', '污水处理厂', '客运站'];

/** Fifty invented projects. */
export const fifty: readonly (CalledProject & { zh: string })[] = places.flatMap((place, row) =>
  kinds.map((kind, column) => ({
    project: `county-${row * kinds.length + column + 1}`,
    zh: `${place}${kind}`,
    names: [`${place}${kind}`, `Project ${row * kinds.length + column + 1}`],
  })),
);

/** The monthly table of a county: a title, a unit above, headings of two lines, groups, totals, blanks and words. */
export function countyTable(separator = '\t', month = '2026年10月'): string {
  return countyRows(month)
    .map((row) => row.map((cell) => (cell.includes(separator) ? `"${cell}"` : cell)).join(separator))
    .join('\n');
}

/** Its rows. */
export function countyRows(month = '2026年10月'): string[][] {
  return [
    [`××县${month}重点项目进度表`],
    ['', '', '', '', '单位：万元'],
    ['序号', '项目名称', '责任单位', '完成投资', '', '占年度计划(%)', '形象进度', '存在问题', '预计竣工'],
    ['', '', '', '本月', '本年累计', '', '', '', ''],
    ['一、政府投资项目'],
    ...fifty.map(({ zh }, index) => [
      String(index + 1),
      index === 7 ? `${zh} ` : zh,
      '县住建局',
      index === 3 ? '—' : `１,${String(200 + index)}.5`,
      String(8000 + index * 10),
      `${40 + (index % 50)}%`,
      ['62%', '基本完成', '约70%', '70-80%', '未开工'][index % 5] as string,
      index % 10 === 2 ? '资金尚未到位' : '无',
      ['2027年6月', '2027/6/30', '2027年底', '2027年上半年', ''][index % 5] as string,
    ]),
    ['', '合计', '', '62500', '420000', '', '', '', ''],
  ];
}
