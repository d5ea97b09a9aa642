import type { Duplex } from 'node:stream';

/**
 * Gives a stream the socket methods that node:http and undici call on a connection. Only `setTimeout` does anything:
 * the stream emits `timeout` after that many milliseconds of real time without traffic, as a socket does. `timeoutMs`
 * sets it from the start; 0 is never.
 */
export function pretendSocket(stream: Duplex, timeoutMs = 0): void {
  let timer: NodeJS.Timeout | undefined;
  let idleMs = timeoutMs;
  const restart = () => {
    clearTimeout(timer);
    if (idleMs > 0) timer = setTimeout(() => stream.emit('timeout'), idleMs).unref();
  };
  const { write, push } = stream;
  Object.assign(stream, {
    write(...args: Parameters<typeof write>) {
      if (idleMs > 0) restart();
      return write.apply(stream, args);
    },
    push(...args: Parameters<typeof push>) {
      if (idleMs > 0) restart();
      return push.apply(stream, args);
    },
    setTimeout(ms: number, onTimeout?: () => void) {
      idleMs = ms;
      if (onTimeout !== undefined) {
        if (ms > 0) stream.once('timeout', onTimeout);
        else stream.removeListener('timeout', onTimeout);
      }
      restart();
      return stream;
    },
    setKeepAlive: () => stream,
    setNoDelay: () => stream,
    ref: () => stream,
    unref: () => stream,
    remoteAddress: '127.0.0.1',
  });
  restart();
  stream.once('close', () => clearTimeout(timer));
}
