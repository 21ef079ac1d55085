import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import { ConfigInvalid } from './config-invalid.js';
import type { Environment } from './environment.js';
import { requireOwnerOnly } from './secret-file.js';

/** The files of the service's own certificate: with the chain, in PEM. */
export interface TlsFiles {
  certPath: string;
  keyPath: string;
}

/** What the files hold. */
interface Certified {
  cert: Buffer;
  key: Buffer;
}

/** How often the files are looked at, in milliseconds: what renews a certificate replaces them. */
const lookMs = 5_000;

/**
 * The files of two settings; undefined if neither is set.
 *
 * @throws ConfigInvalid which names a file, and never what is in it
 */
export function tlsFilesIn(env: Environment): TlsFiles | undefined {
  const { TOPOUT_TLS_CERT: certPath, TOPOUT_TLS_KEY: keyPath } = env;
  if (!certPath && !keyPath) return undefined;
  if (!certPath)
    throw new ConfigInvalid('TOPOUT_TLS_CERT', '', 'the file of the certificate beside TOPOUT_TLS_KEY');
  if (!keyPath) throw new ConfigInvalid('TOPOUT_TLS_KEY', '', 'the file of the key beside TOPOUT_TLS_CERT');
  requireOwnerOnly(env, 'TOPOUT_TLS_KEY', keyPath);
  certified({ certPath, keyPath });
  return { certPath, keyPath };
}

/** Reads the files, and sees that they belong together. @throws ConfigInvalid */
export function certified({ certPath, keyPath }: TlsFiles): Certified {
  const cert = bytesOf('TOPOUT_TLS_CERT', certPath);
  const key = bytesOf('TOPOUT_TLS_KEY', keyPath);
  if (!belongTogether(cert, key)) {
    const expected = `a certificate in PEM, and in ${keyPath} its key`;
    throw new ConfigInvalid('TOPOUT_TLS_CERT', certPath, expected);
  }
  return { cert, key };
}

/**
 * Hands on the certificate each time that its files change, until the returned function is called. Files that do not
 * belong together, as while they are being replaced, are looked at again; those before stay in use.
 */
export function followTls(
  files: TlsFiles,
  renew: (next: Certified) => void,
  tell: (sentence: string) => void,
): { look(): void; stop(): void } {
  let { cert, key } = certified(files);
  const look = () => {
    try {
      const next = certified(files);
      if (next.cert.equals(cert) && next.key.equals(key)) return;
      ({ cert, key } = next);
      renew(next);
      tell(`The certificate in ${files.certPath} is in use.`);
    } catch (error) {
      tell(`The certificate before stays in use: ${(error as Error).message}`);
    }
  };
  const paths = [files.certPath, files.keyPath];
  for (const path of paths) watchFile(path, { interval: lookMs, persistent: false }, look);
  return {
    look,
    stop: () => {
      for (const path of paths) unwatchFile(path, look);
    },
  };
}

function belongTogether(cert: Buffer, key: Buffer): boolean {
  try {
    return new X509Certificate(cert).checkPrivateKey(createPrivateKey(key));
  } catch {
    return false;
  }
}

function bytesOf(name: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    throw new ConfigInvalid(name, path, 'a file that can be read');
  }
}
