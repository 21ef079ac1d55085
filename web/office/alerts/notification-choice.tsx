import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import { areNotificationsOn, askForNotifications, stopNotifications } from './notifications.js';
import { useAlertTexts } from './texts.js';

/** Turns browser notifications on and off. */
export function NotificationChoice() {
  const say = useAlertTexts();
  const [state, setState] = useState<'on' | 'off' | 'denied'>(areNotificationsOn() ? 'on' : 'off');
  if (state === 'on')
    return (
      <Button
        size="xs"
        variant="default"
        onClick={() => {
          stopNotifications();
          setState('off');
        }}
      >
        {say('notifyOff')}
      </Button>
    );
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
