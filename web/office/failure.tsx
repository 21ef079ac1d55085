import { Alert, Button, Text } from '@mantine/core';
import { Problem } from '../shared/problem.js';
import { useOfficeTexts } from './texts.js';

/** Says in words what went wrong, and offers the way on. */
export function Failure({ error, onAgain }: { error: unknown; onAgain: () => void }) {
  const say = useOfficeTexts();
  const isUnreachable = error instanceof Problem && error.kind === 'unreachable';
  const title = isUnreachable
    ? say('unreachable')
    : error instanceof Problem && error.title
      ? error.title
      : say('refused');
  const detail = isUnreachable
    ? say('unreachableDetail')
    : error instanceof Error
      ? error.message
      : String(error);
  return (
    <Alert color="red.9" variant="outline" title={title} role="alert" my="md">
      <Text size="sm" mb="sm">
        {detail}
      </Text>
      <Button size="xs" variant="default" onClick={onAgain}>
        {say('again')}
      </Button>
    </Alert>
  );
}
