/** A value with English in the place of words in both languages, for comparing. */
export function inEnglish<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(inEnglish) as Value;
  if (typeof value !== 'object' || value === null) return value;
  const { en, zh } = value as { en?: unknown; zh?: unknown };
  if (typeof en === 'string' && typeof zh === 'string' && Object.keys(value).length === 2) return en as Value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, inEnglish(member)])) as Value;
}

/** A function whose results have English in the place of words in both languages. */
export function english<Given extends unknown[], Result>(
  of: (...given: Given) => Result,
): (...given: Given) => Result {
  return (...given) => inEnglish(of(...given));
}
