/**
 * All that the core takes from the platform that it runs on: the web's signals and addresses, which browsers, Node and
 * workers share. tsconfig.core.json compiles it with these instead of the types of any of them.
 */

interface AbortSignal {
  readonly aborted: boolean;
}

declare const AbortSignal: { any(signals: readonly AbortSignal[]): AbortSignal };

declare class AbortController {
  readonly signal: AbortSignal;
  abort(): void;
}

declare class URL {
  constructor(url: string);
  static canParse(url: string): boolean;
  readonly host: string;
  readonly hostname: string;
  readonly protocol: string;
  readonly pathname: string;
  readonly port: string;
  readonly username: string;
  readonly password: string;
  readonly searchParams: { get(name: string): string | null };
}
