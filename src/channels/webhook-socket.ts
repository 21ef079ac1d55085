import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { connect as connectTls, type SecureContext, type TLSSocket } from 'node:tls';
import { AddressRefused, isSameAddress, type Target } from './address-guard.js';

/** Maximum number of bytes received per attempt: TLS, headers and body together. */
export const mostBytes = 64 * 1024;

const bufferBytes = 4 * 1024;

/** A connection to one address that receives at most `mostBytes`. */
export interface Line {
  stream: TLSSocket | Duplex;
  /** Bytes received so far. */
  takenBytes(): number;
}

/**
 * Connects to one address of a target, and verifies its certificate for the target's host.
 *
 * @param trust the trusted certificates; Node's when undefined
 * @param signal destroys the connection in any state, now or later
 * @throws AddressRefused the peer has another address than the requested one
 */
export async function openLine(
  target: Target,
  address: string,
  trust: SecureContext | undefined,
  signal: AbortSignal,
): Promise<Line> {
  signal.throwIfAborted();
  const bounded = new Bounded(address, target.port);
  signal.addEventListener('abort', () => bounded.destroy(signal.reason));
  await once(bounded, 'connect');
  const reached = bounded.raw.remoteAddress;
  if (!isSameAddress(address, reached)) {
    bounded.destroy();
    throw new AddressRefused(`${target.host}, which was reached at ${reached ?? 'no address'}`, address);
  }
  const stream = target.isSecure ? await secured(bounded, target.host, trust) : bounded;
  return { stream, takenBytes: () => bounded.takenBytes };
}

async function secured(bounded: Bounded, host: string, trust?: SecureContext): Promise<TLSSocket> {
  const isLiteral = /^[\d.]+$|:/.test(host);
  const stream = connectTls({
    socket: bounded,
    host,
    ...(isLiteral ? {} : { servername: host }),
    ...(trust ? { secureContext: trust } : {}),
    ALPNProtocols: ['http/1.1'],
    minVersion: 'TLSv1.2',
  });
  stream.on('error', () => undefined);
  stream.on('close', () => bounded.destroy());
  bounded.on('error', (error) => stream.destroy(error));
  await once(stream, 'secureConnect');
  return stream;
}

/** A TCP connection that reads small chunks and fails at the limit; a plain socket reads 64 KiB at a time. */
class Bounded extends Duplex {
  readonly raw: Socket;
  takenBytes = 0;

  constructor(address: string, port: number) {
    super();
    const buffer = Buffer.alloc(bufferBytes);
    const callback = (length: number) => this.accept(Buffer.from(buffer.subarray(0, length)));
    this.raw = connect({ host: address, port, autoSelectFamily: false, onread: { buffer, callback } });
    this.raw.on('connect', () => this.emit('connect'));
    this.raw.on('end', () => this.push(null));
    this.raw.on('error', (error) => this.destroy(error));
    // Errors before the connection reject it; errors after the answer are irrelevant.
    this.on('error', () => undefined);
  }

  private accept(chunk: Buffer): boolean {
    this.takenBytes += chunk.length;
    if (this.takenBytes + bufferBytes <= mostBytes) return this.push(chunk);
    this.destroy(new Error(`it sent more than ${mostBytes / 1024} KiB`));
    return false;
  }

  override _read(): void {
    this.raw.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.raw.write(chunk, done);
  }

  override _final(done: () => void): void {
    this.raw.end(done);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.raw.destroy();
    done(error);
  }

  ref(): this {
    this.raw.ref();
    return this;
  }

  unref(): this {
    this.raw.unref();
    return this;
  }
}
