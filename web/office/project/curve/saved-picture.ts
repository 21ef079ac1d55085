import type { Drawing } from '../../use/image-files.js';

/** What a drawing takes from the style sheet of the page. */
const taken = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
] as const;

/** A picture of the page as a drawing of its own, with the colours that it has there. */
export function drawingOf(picture: SVGSVGElement): Drawing {
  const copy = picture.cloneNode(true) as SVGSVGElement;
  const [originals, copies] = [picture, copy].map((one) => [one, ...one.querySelectorAll('*')]);
  for (const [index, original] of originals?.entries() ?? []) {
    const style = getComputedStyle(original);
    const target = copies?.[index];
    for (const name of taken) {
      // A pattern is named by the element itself.
      if (target?.getAttribute(name)?.startsWith('url(')) continue;
      target?.setAttribute(name, style.getPropertyValue(name));
    }
    target?.removeAttribute('class');
  }
  const { width, height } = picture.viewBox.baseVal;
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  const paper = copy.ownerDocument.createElementNS('http://www.w3.org/2000/svg', 'rect');
  paper.setAttribute('width', String(width));
  paper.setAttribute('height', String(height));
  paper.setAttribute('fill', getComputedStyle(picture).getPropertyValue('--paper').trim());
  copy.prepend(paper);
  return { svg: new XMLSerializer().serializeToString(copy), width, height };
}
