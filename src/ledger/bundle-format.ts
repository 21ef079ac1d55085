/** The first line of a bundle (docs/bundle-format.md). */
export const bundleTitle = 'topout-bundle/v1';

/** The media type of a bundle. */
export const bundleType = 'text/vnd.topout.bundle';

/** The most bytes of a line, without its line feed. */
export const mostLineBytes = 524_288;

/** The files that a body names, by their SHA-256 in hex. */
export function filesIn(body: string): string[] {
  return Array.from(body.matchAll(/"sha256":"([0-9a-f]{64})"/g), ([, file = '']) => file);
}
