import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTimeTexts } from './texts.js';

/** How long it is said that the link was copied, in milliseconds. */
const saidMs = 2_000;

/** Copies the address, which opens the same screen at the same point of both clocks. */
export function CopyLink() {
  const say = useTimeTexts();
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), saidMs);
    return () => clearTimeout(timer);
  }, [isCopied]);
  // Browsers let only pages of https and of this machine write to the clipboard.
  if (!navigator.clipboard) return null;
  return (
    <Button
      size="compact-sm"
      variant="default"
      onClick={() => void navigator.clipboard.writeText(location.href).then(() => setCopied(true))}
    >
      {isCopied ? say('linkCopied') : say('link')}
    </Button>
  );
}
