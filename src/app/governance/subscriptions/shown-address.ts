/** The displayed part of a webhook address: `https://hooks.example.org/…`; only `…` if it can no longer be read. */
export function shownUrl(text: string | undefined): string {
  const url = text === undefined ? null : URL.parse(text);
  if (!url) return '…';
  const isBare = url.pathname === '/' && url.search === '' && url.hash === '';
  return `${url.protocol}//${url.host}/${isBare ? '' : '…'}`;
}

/** The displayed part of a mail address: `l…@example.org`; only `…` if it can no longer be read. */
export function shownMailAddress(address: string | undefined): string {
  const at = address?.lastIndexOf('@') ?? -1;
  if (address === undefined || at < 1) return '…';
  return `${[...address][0]}…${address.slice(at)}`;
}
