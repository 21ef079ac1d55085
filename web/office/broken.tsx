import { Alert, Button, Text } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useOfficeTexts } from './texts.js';

/** Keeps a screen that fails from taking the others along; says so in words, and offers the way on. */
export class Unbroken extends Component<{ children: ReactNode }, { error?: Error }> {
  override state: { error?: Error } = {};

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    return error ? <Broken error={error} /> : this.props.children;
  }
}

function Broken({ error }: { error: Error }) {
  const say = useOfficeTexts();
  return (
    <Alert color="red.9" variant="outline" title={say('broken')} role="alert" my="md">
      <Text size="sm">{say('brokenDetail')}</Text>
      <Text size="xs" my="sm">
        {error.message}
      </Text>
      <Button size="xs" variant="default" onClick={() => location.reload()}>
        {say('reload')}
      </Button>
    </Alert>
  );
}
