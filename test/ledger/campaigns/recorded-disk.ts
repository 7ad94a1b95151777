/** What a process did to a disk, as strace recorded it, and what a power cut leaves of it. */
export type DiskEvent =
  | { readonly kind: 'write'; readonly file: number; readonly offset: number; readonly data: Buffer }
  | { readonly kind: 'truncate'; readonly file: number; readonly size: number }
  | { readonly kind: 'sync'; readonly file: number }
  /** A name begins to mean a file, or none. */
  | { readonly kind: 'name'; readonly path: string; readonly file: number | undefined }
  | { readonly kind: 'sync-folder' }
  /** A line of the process's output. */
  | { readonly kind: 'said'; readonly line: string };

export const straceArguments: readonly string[] = [
  '-f',
  '-y',
  '-xx',
  '-s',
  '10000000',
  '-e',
  'trace=openat,write,pwrite64,fsync,fdatasync,ftruncate,unlink,unlinkat,rename,renameat,renameat2,link,linkat',
];

/** The events in `folder` of a log of strace, in the order in which the calls ended. Throws for what it doesn't know. */
export function eventsOf(log: string, folder: string): readonly DiskEvent[] {
  const events: DiskEvent[] = [];
  const names = new Map<string, number>();
  const sizes = new Map<number, number>();
  let files = 0;
  const inFolder = (path: string): boolean => path.startsWith(folder);

  function named(path: string, file: number | undefined): void {
    if (file === undefined) names.delete(path);
    else names.set(path, file);
    events.push({ kind: 'name', path, file });
  }

  function written(path: string, data: Buffer, at?: number): void {
    const file = names.get(path);
    if (file === undefined) return;
    const offset = at ?? sizes.get(file) ?? 0;
    sizes.set(file, Math.max(sizes.get(file) ?? 0, offset + data.length));
    events.push({ kind: 'write', file, offset, data });
  }

  function truncated(path: string, size: number): void {
    const file = names.get(path);
    if (file === undefined) return;
    sizes.set(file, size);
    events.push({ kind: 'truncate', file, size });
  }

  for (const { name, texts, fd, numbers, result } of callsIn(log)) {
    if (result < 0) continue;
    const [first = '', second = ''] = texts.map((text) => text.toString());
    switch (name) {
      case 'openat':
        if (!inFolder(first) || numbers.includes('O_DIRECTORY')) break;
        if (!names.has(first) && numbers.includes('O_CREAT')) named(first, files++);
        if (numbers.includes('O_TRUNC')) truncated(first, 0);
        break;
      case 'write':
        if (fd?.number === 1) events.push(...linesOf(first));
        else if (fd !== undefined && inFolder(fd.path))
          written(fd.path, (texts[0] ?? Buffer.of()).subarray(0, result));
        break;
      case 'pwrite64':
        if (fd !== undefined && inFolder(fd.path))
          written(
            fd.path,
            (texts[0] ?? Buffer.of()).subarray(0, result),
            Number(/(\d+)\s*$/.exec(numbers)?.[1]),
          );
        break;
      case 'ftruncate':
        if (fd !== undefined) truncated(fd.path, Number(/(\d+)\s*$/.exec(numbers)?.[1]));
        break;
      case 'fsync':
      case 'fdatasync': {
        if (fd === undefined || !inFolder(fd.path)) break;
        const file = names.get(fd.path);
        events.push(file === undefined ? { kind: 'sync-folder' } : { kind: 'sync', file });
        break;
      }
      case 'unlink':
      case 'unlinkat':
        if (names.has(first)) named(first, undefined);
        break;
      case 'link':
      case 'linkat':
        if (names.has(first)) named(second, names.get(first));
        break;
      case 'rename':
      case 'renameat':
      case 'renameat2':
        if (!names.has(first)) break;
        named(second, names.get(first));
        named(first, undefined);
        break;
      default:
        throw new Error(`strace recorded ${name}.`);
    }
  }
  return events;
}

function linesOf(text: string): readonly DiskEvent[] {
  return text.split('\n').flatMap((line): DiskEvent[] => (line === '' ? [] : [{ kind: 'said', line }]));
}

interface Call {
  readonly name: string;
  readonly fd: { readonly number: number; readonly path: string } | undefined;
  /** In quotes. */
  readonly texts: readonly Buffer[];
  /** Everything that isn't in quotes. */
  readonly numbers: string;
  readonly result: number;
}

function* callsIn(log: string): Generator<Call> {
  const begun = new Map<string, string>();
  for (const line of log.split('\n')) {
    const [, thread = '', rest = ''] = /^(\d+)\s+(.*)$/.exec(line) ?? [];
    const unfinished = / <unfinished \.\.\.>$/.exec(rest);
    if (unfinished !== null) {
      begun.set(thread, rest.slice(0, unfinished.index));
      continue;
    }
    const resumed = /^<\.\.\. \w+ resumed>/.exec(rest);
    const whole = resumed === null ? rest : `${begun.get(thread) ?? ''}${rest.slice(resumed[0].length)}`;
    const call = /^(\w+)\((.*)\)\s+= (-?\d+)/.exec(whole);
    if (call === null) continue;
    const [, name = '', args = '', result = ''] = call;
    const fd = /^(\d+)<([^>]*)>/.exec(args);
    yield {
      name,
      fd: fd === null ? undefined : { number: Number(fd[1]), path: bytesOf(fd[2] ?? '').toString() },
      texts: [...args.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map(([, hex = '']) => bytesOf(hex)),
      numbers: args.replaceAll(/"[^"]*"|<[^>]*>/g, ''),
      result: Number(result),
    };
  }
}

function bytesOf(hex: string): Buffer {
  return Buffer.from(hex.replaceAll('\\x', ''), 'hex');
}

/** Number in 0 to `below` - 1. */
export type Draw = (below: number) => number;

const sector = 512;

/**
 * The files that are there after a power cut before event `cut`, by their names. What was not synced is dropped, torn at a
 * sector, or there, in any order; names are as they were at the last sync of a folder, or at a later moment.
 */
export function afterPowerCut(
  events: readonly DiskEvent[],
  cut: number,
  draw: Draw,
): ReadonlyMap<string, Buffer> {
  const past = events.slice(0, cut);
  const synced = past.findLastIndex(({ kind }) => kind === 'sync-folder') + 1;
  const namesUntil = synced + draw(past.length - synced + 1);
  const names = new Map<string, number>();
  for (const event of past.slice(0, namesUntil)) {
    if (event.kind !== 'name') continue;
    if (event.file === undefined) names.delete(event.path);
    else names.set(event.path, event.file);
  }
  return new Map([...names].map(([path, file]) => [path, contentOf(past, file, draw)]));
}

function contentOf(past: readonly DiskEvent[], file: number, draw: Draw): Buffer {
  const own = past.filter((event) => 'file' in event && event.kind !== 'name' && event.file === file);
  const durable = own.findLastIndex(({ kind }) => kind === 'sync') + 1;
  let content = Buffer.alloc(0);
  const apply = (event: DiskEvent, share = Infinity): void => {
    if (event.kind === 'truncate') {
      const sized = Buffer.alloc(event.size);
      content.copy(sized);
      content = sized;
    } else if (event.kind === 'write') {
      const data = event.data.subarray(0, Math.min(event.data.length, share));
      const sized = Buffer.alloc(Math.max(content.length, event.offset + data.length));
      content.copy(sized);
      data.copy(sized, event.offset);
      content = sized;
    }
  };
  for (const event of own.slice(0, durable)) apply(event);
  const pending = own.slice(durable);
  const isShuffled = draw(2) === 0;
  while (pending.length > 0) {
    const [event] = pending.splice(isShuffled ? draw(pending.length) : 0, 1);
    if (event === undefined) break;
    const fate = draw(4);
    if (fate === 0) continue;
    if (fate === 1) apply(event, sector * draw(9));
    else apply(event);
  }
  return content;
}
