import type { Day } from '../values/days/calendar.js';
import { plainText } from '../values/plain-text.js';
import type { Fault } from '../values/rejections.js';
import { byParent } from './branches.js';
import type { Entries } from './entries.js';
import type { Names, Plan, Rename, WorkItem } from './events.js';
import { itemOf } from './facts/members.js';

/** The name and place of an item or a step in a plan. */
interface Called {
  name: Names;
  /** The path of groups from the root, including itself; of a step its item and itself. */
  path: readonly Names[];
}

const mostNamed = 10;

/**
 * The ids of a plan that would move the entries of one piece of work to another, as renames that the plan may state.
 *
 * The meaning of an id is its name in the previous plan: the last one up to the day of the new plan, else the first one
 * after it. Ids without entries, of their own or of their parts, are ignored.
 */
export function movedItems(plan: Plan, asOf: Day, said: Entries): Rename[] {
  const before = calledBefore(asOf, said);
  if (before.size === 0) return [];
  const now = calledIn(plan.items);
  const stated = new Set(plan.renames?.map(keyOf));
  const places = placesIn(now);
  const doubtful = [...now].flatMap(([key, called]) => {
    const known = before.get(key);
    const isMoved = known && !stated.has(key) && !goesOn(key, known, called, { before, places });
    return isMoved ? [{ key, known, called }] : [];
  });
  if (doubtful.length === 0) return [];
  const hasEntries = entriesOn(plan.items, said);
  return doubtful
    .filter(({ key }) => hasEntries(key))
    .map(({ key, known, called }) => asRename(key, known, called));
}

/** Why a plan that moves entries to other work is refused, or undefined. */
export function movedEntries(plan: Plan, asOf: Day, said: Entries): Fault | undefined {
  const renames = movedItems(plan, asOf, said);
  const [first] = renames;
  if (!first) return undefined;
  const index = plan.items.findIndex(({ id }) => id === first.id);
  const listed = `"renames": ${JSON.stringify(renames.slice(0, mostNamed))}`;
  const left = renames.length - mostNamed;
  return {
    member: `items[${index}]${first.step === undefined ? '' : '.steps'}`,
    seen: {
      en: `"${first.to}" under the id "${first.step ?? first.id}" of "${first.from}", which has entries`,
      zh: `“${first.to}”用了“${first.from}”的编号“${first.step ?? first.id}”，后者已有记录`,
    },
    expected: {
      en: `another id for other work, or, where the entries go along to the new name or place, ${listed}${left > 0 ? ` and ${left} more` : ''}`,
      zh: `不同的工作用不同的编号；若记录随新名称或位置转移，则写 ${listed}${left > 0 ? `，另有 ${left} 项` : ''}`,
    },
  };
}

/** The ids of items in any plan or entry of a project, including withdrawn ones. */
export function idsUsed(said: Entries): ReadonlySet<string> {
  const used = new Set<string>();
  for (const entry of said) {
    if (entry.type === 'PlanAdopted') for (const { id } of entry.data.items) used.add(id);
    if (entry.type === 'MilestoneReached' || entry.type === 'ProgressMeasured') used.add(itemOf(entry.data));
    if (entry.type === 'ForecastGiven') used.add(entry.data.target);
  }
  return used;
}

/** The fault of the renames in a plan, or undefined. */
export function renamesFault(plan: Plan, said: Entries): Fault | undefined {
  if (!plan.renames?.length) return undefined;
  const now = calledIn(plan.items);
  const ever = said.live('PlanAdopted').map(({ data }) => calledIn(data.items));
  const seen = new Set<string>();
  for (const [index, rename] of plan.renames.entries()) {
    const key = keyOf(rename);
    const at = (member: string) => `renames[${index}].${member}`;
    const { id, step, from, to } = rename;
    if (seen.has(key))
      return {
        member: at('id'),
        seen: { en: `"${id}" a second time`, zh: `“${id}”重复出现` },
        expected: { en: 'each once', zh: '每个只出现一次' },
      };
    seen.add(key);
    const called = now.get(key);
    if (!called)
      return {
        member: at(step === undefined ? 'id' : 'step'),
        seen: `"${step ?? id}"`,
        expected:
          step === undefined
            ? { en: 'the id of an item of this plan', zh: '本计划中部位的编号' }
            : { en: `the id of a step of "${id}"`, zh: `“${id}”的工序编号` },
      };
    const known = ever.flatMap((plan) => plan.get(key) ?? []);
    const last = known.at(-1);
    if (!known.some((one) => isCalled(one, from)))
      return {
        member: at('from'),
        seen: `"${from}"`,
        expected: last
          ? { en: `"${pathText(last)}", as a plan called it`, zh: `“${pathText(last)}”，即原计划中的名称` }
          : { en: 'an id that a plan named before', zh: '此前计划中有的编号' },
      };
    if (!isCalled(called, to))
      return {
        member: at('to'),
        seen: `"${to}"`,
        expected: {
          en: `"${pathText(called)}", as this plan calls it`,
          zh: `“${pathText(called)}”，即本计划中的名称`,
        },
      };
  }
  return undefined;
}

/** True if two names share a text, in any language; case and width are ignored. */
export function isSameName(a: Names, b: Names): boolean {
  const texts = textsOf(a);
  return textsOf(b).some((text) => texts.includes(text));
}

/** The normalized form for comparing names. */
export function comparedName(text: string): string {
  return plainText(text.normalize('NFKC')).toLowerCase();
}

/** Cached, because immutable names are compared repeatedly. */
const compared = new WeakMap<Names, readonly string[]>();

function textsOf(names: Names): readonly string[] {
  const known = compared.get(names);
  if (known) return known;
  const texts = [names.en, names.zh].flatMap((text) => (text === undefined ? [] : comparedName(text)));
  compared.set(names, texts);
  return texts;
}

/** True if an id keeps its meaning: it has its name, and nothing else took its former place. */
function goesOn(
  key: string,
  known: Called,
  called: Called,
  { before, places }: { before: ReadonlyMap<string, Called>; places: ReadonlyMap<string, readonly string[]> },
): boolean {
  if (!isSameName(known.name, called.name)) return false;
  const place = placeOf(known);
  if (place === placeOf(called)) return true;
  const others = places.get(place) ?? [];
  return !others.some((other) => {
    const earlier = before.get(other);
    return other !== key && (earlier === undefined || placeOf(earlier) !== place);
  });
}

/** Tells whether an item, one of its parts, or a step (`item step`) has entries. */
export function entriesOn(items: readonly WorkItem[], said: Entries): (key: string) => boolean {
  const spoken = new Set<string>();
  for (const type of ['MilestoneReached', 'ProgressMeasured'] as const)
    for (const { data } of said.live(type)) {
      const item = itemOf(data);
      spoken.add(item);
      if (data.step !== undefined) spoken.add(keyOf({ id: item, step: data.step }));
    }
  for (const { data } of said.live('ForecastGiven')) spoken.add(data.target);
  const children = byParent(items);
  const hasEntries = (key: string): boolean =>
    spoken.has(key) ||
    (stepOf(key) === undefined && (children.get(key) ?? []).some(({ id }) => hasEntries(id)));
  return hasEntries;
}

function calledBefore(asOf: Day, said: Entries): ReadonlyMap<string, Called> {
  const plans = said
    .live('PlanAdopted')
    .sort((a, b) => (a.entry.asOf < b.entry.asOf ? -1 : a.entry.asOf > b.entry.asOf ? 1 : 0));
  const earlier = plans.filter((plan) => plan.entry.asOf <= asOf);
  const found = new Map<string, Called>();
  for (const { data } of earlier) for (const [key, called] of calledIn(data.items)) found.set(key, called);
  for (const { data } of plans.slice(earlier.length))
    for (const [key, called] of calledIn(data.items)) if (!found.has(key)) found.set(key, called);
  return found;
}

function calledIn(items: readonly WorkItem[]): Map<string, Called> {
  const byId = new Map(items.map((item) => [item.id, item]));
  const found = new Map<string, Called>();
  for (const { id, name, parent, steps = [] } of items) {
    const path = [name];
    for (let up = parent; up !== undefined; up = byId.get(up)?.parent) path.unshift(byId.get(up)?.name ?? {});
    found.set(id, { name, path });
    for (const step of steps)
      found.set(keyOf({ id, step: step.id }), { name: step.name, path: [name, step.name] });
  }
  return found;
}

/** The ids at each place that is named by a path. */
function placesIn(called: ReadonlyMap<string, Called>): ReadonlyMap<string, readonly string[]> {
  const items = [...called.keys()].filter((key) => stepOf(key) === undefined);
  return Map.groupBy(items, (key) => placeOf(called.get(key) as Called));
}

function placeOf({ path }: Called): string {
  return path.map((name) => textsOf(name).join('\t')).join('\n');
}

function isCalled({ name, path }: Called, text: string): boolean {
  const wanted = comparedName(text);
  if (textsOf(name).includes(wanted)) return true;
  return (['en', 'zh'] as const).some((language) => comparedName(pathIn(path, language)) === wanted);
}

function pathText({ path }: Called): string {
  return pathIn(path, path.at(-1)?.en === undefined ? 'zh' : 'en');
}

function pathIn(path: readonly Names[], language: keyof Names): string {
  return path.map((name) => name[language] ?? name.en ?? name.zh ?? '').join(' / ');
}

function asRename(key: string, known: Called, called: Called): Rename {
  const step = stepOf(key);
  return {
    id: itemOfKey(key),
    ...(step === undefined ? {} : { step }),
    from: pathText(known),
    to: pathText(called),
  };
}

// Ids have no blank.
function keyOf({ id, step }: Pick<Rename, 'id' | 'step'>): string {
  return step === undefined ? id : `${id} ${step}`;
}
const itemOfKey = (key: string) => key.split(' ')[0] as string;
const stepOf = (key: string): string | undefined => key.split(' ')[1];
