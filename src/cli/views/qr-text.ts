import { encode } from 'uqr';

/** Light modules around the code. */
const border = 2;

/** A text as a QR code of characters, two rows of modules a line: light on the dark ground of a terminal. */
export function qrText(text: string): string {
  const modules = encode(text, { ecc: 'M', border: 0 }).data;
  const isLight = (x: number, y: number) => !modules[y - border]?.[x - border];
  const size = modules.length + 2 * border;
  const lines = Array.from({ length: Math.ceil(size / 2) }, (_, line) =>
    Array.from({ length: size }, (_, x) => {
      const [upper, lower] = [isLight(x, 2 * line), 2 * line + 1 < size && isLight(x, 2 * line + 1)];
      if (upper) return lower ? '█' : '▀';
      return lower ? '▄' : ' ';
    }).join(''),
  );
  return lines.join('\n');
}
