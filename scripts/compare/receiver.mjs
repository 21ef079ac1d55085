// Receives the webhooks of a service under comparison.
import { once } from 'node:events';
import { createServer } from 'node:http';

/** Receives webhooks on loopback, and answers the challenge of a new subscription. */
export async function openReceiver() {
  const notices = [];
  let received = () => undefined;
  const server = createServer(async (request, response) => {
    const body = JSON.parse(Buffer.concat(await request.toArray()).toString());
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(body.type === 'challenge' ? { challenge: body.challenge } : {}));
    if (body.type !== 'alerts.notice') return;
    notices.push(body);
    received();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `http://127.0.0.1:${server.address().port}/`,
    /** The bodies of all notices that came. */
    notices,
    /** Resolves when the next notice comes. */
    nextNotice: () =>
      new Promise((resolve) => {
        received = resolve;
      }),
    close: () => server.close(),
  };
}
