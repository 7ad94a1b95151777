import { createHmac } from 'node:crypto';
import type { Deployment } from '../../core/terms/deployment';

/** Names that mean the same to all members of a team, and tell nobody else anything. */
export interface TeamKeys {
  arm(deployment: ArmOfTeam): string;
  /** Of a deployment that the configuration doesn't have any more: known to this member alone. */
  lostArm(deploymentId: string): string;
  pool(name: string): string;
  /** Of a decision or a judgement of this member. */
  id(own: string): string;
}

/** What an arm of the team is made of. */
export type ArmOfTeam = Pick<Deployment, 'provider' | 'model' | 'pricedAs' | 'options'>;

/**
 * Fields of a request's body that change nothing of an answer; some have a person's name in them. Two members whose
 * bodies differ in these alone have one arm.
 */
const idleFields: readonly string[] = [
  'user',
  'metadata',
  'safety_identifier',
  'prompt_cache_key',
  'prompt_cache_retention',
  'service_tier',
  'store',
  'tags',
];

/**
 * Keyed hashes. The salt is the team's: two teams have nothing in common, and who reads the database without having a
 * model, a pool's name or a decision at hand learns none of them. `secret` is this member's.
 */
export function teamKeys(salt: string, secret: string): TeamKeys {
  const team = (kind: string, what: string): string => digest(salt, `${kind}\n${what}`);
  const own = (kind: string, what: string): string => digest(secret, `${salt}\n${kind}\n${what}`);
  return {
    arm: (deployment) => team('arm', armText(deployment)),
    lostArm: (deploymentId) => own('arm', deploymentId),
    pool: (name) => team('pool', name),
    id: (id) => own('id', id),
  };
}

/** Vendor, model, and the settings that change its answers, in one way to write them. */
function armText({ provider, model, pricedAs, options }: ArmOfTeam): string {
  const { maxOutputTokens, temperature, reasoningEffort, extraBody = {} } = options;
  const body = Object.entries(extraBody).filter(([field]) => !idleFields.includes(field));
  return canonical({
    vendor: provider.toLowerCase(),
    // A name that somebody gave an endpoint says less than the model that it stands for.
    model: (pricedAs ?? model).toLowerCase(),
    maxOutputTokens,
    temperature,
    reasoningEffort,
    body: Object.fromEntries(body),
  });
}

/** JSON with the keys of every object in order, and without those that are undefined. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(',')}}`;
}

/** 96 bits. */
function digest(key: string, text: string): string {
  return createHmac('sha256', key).update(text).digest('base64url').slice(0, 16);
}
