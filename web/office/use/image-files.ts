import { save } from './sheet-files.js';

/** A drawing as SVG, with its size in pixels. */
export interface Drawing {
  svg: string;
  width: number;
  height: number;
}

/** Downloads a drawing as an SVG file. */
export function saveSvg({ svg }: Drawing, name: string): void {
  save(new Blob([svg], { type: 'image/svg+xml' }), `${name}.svg`);
}

/** Downloads a drawing as a PNG file, at twice its size. */
export async function savePng({ svg, width, height }: Drawing, name: string): Promise<void> {
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * 2;
  canvas.height = height * 2;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob) save(blob, `${name}.png`);
}
