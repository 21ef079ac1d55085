// A server whose limits of time pass faster by the factor in TOPOUT_PROOF_HURRY, and never from the message `never` on.
import http from 'node:http';
import { syncBuiltinESMExports } from 'node:module';

const times = Number(process.env.TOPOUT_PROOF_HURRY ?? 1);
const { createServer } = http;

type Options = NonNullable<Parameters<typeof createServer>[0]> & object;

const hurried = (ms: number | undefined) => Math.round((ms ?? 0) / times);

http.createServer = ((options: Options, ...rest: []) => {
  const server = createServer(
    {
      ...options,
      headersTimeout: hurried(options.headersTimeout),
      requestTimeout: hurried(options.requestTimeout),
      connectionsCheckingInterval: Math.max(20, hurried(options.connectionsCheckingInterval)),
    },
    ...rest,
  );
  process.on('message', (message: unknown) => {
    if (message === 'never') Object.assign(server, { headersTimeout: 0, requestTimeout: 0 });
  });
  process.channel?.unref();
  return server;
}) as typeof createServer;
syncBuiltinESMExports();
