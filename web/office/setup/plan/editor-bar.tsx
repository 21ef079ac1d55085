import { Button, Group, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import setup from '../setup.module.css';
import { usePlanTexts } from './texts.js';

/** Actions on a draft as a whole, always visible. */
export function EditorBar({
  form,
  isBusy,
  mayAdopt,
  undo,
  redo,
  onDrop,
  children,
}: {
  /** The id of the form that adopts it. */
  form: string;
  isBusy: boolean;
  mayAdopt: boolean;
  undo: (() => void) | undefined;
  redo: (() => void) | undefined;
  onDrop: (() => void) | undefined;
  children: ReactNode;
}) {
  const say = usePlanTexts();
  const [isDropping, setDropping] = useState(false);
  return (
    <Group gap="xs" className={setup.bar}>
      <Button type="submit" form={form} loading={isBusy} disabled={!mayAdopt}>
        {say('adopt')}
      </Button>
      <Button variant="default" disabled={!undo} onClick={undo}>
        {say('undo')}
      </Button>
      <Button variant="default" disabled={!redo} onClick={redo}>
        {say('redo')}
      </Button>
      {onDrop && (
        <Button
          variant={isDropping ? 'filled' : 'default'}
          color={isDropping ? 'red.9' : undefined}
          onClick={() => {
            if (isDropping) onDrop();
            setDropping(!isDropping);
          }}
          onBlur={() => setDropping(false)}
        >
          {say(isDropping ? 'discardSure' : 'discard')}
        </Button>
      )}
      <Text size="sm" role="status">
        {children}
      </Text>
    </Group>
  );
}
