import type { AddressInfo } from 'node:net';
import { type ServeOptions, serve } from './serve.ts';

/** A server that is listening, and how to stop it. */
export interface Listening {
  /** For example `http://127.0.0.1:8801`. */
  readonly origin: string;
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves an emulator over HTTP on the loopback address only. Port 0, the default, takes any free one.
 * Rejects with one clear sentence when the port is in use.
 */
export async function listen(options: ServeOptions & { readonly port?: number }): Promise<Listening> {
  const server = serve(options);
  const wanted = options.port ?? 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explained(error, wanted)));
    server.listen(wanted, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function explained(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code !== 'EADDRINUSE') return error;
  return new Error(`Port ${port} is in use: stop what listens there, or choose another port.`, { cause: error });
}
