const attribute = / style="([^"]*)"/g;
const entities: Readonly<Record<string, string>> = {
  '&quot;': '"',
  '&#x27;': "'",
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
};

/**
 * Drawn HTML with its style attributes as rules of one element with a nonce: the policy of the page allows no such
 * attribute in HTML, and a script that sets one is not there yet.
 */
export function stylesApart(html: string, nonce: string): string {
  const rules: string[] = [];
  const drawn = html.replace(attribute, (_, escaped: string) => {
    const style = escaped.replace(/&[#\w]+;/g, (entity) => entities[entity] ?? '');
    // A value that could end its rule is none of this page's.
    if (/[{}<>]/.test(style)) return '';
    if (!rules.includes(style)) rules.push(style);
    return ` data-drawn="${rules.indexOf(style)}"`;
  });
  // Above every class, as an attribute is.
  const sheet = rules.map((style, index) => `#office#office [data-drawn="${index}"]{${style}}`).join('');
  return `<style nonce="${nonce}">${sheet}</style>${drawn}`;
}
