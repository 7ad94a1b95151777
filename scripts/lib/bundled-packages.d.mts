export interface BundledPackage {
  /** Below the project, as package-lock.json names it. */
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  readonly license?: unknown;
  readonly homepage?: string;
  readonly author?: unknown;
}

export function packageFolderOf(file: string): string | undefined;
export function bundledPackages(): readonly BundledPackage[];
export function listingProblems(
  bundled: readonly Pick<BundledPackage, 'folder' | 'name'>[],
  manifest: { readonly dependencies?: Readonly<Record<string, string>> },
  lock: { readonly packages: Readonly<Record<string, { readonly dev?: boolean }>> },
): readonly string[];
