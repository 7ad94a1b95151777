import { z } from 'zod';
import { breakerSchema } from './breaker';

/** Messages between the extension host and the doctor. Both sides parse what they get: neither trusts the other. */

/** A short text, and whether it says that something is missing. */
const markedSchema = z.object({ text: z.string(), good: z.boolean() });

const doctorCheckSchema = z.object({
  state: z.enum(['none', 'running', 'passed', 'failed', 'cancelled']),
  /** "gpt-4o-mini answered, first token after 420 ms, $0.0001." */
  text: z.string(),
  /** What the user can do, with the command that does it. */
  advice: z.string().optional(),
  action: z.enum(['set-key', 'open-configuration']).optional(),
});

const doctorModelSchema = z.object({
  /** What a command names it by; `name` is what is shown. */
  id: z.string(),
  name: z.string(),
  provider: z.string(),
  host: z.string(),
  model: z.string(),
  key: markedSchema,
  price: markedSchema,
  breaker: breakerSchema.optional(),
  /** "key refused, 10:42:07"; absent: none in this session. */
  lastError: z.string().optional(),
  /** "expected to fail: 38 % (server error, 10:42:07)", and what to do; absent: nothing speaks against it. */
  doubt: z.string().optional(),
  requests: z.number(),
  quality: z.string(),
  cost: z.string(),
  check: doctorCheckSchema,
});

const doctorPoolSchema = z.object({
  pool: z.string(),
  simulated: z.boolean(),
  /** Requests go to it. */
  inUse: z.boolean(),
  models: z.array(doctorModelSchema),
  questions: z.array(z.object({ question: z.string(), answers: z.array(z.string()) })),
});

const factSchema = z.object({ name: z.string(), value: z.string() });

export const toDoctorSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('failed'), text: z.string() }),
  z.object({
    type: z.literal('doctor'),
    pools: z.array(doctorPoolSchema),
    groups: z.array(z.object({ title: z.string(), facts: z.array(factSchema) })),
    problems: z.array(z.object({ severity: z.enum(['error', 'warning']), text: z.string() })),
    log: z.array(z.object({ time: z.string(), severity: z.enum(['error', 'warning']), text: z.string() })),
    checks: z.object({
      running: z.boolean(),
      /** "2 of 5 checked."; empty before the first check. */
      text: z.string(),
    }),
  }),
]);

export const fromDoctorSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('refresh') }),
  z.object({ type: z.literal('check'), model: z.string() }),
  z.object({ type: z.literal('check-all') }),
  z.object({ type: z.literal('cancel') }),
  z.object({ type: z.literal('reset-breaker'), model: z.string() }),
  /** Opens the problem at this place of the list, at its line. */
  z.object({ type: z.literal('open-problem'), index: z.number() }),
  z.object({ type: z.literal('copy') }),
  z.object({ type: z.literal('save') }),
  z.object({
    type: z.literal('command'),
    command: z.enum(['set-key', 'open-configuration', 'show-log', 'show-stats']),
  }),
]);

export type DoctorModel = z.infer<typeof doctorModelSchema>;
export type Fact = z.infer<typeof factSchema>;
export type DoctorPool = z.infer<typeof doctorPoolSchema>;
export type ToDoctor = z.infer<typeof toDoctorSchema>;
export type FromDoctor = z.infer<typeof fromDoctorSchema>;
