import type { Reason } from '../../app/refusals.js';
import type { ProblemRow } from './problem-kind.js';

/** Why a project or the store refuses an entry. */
export const entryProblems = {
  'project-unknown': [404, 'Unknown project', '项目不存在', 'Nobody has registered this project.'],
  'project-exists': [409, 'The project exists', '项目已存在', 'The id is registered with other details.'],
  'project-taken-back': [
    410,
    'The project was taken back',
    '项目登记已撤回',
    'It was registered by mistake. What was known before stays; registering it again brings it back.',
  ],
  'day-not-begun': [422, 'The day has not begun', '日期尚未开始', 'A fact is about a day that has begun.'],
  'period-reversed': [
    422,
    'The period ends before it begins',
    '起止日期颠倒',
    'The end of a period is its beginning or later.',
  ],
  'count-impossible': [
    422,
    'No such storey',
    '楼层超出范围',
    'A storey is one of the building: at most its total above ground, and as deep as its storeys below ground.',
  ],
  'money-unclear': [
    422,
    'The statement of money is unclear',
    '资金信息不明确',
    'Money is stated with an amount or a share, for a period of its span, and with the members of its kind.',
  ],
  'plan-invalid': [
    422,
    'The plan is invalid',
    '计划无效',
    'Ids, parents, steps, orders, dates or currencies of the plan do not go together.',
  ],
  'item-renamed': [
    422,
    'Entries would move to other work',
    '记录会转到其他部位',
    'An id that has entries is used for another name or place; the plan says "renames" where they go along.',
  ],
  'stall-unknown': [422, 'Unknown stall', '没有该停工/受阻记录', 'Only a declared stall can be cleared.'],
  'entry-unknown': [404, 'Unknown entry', '记录不存在', 'The project has no entry with this id.'],
  'stall-id-fixed': [
    422,
    'Stall keeps its id',
    '停工/受阻编号不变',
    'A correction of a stall keeps its id; withdraw the entry and declare another stall instead.',
  ],
  'stall-ends-twice': [
    422,
    'Two ends of one stall',
    '停工/受阻有两个截止日',
    'A stall has a last day or an expected one, not both.',
  ],
  'entry-fixed': [
    422,
    'The entry cannot be withdrawn',
    '记录不可撤回',
    'A withdrawal stays, and nothing replaces a registration.',
  ],
  'contradiction-unknown': [
    404,
    'Unknown contradiction',
    '矛盾不存在',
    'The register of the project has no contradiction with this id on that day.',
  ],
  'contradiction-settled': [
    409,
    'The contradiction is settled',
    '矛盾已解决',
    'An entry made its entries fit, so there is nothing to explain.',
  ],
  'revision-conflict': [
    409,
    'Written by somebody else at the same time',
    '并发写入冲突',
    'Others wrote to the project faster; nothing was stored. Send it again.',
    1,
  ],
  'event-id-reused': [
    409,
    'The id is taken',
    '记录号已被使用',
    'The id belongs to an entry with other content.',
  ],
  'store-full': [507, 'The disk is full', '存储空间不足', 'Nothing was stored; reading goes on.', 60],
  'store-unavailable': [
    503,
    'The store is not available',
    '存储不可用',
    'Nothing was stored. Send it again later.',
    5,
  ],
  'outcome-unknown': [
    503,
    'Not known whether it was stored',
    '写入结果未知',
    'Send it again with the same id: it is stored once.',
    5,
  ],
  'store-corrupt': [
    500,
    'The store is damaged',
    '存储已损坏',
    'Restore a backup; "topout doctor" says what is intact.',
  ],
  'store-in-use': [503, 'The store is in use', '存储被占用', 'Another process holds the store.', 5],
  'store-refused': [
    503,
    'The store cannot be used',
    '存储无法使用',
    'The store was made by another program or a newer version.',
    60,
  ],
} satisfies Partial<Record<Reason, ProblemRow>>;
