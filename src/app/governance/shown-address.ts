/** What of the address of a webhook may be shown: `https://hooks.example.org/…`; only `…` when it cannot be read any more. */
export function shownUrl(text: string | undefined): string {
  const url = text === undefined ? null : URL.parse(text);
  if (!url) return '…';
  const isBare = url.pathname === '/' && url.search === '' && url.hash === '';
  return `${url.protocol}//${url.host}/${isBare ? '' : '…'}`;
}

/** What of a mail address may be shown: `l…@example.org`; only `…` when it cannot be read any more. */
export function shownMailAddress(address: string | undefined): string {
  const at = address?.lastIndexOf('@') ?? -1;
  if (address === undefined || at < 1) return '…';
  return `${[...address][0]}…${address.slice(at)}`;
}
