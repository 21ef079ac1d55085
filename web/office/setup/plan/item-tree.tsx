import { Button, Group, Text } from '@mantine/core';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type Act, acted, type Control } from './draft/actions.js';
import type { Mistaken } from './draft/plan-checks.js';
import { branch, depths, groupsIn, type Items, shares, sums } from './draft/tree.js';
import { ItemRow } from './item-row.js';
import styles from './plan.module.css';
import { usePlanTexts } from './texts.js';

/** The plan as rows, groups above their parts, editable by keyboard or buttons. */
export function ItemTree({
  items,
  mistakes,
  faultOf,
  onChange,
}: {
  items: Items;
  mistakes: readonly Mistaken[];
  faultOf: (id: string) => string | undefined;
  onChange: (change: (items: Items) => Items) => void;
}) {
  const say = usePlanTexts();
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const [focus, setFocus] = useState<{ id: string; control: Control }>();
  const list = useRef<HTMLUListElement>(null);
  const current = useRef(items);
  current.current = items;
  const act = useCallback(
    (what: Act) => {
      const { items: next, focus } = acted(current.current, what);
      current.current = next;
      onChange(() => next);
      if (what.act === 'add-within') setFolded((all) => toggled(all, what.id, false));
      if (focus) setFocus(focus);
    },
    [onChange],
  );
  const toggle = useCallback(
    (what: 'open' | 'fold', id: string) =>
      (what === 'open' ? setOpen : setFolded)((all) => toggled(all, id, !all.has(id))),
    [],
  );
  useEffect(() => {
    if (!focus) return;
    const row = list.current?.querySelector(`[data-item="${focus.id}"]`);
    row?.querySelector<HTMLElement>(`[data-control="${focus.control}"]`)?.focus();
    setFocus(undefined);
  }, [focus]);
  const depth = useMemo(() => depths(items), [items]);
  const share = useMemo(() => shares(items), [items]);
  const sum = useMemo(() => sums(items), [items]);
  const groups = useMemo(() => groupsIn(items), [items]);
  const wrong = useMemo(() => byItem(mistakes), [mistakes]);
  const hidden = useMemo(() => hiddenIn(items, folded), [items, folded]);
  return (
    <>
      <Group justify="space-between" align="baseline" mb="xs">
        <Text size="sm">{say('sum', { sum: sum.get(undefined) ?? 0 })}</Text>
        <Text size="xs" visibleFrom="sm">
          {say('keys')}
        </Text>
      </Group>
      <ul ref={list} className={styles.tree}>
        {items.map(
          (item) =>
            !hidden.has(item.id) && (
              <ItemRow
                key={item.id}
                item={item}
                depth={depth.get(item.id) ?? 1}
                partCount={groups.has(item.id) ? branch(items, item.id).length - 1 : 0}
                sum={groups.has(item.id) ? (sum.get(item.id) ?? 0) : undefined}
                shareBasisPoints={share.get(item.id) ?? 0}
                isOpen={open.has(item.id)}
                isFolded={folded.has(item.id)}
                mistakes={wrong.get(item.id) ?? ''}
                fault={faultOf(item.id)}
                items={open.has(item.id) ? items : undefined}
                act={act}
                toggle={toggle}
              />
            ),
        )}
      </ul>
      <Button size="xs" variant="default" mt="xs" onClick={() => act({ act: 'add-last' })}>
        {say(items.length === 0 ? 'byHand' : 'addLast')}
      </Button>
    </>
  );
}

function toggled(all: ReadonlySet<string>, id: string, isIn: boolean): ReadonlySet<string> {
  if (all.has(id) === isIn) return all;
  const next = new Set(all);
  if (isIn) next.add(id);
  else next.delete(id);
  return next;
}

function byItem(mistakes: readonly Mistaken[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { item, mistake } of mistakes)
    if (item !== undefined) found.set(item, [found.get(item), mistake].filter(Boolean).join(' '));
  return found;
}

/** The parts of collapsed groups; groups come before their parts. */
function hiddenIn(items: Items, folded: ReadonlySet<string>): ReadonlySet<string> {
  const hidden = new Set<string>();
  for (const { id, parent } of items)
    if (parent !== undefined && (folded.has(parent) || hidden.has(parent))) hidden.add(id);
  return hidden;
}
