import type { Day } from '../../../domain/values/days/calendar.js';
import { usage } from '../client/failure.js';
import type { TypedOptions, Way } from './fact-options.js';

/** The fact in the form of the service, without its day; `day` is the one in its members. */
export interface StatedFact {
  body: { type: string } & Record<string, unknown>;
  day?: Day;
}

/** Options of an entry that members of facts may share. */
export const entryFlags: readonly string[] = ['reason'];

/**
 * The one fact that the options state about a project, or about an item of it.
 *
 * @param typed the typed options, by flag
 * @returns undefined if they state none
 * @throws Failure they state two, or one is invalid
 */
export function factStated(
  ways: readonly Way[],
  item: string | undefined,
  typed: TypedOptions,
): StatedFact | undefined {
  const stated = ways.filter(({ flag }) => typed[flag] !== undefined);
  const [way, second] = stated;
  if (second)
    throw usage({
      en: `${stated.map(option).join(' and ')} in one entry; expected one of them, and an entry for each.`,
      zh: `一条记录中有 ${stated.map(option).join(' 和 ')}；应只取其一，各写一条记录。`,
    });
  requireBeside(ways, way, typed);
  if (!way) {
    const ofItem = ways.filter(({ isOfItem }) => isOfItem);
    if (item !== undefined)
      throw usage({
        en: `Nothing is said about "${item}"; expected one of ${ofItem.map(option).join(', ')}.`,
        zh: `没有说明“${item}”的情况；应为 ${ofItem.map(option).join('、')} 之一。`,
      });
    return undefined;
  }
  if (way.isOfItem && !way.mayBeWhole && item === undefined)
    throw usage({
      en: `${option(way)} is said about an item; expected topout log PROJECT ITEM ${option(way)}.`,
      zh: `${option(way)} 说的是部位；应为 topout log 项目 部位 ${option(way)}。`,
    });
  if (!way.isOfItem && item !== undefined)
    throw usage({
      en: `${option(way)} is said about the whole project; expected no item, and "${item}" was given.`,
      zh: `${option(way)} 说的是整个项目；不应有部位，却写了“${item}”。`,
    });
  const members = { ...(way.isOfItem ? { item } : {}), ...way.members(typed) };
  const known = Object.entries(members).filter(([, value]) => value !== undefined);
  const body = { type: way.type, ...Object.fromEntries(known) };
  const day = way.endsOn === undefined ? undefined : (body as Record<string, unknown>)[way.endsOn];
  return { body, ...(typeof day === 'string' ? { day } : {}) };
}

/** Refuses a companion option of other facts than the typed one. */
function requireBeside(ways: readonly Way[], way: Way | undefined, typed: TypedOptions): void {
  for (const flag of new Set(ways.flatMap(({ beside }) => beside.map(({ flag }) => flag)))) {
    if (typed[flag] === undefined || entryFlags.includes(flag)) continue;
    if (way?.beside.some((one) => one.flag === flag)) continue;
    const allowed = ways.filter(({ beside }) => beside.some((one) => one.flag === flag));
    throw usage({
      en: `--${flag} says nothing by itself; expected it beside ${allowed.map(option).join(' or ')}.`,
      zh: `--${flag} 不能单独使用；应与 ${allowed.map(option).join(' 或 ')} 同用。`,
    });
  }
}

function option({ flag }: Pick<Way, 'flag'>): string {
  return `--${flag}`;
}
