import { refusals, WorkbookRefused } from './refused.js';

/** A piece of an XML document; names are without their prefix. */
export type Token =
  | { kind: 'open'; name: string; attributes: Readonly<Record<string, string>>; isEmpty: boolean }
  | { kind: 'close'; name: string }
  | { kind: 'text'; text: string };

const tag = /<(\/?)(?:[\w.-]+:)?([\w.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/y;
const attribute = /\s+(?:[\w.-]+:)?([\w.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/**
 * The tags and texts of an XML document of a workbook, in order.
 *
 * @throws WorkbookRefused it is not well-formed as far as it was read, or has a document type
 */
export function* tokensOf(xml: string): Generator<Token> {
  for (let at = 0; at < xml.length; ) {
    const next = xml.indexOf('<', at);
    const end = next < 0 ? xml.length : next;
    if (end > at) yield { kind: 'text', text: plain(xml.slice(at, end)) };
    if (next < 0) return;
    const after = skipped(xml, next);
    if (after !== undefined) {
      const cdata = '<![CDATA[';
      if (xml.startsWith(cdata, next))
        yield { kind: 'text', text: xml.slice(next + cdata.length, after - 3) };
      at = after;
      continue;
    }
    tag.lastIndex = next;
    const found = tag.exec(xml);
    if (!found) throw new WorkbookRefused(refusals.damaged);
    const [whole, slash, name = '', rest = '', isEmpty] = found;
    at = next + whole.length;
    if (slash) yield { kind: 'close', name };
    else yield { kind: 'open', name, attributes: attributesIn(rest), isEmpty: isEmpty === '/' };
  }
}

/** The end of a comment, a declaration or a text section that begins here; undefined for a tag. */
function skipped(xml: string, at: number): number | undefined {
  for (const [begin, end] of [
    ['<!--', '-->'],
    ['<![CDATA[', ']]>'],
    ['<?', '?>'],
  ] as const) {
    if (!xml.startsWith(begin, at)) continue;
    const found = xml.indexOf(end, at + begin.length);
    if (found < 0) throw new WorkbookRefused(refusals.damaged);
    return found + end.length;
  }
  // A document type could define entities that unpack to any size.
  if (xml.startsWith('<!', at)) throw new WorkbookRefused(refusals.damaged);
  return undefined;
}

function attributesIn(text: string): Record<string, string> {
  const found: Record<string, string> = Object.create(null);
  for (const [, name = '', double, single] of text.matchAll(attribute))
    found[name] = plain(double ?? single ?? '');
  return found;
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function plain(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w{2,4}));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return entities[name] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
