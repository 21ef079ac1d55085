/** Downloads a text as a file. */
export function saveText(text: string, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/x-ndjson' }));
  link.download = name;
  link.click();
  // By then the browser has started the download.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Hands a text to another app of the phone; undefined where the browser cannot. */
export function shareOf(text: string, name: string): (() => void) | undefined {
  // Browsers share only files that are called texts.
  const files = [new File([text], `${name}.txt`, { type: 'text/plain' })];
  if (!navigator.canShare?.({ files })) return undefined;
  // The person closed the list of apps: nothing happened.
  return () => void navigator.share({ files }).catch(() => undefined);
}
