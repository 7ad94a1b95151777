import type { Socket } from 'node:net';
import { connect, createServer } from 'node:net';

/** A stretch of network before a server on this machine, which can be cut. */
export interface CutProxy {
  readonly port: number;
  /** Ends all connections, and takes none. */
  cut(): void;
  mend(): void;
  /** All that went to the server. */
  sent(): Buffer;
  close(): Promise<void>;
}

export async function startCutProxy(serverPort: number): Promise<CutProxy> {
  const sockets = new Set<Socket>();
  const sent: Buffer[] = [];
  let isCut = false;
  const server = createServer((from) => {
    if (isCut) return void from.destroy();
    const to = connect(serverPort, '127.0.0.1');
    for (const socket of [from, to]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        from.destroy();
        to.destroy();
      });
    }
    from.on('data', (chunk: Buffer) => {
      sent.push(chunk);
      to.write(chunk);
    });
    to.pipe(from);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The port has no number.');
  const cut = (): void => {
    isCut = true;
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: address.port,
    cut,
    mend: () => void (isCut = false),
    sent: () => Buffer.concat(sent),
    close: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
