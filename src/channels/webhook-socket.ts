import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { connect as connectTls, type SecureContext, type TLSSocket } from 'node:tls';
import { AddressRefused, isSameAddress, type Target } from './address-guard.js';

/** Bytes that are taken from a receiver in one attempt at most, of all that it sends: TLS, headers and body. */
export const mostBytes = 64 * 1024;

const bufferBytes = 4 * 1024;

/** A connection to one address that takes no byte more than `mostBytes`. */
export interface Line {
  stream: TLSSocket | Duplex;
  /** Bytes that came in until now. */
  takenBytes(): number;
}

/**
 * Connects to one address of a target, and checks its certificate against the host of the target.
 *
 * @param trust the certificates that are trusted; those that Node trusts when undefined
 * @param signal ends the connection, whatever state it is in, then or later
 * @throws AddressRefused the other end is not the address that was asked for
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

/** A TCP connection read in small pieces, which ends with an error at the limit; a plain socket takes 64 KiB at a time. */
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
    // Who waits for the connection hears of an error; one that comes after the answer concerns nobody.
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
