import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { malformedProblem } from '../problems/malformed-request.js';

/** The ports of the request log. */
export interface LogPorts {
  /** The current instant, in UTC. */
  now(): string;
  /** A monotonic clock in milliseconds. */
  elapsedMs(): number;
  /** The prefix of this process's request ids, so that those of two starts differ. */
  run: string;
  /** Writes one line, without its end, without waiting. */
  write(line: string): void;
}

/** A request that has no answer yet. */
interface Open {
  id: string;
  begunMs: number;
  request: IncomingMessage;
  response: ServerResponse;
  /** The template of its route with its ids. */
  path: string;
  /** The status of an unreadable body, which no response knows. */
  refused?: number;
  /** The id of the person who signed in. */
  person?: string;
  /** The name of the problem that answers it. */
  refusal?: string;
}

/** A connection, with its requests in the order of their answers. */
interface Connection {
  open: Open[];
  /** The last request, answered or not. */
  last?: Open;
  /** Its bytes already assigned to lines. */
  toldBytes: number;
}

/** As in nginx: the client left before it was answered. */
const clientLeft = 499;

/** The pattern of an id; secrets, names and addresses sent instead mostly do not match. */
const id = /^[a-z0-9-]{1,64}$/;

/**
 * Writes one line of JSON for every request, once it is answered or its client left.
 *
 * A line has nothing that a client can choose freely: of the URL the template of its route and ids, of the headers
 * `Topout-By` if it is an id. So no query, token, name, mail address or webhook URL gets into it, and it is plain
 * ASCII.
 */
export class RequestLog {
  private readonly open = new WeakMap<IncomingMessage, Open>();
  private readonly connections = new WeakMap<Socket, Connection>();
  private count = 0;

  constructor(private readonly ports: LogPorts) {}

  /** Logs the requests of a server from now on; attach it before anything is answered. */
  watch(server: Server): void {
    const begin = (request: IncomingMessage, response: ServerResponse) => this.begin(request, response);
    server.prependListener('request', begin);
    server.prependListener('checkExpectation', begin);
    server.prependListener('clientError', (error, socket) => this.unread(error, socket as Socket));
  }

  /** The id in the line of a request. */
  idOf(request: IncomingMessage): string {
    return this.open.get(request)?.id ?? '-';
  }

  /**
   * Records the route of a request.
   *
   * @param template as fastify writes it, such as `/projects/:project`; undefined if there is none
   */
  routed(request: IncomingMessage, template: string | undefined, params: unknown = {}): void {
    const open = this.open.get(request);
    if (!open || template === undefined) return;
    open.path = template.includes(':') ? filled(template, params as Record<string, unknown>) : template;
  }

  /** Records who signed in. */
  signedIn(request: IncomingMessage, person: string): void {
    const open = this.open.get(request);
    if (open) open.person = person;
  }

  /** Records by which problem it is answered. */
  refused(request: IncomingMessage, refusal: string): void {
    const open = this.open.get(request);
    if (open) open.refusal = refusal;
  }

  private begin(request: IncomingMessage, response: ServerResponse): void {
    const { socket } = request;
    const connection = this.connectionOf(socket);
    const open: Open = { id: this.newId(), begunMs: this.ports.elapsedMs(), request, response, path: '-' };
    this.open.set(request, open);
    connection.open.push(open);
    connection.last = open;
    // Before Node sends the next answer, whose bytes belong to another line.
    response.prependOnceListener('finish', () => {
      if (!connection.open.includes(open)) return;
      connection.open.splice(connection.open.indexOf(open), 1);
      this.end(open, response.statusCode, this.bytesOf(connection, socket));
    });
  }

  private connectionOf(socket: Socket): Connection {
    const known = this.connections.get(socket);
    if (known) return known;
    const connection: Connection = { open: [], toldBytes: socket.bytesWritten };
    this.connections.set(socket, connection);
    socket.once('close', () => {
      for (const open of connection.open.splice(0)) {
        // A response that waits behind another one has no connection yet.
        const { headersSent, socket: its } = open.response;
        const status = open.refused ?? (headersSent && its ? open.response.statusCode : clientLeft);
        this.end(open, status, this.bytesOf(connection, socket));
      }
    });
    return connection;
  }

  /** Bytes that the parser could not read: of a request that had begun, or of none. */
  private unread(error: Error, socket: Socket): void {
    const problem = malformedProblem(error, socket);
    if (!problem) return;
    const { status } = problem;
    const connection = this.connectionOf(socket);
    const { last } = connection;
    if (last && !last.request.complete) {
      if (!last.response.headersSent) last.refused = status;
      return;
    }
    // Bytes after the last request of a connection are not a request.
    if (!socket.writable) return;
    const begunMs = this.ports.elapsedMs();
    socket.once('close', () => {
      const bytes = this.bytesOf(connection, socket);
      this.write({ id: this.newId(), method: '-', path: '-', status, begunMs, bytes, by: '-' });
    });
  }

  private bytesOf(connection: Connection, socket: Socket): number {
    const { toldBytes } = connection;
    connection.toldBytes = socket.bytesWritten;
    return connection.toldBytes - toldBytes;
  }

  private newId(): string {
    this.count += 1;
    return `${this.ports.run}-${this.count.toString(36)}`;
  }

  private end(open: Open, status: number, bytes: number): void {
    const { id, begunMs, request, path, person, refusal } = open;
    const { method = '-', headers } = request;
    const by = person ?? principalOf(headers['topout-by']);
    this.write({ id, method, path, status, begunMs, bytes, by, ...(refusal ? { refusal } : {}) });
  }

  private write({ begunMs, ...line }: Omit<Line, 'time' | 'ms'> & { begunMs: number }): void {
    const { id, method, path, status, bytes, by, refusal } = line;
    const ms = Math.round((this.ports.elapsedMs() - begunMs) * 10) / 10;
    const why = refusal === undefined ? {} : { refusal };
    const whole: Line = { time: this.ports.now(), id, method, path, status, ms, bytes, by, ...why };
    this.ports.write(JSON.stringify(whole));
  }
}

/** One line, in the order of its members. */
interface Line {
  /** When the answer was sent, in UTC. */
  time: string;
  id: string;
  method: string;
  path: string;
  status: number;
  /** From the head of the request until the answer was sent. */
  ms: number;
  /** Of the whole answer, including its head. */
  bytes: number;
  by: string;
  /** The name of the problem of a request that was refused. */
  refusal?: string;
}

function principalOf(by: string | string[] | undefined): string {
  if (by === undefined) return 'anonymous';
  return typeof by === 'string' && id.test(by) ? by : '-';
}

/** A template with the values of those parameters that are ids; others keep their name. */
function filled(template: string, params: Readonly<Record<string, unknown>>): string {
  return template.replace(/:([A-Za-z]+)/g, (name, member: string) => {
    const value = params[member];
    return typeof value === 'string' && id.test(value) ? value : name;
  });
}
