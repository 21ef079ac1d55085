import { Alert, Button, Group, List, Text } from '@mantine/core';
import type { Rename } from '../../../../domain/project/events.js';
import { usePlanTexts } from './texts.js';

/** Asks for each item with entries whose name or place changed whether it is the same work. */
export function MovedEntries({
  moved,
  onSame,
  onOther,
}: {
  moved: readonly Rename[];
  onSame: (rename: Rename) => void;
  onOther: (rename: Rename) => void;
}) {
  const say = usePlanTexts();
  return (
    <Alert color="var(--waits)" variant="outline" role="alert" title={say('moved')}>
      <Text size="sm">{say('movedHint')}</Text>
      <List size="sm" listStyleType="none" mt="xs">
        {moved.map((rename) => {
          const { id, step = '', from, to } = rename;
          const what = say('movedItem', { from, to });
          return (
            <List.Item key={`${id} ${step}`} mb={4}>
              {what}
              <Group gap="xs" mt={2}>
                <Button
                  size="xs"
                  variant="default"
                  aria-label={`${what} ${say('movedSame')}`}
                  onClick={() => onSame(rename)}
                >
                  {say('movedSame')}
                </Button>
                <Button
                  size="xs"
                  variant="default"
                  aria-label={`${what} ${say('movedOther')}`}
                  onClick={() => onOther(rename)}
                >
                  {say('movedOther')}
                </Button>
              </Group>
            </List.Item>
          );
        })}
      </List>
    </Alert>
  );
}
