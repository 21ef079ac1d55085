import type { Shape } from '../../domain/project/facts/members.js';
import type { FactSaid } from './said/facts.js';
import { firstTyped, type TypedMembers } from './said/stated.js';
import { useTyped } from './typed.js';

/** The typed texts of the members of a fact; they survive a page reload until the form is saved. */
export function useMembers(
  type: FactSaid['type'],
  shape: Shape,
  initial: FactSaid | undefined,
): [TypedMembers, (typed: TypedMembers) => void] {
  const [text, setText] = useTyped<string>('members', JSON.stringify(firstTyped(type, shape, initial)));
  return [JSON.parse(text) as TypedMembers, (typed) => setText(JSON.stringify(typed))];
}
