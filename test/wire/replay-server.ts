import type { Vendor, WireServer } from './wire-server';
import { startWireServer } from './wire-server';

/** Takes any request, at any path, and answers with the bytes that it is told to. */
const replay: Vendor = {
  base: '',
  intercept: () => undefined,
  encode: () => ({ beginning: [], end: [] }),
};

/** A local server for fixtures of whatever protocol. */
export function startReplayServer(): Promise<WireServer> {
  return startWireServer(replay);
}
