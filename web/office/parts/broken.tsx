import { Alert, Button, Text } from '@mantine/core';
import { Component, type ReactNode, useEffect } from 'react';
import { serviceReach } from '../../shared/reach.js';
import { PartNotLoaded } from '../room.js';
import { useOfficeTexts } from '../texts.js';
import { Failure } from './failure.js';

/** An error boundary around a screen; explains the failure and offers a retry. */
export class Unbroken extends Component<{ children: ReactNode }, { error?: Error }> {
  override state: { error?: Error } = {};

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    return error instanceof PartNotLoaded ? <NotLoaded error={error} /> : <Broken error={error} />;
  }
}

/**
 * The screen retries automatically once the service is back.
 *
 * The whole page reloads, because a browser does not retry a style sheet. All choices are in the URL.
 */
function NotLoaded({ error }: { error: PartNotLoaded }) {
  useEffect(() => serviceReach.onReturn(() => location.reload()), []);
  return <Failure error={error} onAgain={() => void serviceReach.whenAsked().then(reloadIfReached)} />;
}

function reloadIfReached(): void {
  // Reloading while the service is away would lose the page.
  if (serviceReach.current().lost === undefined) location.reload();
}

function Broken({ error }: { error: Error }) {
  const say = useOfficeTexts();
  return (
    <Alert color="var(--bad)" variant="outline" title={say('broken')} role="alert" my="md">
      <Text size="sm">{say('brokenDetail')}</Text>
      <details>
        <summary>{say('details')}</summary>
        <Text size="xs" my="sm">
          {error.message}
        </Text>
      </details>
      <Button size="xs" variant="default" mt="xs" onClick={() => location.reload()}>
        {say('reload')}
      </Button>
    </Alert>
  );
}
