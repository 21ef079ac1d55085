// A service that keeps something of every request, from the message `leak` on.
import { subscribe } from 'node:diagnostics_channel';

const kept: Buffer[] = [];
let isLeaking = false;
subscribe('http.server.request.start', () => {
  if (isLeaking) kept.push(Buffer.alloc(64 * 1024, kept.length));
});
process.on('message', (message: unknown) => {
  if (message === 'leak') isLeaking = true;
});
process.channel?.unref();
