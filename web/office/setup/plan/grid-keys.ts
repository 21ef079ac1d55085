import type { KeyboardEvent } from 'react';

/**
 * Moves among the controls of rows as in a grid, so that Tab stops once a row: up and down to the same control of the
 * next row, left and right within the row. In a text, left and right move the caret until it is at the end.
 */
export function moveByArrow(event: KeyboardEvent<HTMLElement>): void {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.nativeEvent.isComposing)
    return;
  const line = event.currentTarget;
  const controls = controlsOf(line);
  const { activeElement } = document;
  const at = controls.indexOf(activeElement as HTMLElement);
  if (at < 0) return;
  const next = target(event.key, line, controls, at);
  if (!next) return;
  event.preventDefault();
  next.focus();
  if (next instanceof HTMLInputElement) next.select();
}

function target(
  key: string,
  line: HTMLElement,
  controls: readonly HTMLElement[],
  at: number,
): HTMLElement | undefined {
  const here = controls[at];
  if (key === 'ArrowUp' || key === 'ArrowDown') {
    const lines = [...(line.closest('ul')?.querySelectorAll<HTMLElement>('[data-line]') ?? [])];
    const other = lines[lines.indexOf(line) + (key === 'ArrowUp' ? -1 : 1)];
    return other && sameControl(other, controls, at);
  }
  if (key === 'ArrowRight' && isCaretAt(here, 'end')) return controls[at + 1];
  if (key === 'ArrowLeft' && isCaretAt(here, 'start')) return controls[at - 1];
  return undefined;
}

/** A group has a button to fold it before the others: the same control is counted from the end. */
function sameControl(
  other: HTMLElement,
  controls: readonly HTMLElement[],
  at: number,
): HTMLElement | undefined {
  const others = controlsOf(other);
  return others[Math.max(0, others.length - (controls.length - at))];
}

const controlsOf = (line: HTMLElement) => [
  ...line.querySelectorAll<HTMLElement>('button:not(:disabled), input:not(:disabled)'),
];

function isCaretAt(control: HTMLElement | undefined, end: 'start' | 'end'): boolean {
  if (!(control instanceof HTMLInputElement)) return true;
  const { selectionStart, selectionEnd, value } = control;
  const isAll = selectionStart === 0 && selectionEnd === value.length;
  if (isAll) return true;
  return selectionStart === selectionEnd && selectionStart === (end === 'start' ? 0 : value.length);
}
