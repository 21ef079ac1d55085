/**
 * A UUID in lower case, such as the id of an event.
 *
 * @format uuid
 */
export type Uuid = string;

/** The value of a hexadecimal digit by its code; no typed array, which scripts on the server of a cluster do not have. */
const digits: number[] = new Array(128).fill(0);
for (const digit of '0123456789abcdefABCDEF') digits[digit.charCodeAt(0)] = Number.parseInt(digit, 16);

/** The offset of each byte's two digits in the text of a UUID. */
const places = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];

/** The 16 bytes of a UUID written into new or given bytes. */
export function uuidBytes(id: string, into = new Uint8Array(16)): Uint8Array {
  for (let byte = 0; byte < 16; byte += 1) {
    const place = places[byte] as number;
    const high = digits[id.charCodeAt(place)] as number;
    into[byte] = (high << 4) | (digits[id.charCodeAt(place + 1)] as number);
  }
  return into;
}

/** The UUID of 32 hexadecimal digits; a text of another length as it is. */
export function uuidText(hex: string): string {
  if (hex.length !== 32) return hex;
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** True for the text of a UUID in lower case. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}
