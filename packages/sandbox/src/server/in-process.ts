import http from 'node:http';
import https from 'node:https';
import { type Duplex, duplexPair } from 'node:stream';
import { pretendSocket } from './pretend-socket.ts';
import { type ServeOptions, serve } from './serve.ts';

/** The way for real HTTP clients into an emulator in the same process: no port, no TCP. */
export interface InProcess {
  /** A plain-http origin to use as the client's base address; its host name is resolved by nobody. */
  readonly origin: string;
  /** For clients over node:http: `new Client({ basePath: origin, httpAgent })` of @hubspot/api-client. */
  readonly httpAgent: http.Agent;
  /** The same for clients that insist on an `https:` address. Nothing is encrypted. */
  readonly httpsAgent: https.Agent;
  /** For clients over undici: `new undici.Agent({ connect: undiciConnect })`. */
  readonly undiciConnect: (options: unknown, callback: (error: Error | null, socket: Duplex | null) => void) => void;
  /** One new connection to the server: for an agent of your own, `Object.assign(new http.Agent(), { createConnection: connect })`. */
  connect(options?: { readonly timeout?: number | undefined }): Duplex;
  /** Ends every connection, hung ones too. */
  close(): void;
}

/** Opens the in-process way to an emulator: the server that `listen` would open, driven over pairs of streams. */
export function inProcess(options: ServeOptions): InProcess {
  const server = serve(options);
  const open = new Set<Duplex>();
  const connect: InProcess['connect'] = (wanted = {}) => {
    const [near, far] = duplexPair();
    for (const [end, other] of [
      [near, far],
      [far, near],
    ] as const) {
      pretendSocket(end, end === near ? (wanted.timeout ?? 0) : 0);
      open.add(end);
      end.once('close', () => {
        open.delete(end);
        other.destroy();
      });
    }
    server.emit('connection', far);
    return near;
  };
  const agentOptions = { keepAlive: true, maxSockets: 64 };
  return {
    origin: `http://${options.emulator.crm}.sandbox.invalid`,
    httpAgent: Object.assign(new http.Agent(agentOptions), { createConnection: connect }) as http.Agent,
    httpsAgent: Object.assign(new https.Agent(agentOptions), { createConnection: connect }) as unknown as https.Agent,
    // undici holds requests back until the callback comes on a later turn
    undiciConnect: (_options, callback) => void setImmediate(() => callback(null, connect())),
    connect,
    close() {
      for (const stream of open) stream.destroy();
      server.close();
    },
  };
}
