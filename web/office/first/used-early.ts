/** What the script in the head of `web/index.html` notes while nothing answers yet. */
interface Early {
  /** What was last pressed, chosen or typed into. */
  target?: Element;
  stop(): void;
}

const controls = 'a[href], button, input, select, textarea';

/**
 * What somebody did with the drawn screen before the page took over. Called right before; what is returned does the same
 * with the page: a control is where it was, because the same parts draw it.
 */
export function usedEarly(office: HTMLElement): () => void {
  const { early } = window as unknown as { early?: Early };
  early?.stop();
  const used = noteOf(office, early?.target?.closest(controls));
  const focused = noteOf(office, document.activeElement);
  return () => {
    controlOf(office, focused)?.focus();
    const control = controlOf(office, used);
    if (control instanceof HTMLSelectElement || isTypedInto(control)) write(control, used?.value ?? '');
    // A link has led somewhere by itself.
    else if (!(control instanceof HTMLAnchorElement)) control?.click();
  };
}

interface Note {
  place: number;
  name: string;
  value: string;
}

function noteOf(office: HTMLElement, control: Element | null | undefined): Note | undefined {
  const place = control ? controlsIn(office).indexOf(control as HTMLElement) : -1;
  if (!control || place < 0) return undefined;
  return { place, name: nameOf(control), value: 'value' in control ? String(control.value) : '' };
}

/** The control of a note; undefined if another one is in its place. */
function controlOf(office: HTMLElement, note: Note | undefined): HTMLElement | undefined {
  const control = note && controlsIn(office)[note.place];
  return control && nameOf(control) === note.name ? control : undefined;
}

function controlsIn(office: HTMLElement): HTMLElement[] {
  return [...office.querySelectorAll<HTMLElement>(controls)];
}

function nameOf(control: Element): string {
  const labels = 'labels' in control ? [...((control.labels as NodeListOf<Element> | null) ?? [])] : [];
  const words = control.getAttribute('aria-label') ?? labels[0]?.textContent ?? control.textContent;
  return `${control.tagName} ${words}`;
}

function isTypedInto(control: HTMLElement | undefined): control is HTMLInputElement {
  return control instanceof HTMLInputElement && ['text', 'search'].includes(control.type);
}

/** Sets a value as a person does: the page hears of it. */
function write(control: HTMLSelectElement | HTMLInputElement, value: string): void {
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(control), 'value')?.set?.call(control, value);
  control.dispatchEvent(new Event('input', { bubbles: true }));
  control.dispatchEvent(new Event('change', { bubbles: true }));
}
