import { useEffect, useState } from 'react';

const kept = 'topout.alert-keys';

/** Whether single letters act on the list; somebody who speaks to the browser turns it off. */
export function useKeysOn(): [boolean, (isOn: boolean) => void] {
  const [isOn, setOn] = useState(() => localStorage.getItem(kept) !== 'off');
  return [
    isOn,
    (next) => {
      localStorage.setItem(kept, next ? 'on' : 'off');
      setOn(next);
    },
  ];
}

/** Moves among the alerts by J and K, acknowledges by E, silences by M, selects by X, and searches by /. */
export function useKeys(isOn: boolean): void {
  useEffect(() => {
    if (!isOn) return;
    const press = (event: KeyboardEvent) => {
      const { key, target } = event;
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(target)) return;
      const act = acts[key.toLowerCase()];
      if (act?.()) event.preventDefault();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [isOn]);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.matches('textarea, select, [contenteditable], input:not([type=checkbox])');
}

const rows = () => [...document.querySelectorAll<HTMLElement>('li[data-alert]')];
const current = () => document.activeElement?.closest<HTMLElement>('li[data-alert]') ?? undefined;

/** True if a key found something to act on. */
const acts: Readonly<Record<string, () => boolean>> = {
  j: () => move(1),
  k: () => move(-1),
  e: () => click('[data-act=acknowledge]'),
  m: () => click('[data-act=silence]'),
  x: () => click('input[type=checkbox]'),
  '/': () => {
    const search = document.querySelector<HTMLElement>('input[type=search]');
    search?.focus();
    return search !== null;
  },
};

function move(by: number): boolean {
  const all = rows();
  const here = current();
  const next = all[here ? all.indexOf(here) + by : 0];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
  return next !== undefined;
}

function click(what: string): boolean {
  const found = current()?.querySelector<HTMLElement>(what);
  found?.click();
  return found !== undefined && found !== null;
}
