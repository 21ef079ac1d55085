import type { Names, WorkItem } from '../../../../../domain/project/events.js';
import type { Language } from '../../../../shared/language.js';
import { newId } from './readable-ids.js';
import { added, changed, type Items, indented, moved, outdented, removed } from './tree.js';

/** Actions on the item of a row. */
export type Act =
  | { act: 'change'; id: string; patch: { [Name in keyof WorkItem]?: WorkItem[Name] | undefined } }
  /** `by` is the control that triggered it and keeps the focus. */
  | { act: 'up' | 'down' | 'in' | 'out'; id: string; by: Control }
  | { act: 'remove' | 'add-behind' | 'add-within'; id: string }
  | { act: 'add-last' };

/** The control of the row that gets the focus afterwards. */
export type Control = 'name' | 'up' | 'down' | 'in' | 'out';

/** The items after an action, and where the focus goes. */
export function acted(items: Items, act: Act): { items: Items; focus?: { id: string; control: Control } } {
  switch (act.act) {
    case 'change':
      return { items: changed(items, act.id, act.patch as Partial<WorkItem>) };
    case 'up':
    case 'down':
      return {
        items: moved(items, act.id, act.act === 'up' ? -1 : 1),
        focus: { id: act.id, control: act.by },
      };
    case 'in':
      return { items: indented(items, act.id), focus: { id: act.id, control: act.by } };
    case 'out':
      return { items: outdented(items, act.id), focus: { id: act.id, control: act.by } };
    case 'remove': {
      const next = neighbour(items, act.id);
      return {
        items: removed(items, act.id),
        ...(next ? { focus: { id: next, control: 'name' as const } } : {}),
      };
    }
    case 'add-behind':
      return withNew(items, { behind: act.id });
    case 'add-within':
      return withNew(items, { within: act.id });
    case 'add-last':
      return withNew(items, {});
  }
}

function withNew(items: Items, place: { within?: string; behind?: string }) {
  const id = newId(items);
  const item: WorkItem = { id, name: {}, weight: 1, measure: 'percent' };
  return { items: added(items, item, place), focus: { id, control: 'name' as const } };
}

/** The item before a removed one, else its successor. */
function neighbour(items: Items, id: string): string | undefined {
  const at = items.findIndex((item) => item.id === id);
  return (items[at - 1] ?? removed(items, id)[at])?.id;
}

/** The names with one language replaced; an empty name removes it. */
export function named(names: Names, language: Language, text: string): Names {
  const next = { ...names, [language]: text };
  if (text === '') delete next[language];
  return next;
}

/** The display name of an item, in any language it has. */
export function calledIn({ name }: Pick<WorkItem, 'name'>, language: Language, unnamed: string): string {
  const other = language === 'zh' ? name.en : name.zh;
  return name[language] || other || unnamed;
}
