import type { Server } from 'node:https';
import { followTls, type TlsFiles } from '../composition/settings/tls-files.js';

/** Takes a renewed certificate into use, and on SIGHUP looks for one; returns what ends that. */
export function followCertificate(server: Server, files: TlsFiles): () => void {
  const { look, stop } = followTls(
    files,
    (next) => server.setSecureContext(next),
    (sentence) => console.error(sentence),
  );
  process.on('SIGHUP', look);
  return () => {
    process.off('SIGHUP', look);
    stop();
  };
}
