/** A decimal number in whole numbers: `digits` divided by ten to the power of `scale`; 7.4 is 74 with scale 1. */
export interface Decimal {
  digits: number;
  scale: number;
}

/** A decimal as text without trailing zeros: `7.4`. */
export function decimalText({ digits, scale }: Decimal): string {
  if (scale === 0) return String(digits);
  const text = String(Math.abs(digits)).padStart(scale + 1, '0');
  const whole = text.slice(0, -scale);
  const fraction = text.slice(-scale).replace(/0+$/, '');
  return `${digits < 0 ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`;
}
