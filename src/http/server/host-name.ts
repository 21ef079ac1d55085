/**
 * The host name or address in a text such as `Localhost.:3000`, without the port, normalized as in URLs: lower case,
 * IPv6 in brackets, no dot at the end. Undefined for any other text, and for one with a path or credentials.
 */
export function hostNameIn(text: string): string | undefined {
  if (!/^(\[[\da-f:.]+\]|[\w.-]+)(:\d{1,5})?$/i.test(text)) return undefined;
  return URL.parse(`http://${text}`)?.hostname.replace(/\.$/, '') || undefined;
}

/** True for the loopback names: `localhost`, 127.0.0.0/8 and `[::1]`. */
export function isLoopback(name: string): boolean {
  return name === 'localhost' || name === '[::1]' || /^127(\.\d{1,3}){3}$/.test(name);
}
