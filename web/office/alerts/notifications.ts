const kept = 'topout.notifications';

/** True where the browser shows notifications and somebody asked for them on this device. */
export function areNotificationsOn(): boolean {
  return (
    'Notification' in window && Notification.permission === 'granted' && localStorage.getItem(kept) === 'on'
  );
}

/** Asks the browser to allow notifications; answers whether they are on now. */
export async function askForNotifications(): Promise<boolean> {
  if (!('Notification' in window)) return false;
  if ((await Notification.requestPermission()) !== 'granted') return false;
  localStorage.setItem(kept, 'on');
  return true;
}

/** Shows none on this device from now on. */
export function stopNotifications(): void {
  localStorage.removeItem(kept);
}

/** Tells by the browser while the page itself is not looked at; a further one of the same alert takes its place. */
export function notify(title: string, body: string, alert: string): void {
  if (!document.hidden || !areNotificationsOn()) return;
  const shown = new Notification(title, { body, tag: alert });
  shown.onclick = () => {
    focus();
    location.hash = `/alerts?alert=${alert}`;
  };
}
