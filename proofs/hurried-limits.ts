// A server whose limits of time pass faster by the factor in TOPOUT_PROOF_HURRY, or never with 0.
import http from 'node:http';
import { syncBuiltinESMExports } from 'node:module';

const times = Number(process.env.TOPOUT_PROOF_HURRY ?? 1);
const { createServer } = http;

type Options = NonNullable<Parameters<typeof createServer>[0]> & object;

const hurried = (ms: number | undefined) => (times === 0 ? 0 : Math.round((ms ?? 0) / times));

http.createServer = ((options: Options, ...rest: []) =>
  createServer(
    {
      ...options,
      headersTimeout: hurried(options.headersTimeout),
      requestTimeout: hurried(options.requestTimeout),
      connectionsCheckingInterval: Math.max(20, hurried(options.connectionsCheckingInterval)),
    },
    ...rest,
  )) as typeof createServer;
syncBuiltinESMExports();
