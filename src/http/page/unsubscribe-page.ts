import { html } from './html.js';
import { smallPage } from './small-page.js';

/** The page with the button that ends a subscription, in both languages; it posts to its own URL. */
export function askingPage(): string {
  return smallPage(
    '停止接收预警？ · Stop the alerts?',
    html`<p lang="zh">按下按钮后，将不再向您发送此订阅的预警通知。</p>
<p lang="en">After you press this button, this subscription sends you no more alerts.</p>
<form method="post"><button type="submit">退订 · Unsubscribe</button></form>`,
  );
}

/** The page that says that a subscription has ended, in both languages. */
export function donePage(): string {
  return smallPage(
    '已退订 · Unsubscribed',
    html`<p lang="zh">不会再向您发送此订阅的预警通知。</p>
<p lang="en">This subscription sends you no more alerts.</p>`,
  );
}

/** The page with the button that confirms a mail address, in both languages; it posts to its own URL. */
export function confirmPage(): string {
  return smallPage(
    '接收预警？ · Receive the alerts?',
    html`<p lang="zh">按下按钮后，将向您的邮箱发送此订阅的预警通知。</p>
<p lang="en">After this button the alerts of this subscription are sent to your address.</p>
<form method="post"><button type="submit">确认 · Confirm</button></form>`,
  );
}

/** The page that says that a mail address is confirmed, in both languages. */
export function confirmedPage(): string {
  return smallPage(
    '已确认 · Confirmed',
    html`<p lang="zh">此后的预警通知将发送到您的邮箱。每封邮件都可退订。</p>
<p lang="en">From now on the alerts of this subscription are sent to your address. Every mail has a link to end it.</p>`,
  );
}
