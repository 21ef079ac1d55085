import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { bundleReader } from '../../src/ledger/bundle-lines.js';
import type { BundleReport } from '../../src/ledger/bundle-report.js';
import { readPolicy } from '../../src/ledger/policy.js';

/** A verifier in `web/verify`, seen from the sources and from what is compiled of them in `.build`. */
function place(name: string): string {
  const found = ['../../', '../../../']
    .map((up) => fileURLToPath(new URL(`${up}web/verify/${name}`, import.meta.url)))
    .find(existsSync);
  if (found === undefined) throw new Error(`web/verify has no ${name}`);
  return found;
}

/** What each of the verifiers says of a bundle, with the reader's policy or without one. */
export type VerdictOf = (bundle: Buffer, policy: string) => Promise<{ verdict: string; code: number }>;

/** The verifier of the terminal. */
export function ownReport(bundle: Buffer, policy: string): BundleReport {
  const reader = bundleReader(policy === '' ? undefined : readPolicy(policy));
  reader.take(bundle);
  return reader.end();
}

/** The script of the page, run without a page. @param change what to change in it, for a control */
export function pageVerifier(change: (script: string) => string = (script) => script): VerdictOf {
  const html = readFileSync(place('verify.html'), 'utf8');
  const [, script = ''] = /<script id="verifier">(.*?)<\/script>/s.exec(html) ?? [];
  const context = createContext({ TextDecoder, TextEncoder, atob, btoa, crypto, Uint8Array, Error });
  runInContext(`${change(script)}\nglobalThis.verifyBundle = verifyBundle;`, context);
  const { verifyBundle } = context as { verifyBundle: (...args: unknown[]) => ReturnType<VerdictOf> };
  return (bundle, policy) => {
    const slice = (from: number, to: number) =>
      Promise.resolve(new Uint8Array(bundle.subarray(from, to)).buffer);
    return verifyBundle(bundle.length, slice, policy);
  };
}

/** What is missing to run the Python script; undefined if it can be run. */
export function missingForPython(): string | undefined {
  const isThere = (command: string, ...args: string[]) => spawnSync(command, args).status === 0;
  if (!isThere('python3', '--version')) return 'python3';
  return isThere('openssl', 'version') ? undefined : 'openssl';
}

/** The verifier in Python. @param file to write the bundle and the policy to */
export function pythonVerifier(file: string): VerdictOf {
  return async (bundle, policy) => {
    writeFileSync(file, bundle);
    if (policy !== '') writeFileSync(`${file}.policy`, policy);
    const args = [place('verify-bundle.py'), file, ...(policy === '' ? [] : [`${file}.policy`])];
    const child = spawn('python3', args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const output = child.stdout.toArray().then((parts) => Buffer.concat(parts).toString());
    const [code] = (await once(child, 'close')) as [number];
    return { verdict: (await output).split(':', 1)[0] ?? '', code };
  };
}

/**
 * Runs the script once a line, in one interpreter, because starting fifty takes longer than they verify; openssl is asked
 * once about each signature, for the same reason.
 */
const manyRuns = `
import contextlib, io, pathlib, subprocess, sys
run, asked, compiled = subprocess.run, {}, {}
def run_once(args, cwd, **more):
    files = tuple(pathlib.Path(cwd, name).read_bytes() for name in "kms")
    if files not in asked:
        asked[files] = run(args, cwd=cwd, **more)
    return asked[files]
subprocess.run = run_once
for line in sys.stdin:
    sys.argv, output, code = line.rstrip("\\n").split("\\t"), io.StringIO(), 0
    script = sys.argv[0]
    if script not in compiled:
        compiled[script] = compile(pathlib.Path(script).read_text("utf-8"), script, "exec")
    try:
        with contextlib.redirect_stdout(output):
            exec(compiled[script], {"__name__": "__main__"})
    except SystemExit as end:
        code = end.code
    print(output.getvalue().split(":")[0], code, flush=True)
`;

/** The verifier in Python for many bundles, one after the other. @param file to write each bundle and policy to */
export function pythonForMany(file: string): { verdictOf: VerdictOf; stop(): void } {
  const child = spawn('python3', ['-c', manyRuns], { stdio: ['pipe', 'pipe', 'inherit'] });
  const answers = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    async verdictOf(bundle, policy) {
      writeFileSync(file, bundle);
      if (policy !== '') writeFileSync(`${file}.policy`, policy);
      child.stdin.write(
        `${[place('verify-bundle.py'), file, ...(policy === '' ? [] : [`${file}.policy`])].join('\t')}\n`,
      );
      const answer = await answers.next();
      const [verdict = '', code] = String(answer.value).split(' ');
      return { verdict, code: Number(code) };
    },
    stop: () => void child.stdin.end(),
  };
}
