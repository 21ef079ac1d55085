const kept = 'topout.notifications';

/** True if the browser supports notifications and they are enabled on this device. */
export function areNotificationsOn(): boolean {
  return (
    'Notification' in window && Notification.permission === 'granted' && localStorage.getItem(kept) === 'on'
  );
}

/** Asks the browser for permission; returns whether notifications are on now. */
export async function askForNotifications(): Promise<boolean> {
  if (!('Notification' in window)) return false;
  if ((await Notification.requestPermission()) !== 'granted') return false;
  localStorage.setItem(kept, 'on');
  return true;
}

/** Turns notifications off on this device. */
export function stopNotifications(): void {
  localStorage.removeItem(kept);
}

/** Shows a browser notification while the page is hidden; a later one for the same alert replaces it. */
export function notify(title: string, body: string, alert: string): void {
  if (!document.hidden || !areNotificationsOn()) return;
  const shown = new Notification(title, { body, tag: alert });
  shown.onclick = () => {
    focus();
    location.hash = `/alerts?alert=${alert}`;
  };
}
