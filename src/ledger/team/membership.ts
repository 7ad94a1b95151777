import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { DatabasePlace } from '../../core/terms/database-place';

/** What the user agreed to that may go to one team. */
export interface Agreement {
  /** A sentence encoder's numbers, too. */
  readonly vectors: boolean;
  /** Over a connection that anyone on the way can read. */
  readonly open: boolean;
}

/** This machine, to one team. */
export interface Membership {
  readonly secret: string;
  /** Undefined: the user never agreed, or left. */
  readonly agreed: Agreement | undefined;
}

const stored = z.object({
  secret: z.uuid(),
  agreed: z.object({ vectors: z.boolean(), open: z.boolean() }).optional(),
});

/** Undefined where there is none, or none that can be read. */
export async function readMembership(folder: string, place: DatabasePlace): Promise<Membership | undefined> {
  try {
    const { secret, agreed } = stored.parse(JSON.parse(await readFile(fileOf(folder, place), 'utf8')));
    return { secret, agreed };
  } catch {
    return undefined;
  }
}

/** Keeps the member's secret where there is one: who comes back is who they were. */
export async function writeMembership(
  folder: string,
  place: DatabasePlace,
  agreed: Agreement | undefined,
): Promise<Membership> {
  const secret = (await readMembership(folder, place))?.secret ?? randomUUID();
  const membership = { secret, agreed };
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = fileOf(folder, place);
  const temporary = `${file}.${randomUUID()}`;
  const handle = await open(temporary, 'wx', 0o600);
  try {
    await handle.writeFile(JSON.stringify(membership));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, file);
  return membership;
}

/** Where it is kept what a team has to delete yet. */
export function forgetFileOf(folder: string, place: DatabasePlace): string {
  return path.join(folder, `${nameOf(place)}.forget`);
}

/** Where what a team learnt is kept, under names that begin with this. */
export function keptOf(
  folder: string,
  place: DatabasePlace,
): { readonly folder: string; readonly name: string } {
  return { folder: path.join(folder, 'learnt'), name: nameOf(place) };
}

/** True where all that the settings would send was agreed to. */
export function covers(agreed: Agreement | undefined, wanted: Agreement): agreed is Agreement {
  return agreed !== undefined && (agreed.vectors || !wanted.vectors) && (agreed.open || !wanted.open);
}

function fileOf(folder: string, place: DatabasePlace): string {
  return path.join(folder, `${nameOf(place)}.json`);
}

/** Another login or password is no other team. */
function nameOf({ host, port, database }: DatabasePlace): string {
  return createHash('sha256')
    .update(`${host}:${String(port)}/${database}`)
    .digest('hex')
    .slice(0, 24);
}
