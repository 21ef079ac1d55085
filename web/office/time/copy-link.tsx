import { Button } from '@mantine/core';
import { memo, useEffect, useState } from 'react';
import { useTimeTexts } from './texts.js';

/** How long the confirmation "copied" is shown, in milliseconds. */
const saidMs = 2_000;

/** Copies the URL, which opens the same screen at the same point of both clocks. */
export const CopyLink = memo(() => {
  const say = useTimeTexts();
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), saidMs);
    return () => clearTimeout(timer);
  }, [isCopied]);
  // Browsers allow clipboard access only to pages of https and localhost.
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
});
