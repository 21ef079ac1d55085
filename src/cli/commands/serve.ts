import { type Command, Option } from 'commander';
import type { ExitCode } from '../../composition/exit-codes.js';
import {
  type Config,
  exampleIn,
  exampleNames,
  onData,
  readConfig,
} from '../../composition/settings/config.js';
import { invalid } from '../client/failure.js';

interface ServeOptions {
  port?: string;
  host?: string;
  data?: string;
  example?: string;
}

/** `topout serve`: the service in the foreground, until Ctrl-C. */
export function serveCommand(program: Command, end: (code: ExitCode) => void): void {
  program
    .command('serve')
    .summary('run the service')
    .description('Runs the service in the foreground until Ctrl-C, as "npm start" does.')
    .option('--port <port>', 'port to listen on; 0 takes any free one (env: PORT)')
    .option('--host <host>', 'address to listen on (env: HOST)')
    .option('--data <folder>', 'folder of the store (env: TOPOUT_DATA)')
    .addOption(
      new Option(
        '--example [name]',
        'load an example into an empty store; "on" or no name is the first, "off" none (env: TOPOUT_EXAMPLE)',
      )
        .choices(['on', 'off', ...exampleNames])
        .preset('on'),
    )
    .action(async (options: ServeOptions) => {
      checkPort(options);
      // Loaded only here, because the framework of the service takes longer to load than most commands to run.
      const { serve } = await import('../../main.js');
      end(await serve(() => withOptions(readConfig(), options)));
    });
}

function checkPort({ port }: ServeOptions): void {
  if (port !== undefined && (!/^\d{1,5}$/.test(port) || Number(port) > 65535)) {
    throw invalid('--port', port, { en: 'a port from 0 to 65535', zh: '0 至 65535 的端口' });
  }
}

function withOptions(config: Config, { port, host, data, example }: ServeOptions): Config {
  return {
    ...(data === undefined ? config : onData(config, data)),
    ...(port === undefined ? {} : { port: Number(port) }),
    ...(host === undefined ? {} : { host }),
    ...(example === undefined ? {} : exampleIn(example)),
  };
}
