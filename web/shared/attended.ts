/** After this long without a touch or a key nobody is at the page, in milliseconds. */
const awayMs = 5 * 60_000;

let usedAt = Date.now();

const page = globalThis as {
  addEventListener?: (sign: string, call: () => void, how: { capture: true; passive: true }) => void;
};
for (const sign of ['pointerdown', 'keydown', 'wheel'])
  page.addEventListener?.(sign, () => note(), { capture: true, passive: true });

function note(): void {
  usedAt = Date.now();
}

/** The header of what a page asks for by itself while nobody is at it: it does not keep a session in use. */
export function attendanceHeaders(): Record<string, string> {
  return Date.now() - usedAt < awayMs ? {} : { 'topout-unattended': 'yes' };
}
