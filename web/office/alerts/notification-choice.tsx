import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import { areNotificationsOn, askForNotifications } from './notifications.js';
import { useAlertTexts } from './texts.js';

/** Asks for notifications of the browser once somebody wants them. */
export function NotificationChoice() {
  const say = useAlertTexts();
  const [state, setState] = useState<'on' | 'off' | 'denied'>(areNotificationsOn() ? 'on' : 'off');
  if (state === 'on') return <Text size="sm">{say('notifyOn')}</Text>;
  return (
    <>
      <Button
        size="xs"
        variant="default"
        onClick={async () => setState((await askForNotifications()) ? 'on' : 'denied')}
      >
        {say('notify')}
      </Button>
      {state === 'denied' && (
        <Text size="sm" role="status">
          {say('notifyDenied')}
        </Text>
      )}
    </>
  );
}
