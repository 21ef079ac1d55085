/** Headers of a page that loads nothing, runs nothing and posts only to this service. */
export const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'referrer-policy': 'no-referrer',
};

/** The page with the button that ends a subscription, in both languages; it posts to its own URL. */
export function askingPage(): string {
  return page(
    '停止接收预警？ · Stop the alerts?',
    `<p lang="zh">按下按钮后，将不再向您发送此订阅的预警通知。</p>
<p lang="en">After you press this button, this subscription sends you no more alerts.</p>
<form method="post"><button type="submit">退订 · Unsubscribe</button></form>`,
  );
}

/** The page that says that a subscription has ended, in both languages. */
export function donePage(): string {
  return page(
    '已退订 · Unsubscribed',
    `<p lang="zh">不会再向您发送此订阅的预警通知。</p>
<p lang="en">This subscription sends you no more alerts.</p>`,
  );
}

/** The page with the button that confirms a mail address, in both languages; it posts to its own URL. */
export function confirmPage(): string {
  return page(
    '接收预警？ · Receive the alerts?',
    `<p lang="zh">按下按钮后，将向您的邮箱发送此订阅的预警通知。</p>
<p lang="en">After this button the alerts of this subscription are sent to your address.</p>
<form method="post"><button type="submit">确认 · Confirm</button></form>`,
  );
}

/** The page that says that a mail address is confirmed, in both languages. */
export function confirmedPage(): string {
  return page(
    '已确认 · Confirmed',
    `<p lang="zh">此后的预警通知将发送到您的邮箱。每封邮件都可退订。</p>
<p lang="en">From now on the alerts of this subscription are sent to your address. Every mail has a link to end it.</p>`,
  );
}

function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="zh">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>body{font:1.1rem/1.6 system-ui,sans-serif;max-width:32rem;margin:3rem auto;padding:0 1rem}button{font:inherit;padding:.6rem 1.2rem}</style>
</head>
<body>
<h1>${title}</h1>
${content}
</body>
</html>
`;
}
