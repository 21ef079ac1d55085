import { Alert, Button, Code, Group, Text } from '@mantine/core';
import { useState } from 'react';
import styles from '../access.module.css';
import { useAccessTexts } from '../texts.js';

/** A secret that the service returns only once, to be copied. */
export function ShownOnce({
  title,
  hint,
  secret,
  onDone,
}: {
  title: string;
  hint: string;
  secret: string;
  onDone: () => void;
}) {
  const say = useAccessTexts();
  const [isCopied, setCopied] = useState(false);
  return (
    <Alert color="var(--good)" variant="outline" title={title} role="status" my="sm">
      <Text size="sm">{hint}</Text>
      <Code block className={styles.key} my="sm" tabIndex={0}>
        {secret}
      </Code>
      <Group gap="xs">
        {/* Browsers allow clipboard access only to pages of https and localhost. */}
        {navigator.clipboard && (
          <Button
            size="xs"
            onClick={() => void navigator.clipboard.writeText(secret).then(() => setCopied(true))}
          >
            {say(isCopied ? 'copied' : 'copy')}
          </Button>
        )}
        <Button size="xs" variant="default" onClick={onDone}>
          {say('done')}
        </Button>
      </Group>
    </Alert>
  );
}
