import { isLoopback } from './host';

/**
 * How a connection is protected. `disable`: not at all; `verify-ca`: by a certificate that somebody trusted signed,
 * whatever name is in it; `verify-full`: by one of the server's own name. `require` is taken for that, too: without a
 * look at the certificate anyone on the way can read along.
 */
const sslModes = ['disable', 'require', 'verify-ca', 'verify-full'] as const;
export type SslMode = (typeof sslModes)[number];

/** Where a team's database is, and how it is spoken to. */
export interface DatabasePlace {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  /** '': none in the address. */
  readonly password: string;
  readonly sslMode: SslMode;
  /** Path of a file with the certificates of who may have signed the server's; absent: those that the system trusts. */
  readonly authority?: string | undefined;
  /** On this machine. */
  readonly local: boolean;
}

/**
 * A `postgres://user:password@host:port/database` address. Its `sslmode` is verify-full where none is written, but on this
 * machine disable; `sslrootcert` names the file of certificates. Undefined where it isn't such an address: one without a
 * user would have the login name of whoever is at the machine sent.
 */
export function databasePlace(text: string): DatabasePlace | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^postgres(ql)?:$/.test(url.protocol) || url.hostname === '') return undefined;
  const local = isLoopback(text);
  const [database, user, password] = [url.pathname.slice(1), url.username, url.password].map(decoded);
  const sslMode = modeOf(url.searchParams.get('sslmode'), local);
  if (!database || !user || password === undefined || sslMode === undefined) return undefined;
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? 5432 : Number(url.port),
    database,
    user,
    password,
    sslMode,
    authority: url.searchParams.get('sslrootcert') ?? undefined,
    local,
  };
}

/** For people: without the password and what stands behind a "?". */
export function shownDatabase(text: string): string {
  const place = databasePlace(text);
  if (place === undefined) return '***';
  const host = place.host.includes(':') ? `[${place.host}]` : place.host;
  return `postgres://${place.user}@${host}:${String(place.port)}/${place.database}`;
}

/** True where anyone on the way can read what goes there. */
export function isOpenToOthers({ sslMode, local }: DatabasePlace): boolean {
  return sslMode === 'disable' && !local;
}

function modeOf(written: string | null, local: boolean): SslMode | undefined {
  if (written === null) return local ? 'disable' : 'verify-full';
  return sslModes.find((mode) => mode === written);
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
