import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Fact } from '../../core/stats/fact-of';
import { tellingFact } from '../../core/stats/fact-of';
import type { Money } from '../../core/terms/facts';
import { factOutcomes } from '../../core/terms/facts';
import { usageStandings } from '../../core/terms/savings';
import { sumKinds, thumbs } from './schema';
import { noModel, offerText } from './usage-groups';
import { bitsOf } from './told-bits';

/** A pause of this length ends a session. */
const sessionPauseMs = 30 * 60_000;

/** Writes facts in the place of what was known of their decisions. Only within a transaction. */
export interface FactWriter {
  write(facts: readonly Fact[]): void;
}

export function createFactWriter(database: DatabaseSync): FactWriter {
  const insertFact = insert(database, 'fact');
  const insertPull = insert(database, 'pull');
  const insertFailure = insert(database, 'failed_call');
  const insertRival = insert(database, 'rival');
  const insertUsed = insert(database, 'used');
  const insertDuel = insert(database, 'duel');
  const forgetPulls = database.prepare('DELETE FROM pull WHERE sequence = ?');
  const forgetFailures = database.prepare('DELETE FROM failed_call WHERE sequence = ?');
  const forgetUsed = database.prepare('DELETE FROM used WHERE sequence = ?');
  const forgetDuels = database.prepare('DELETE FROM duel WHERE sequence = ?');
  const before = database.prepare(
    'SELECT at_ms, session FROM fact WHERE sequence < ? ORDER BY sequence DESC LIMIT 1',
  );
  const nameOf = database.prepare('SELECT id FROM name WHERE kind = ? AND text = ?');
  const addName = database.prepare('INSERT INTO name (kind, text) VALUES (?, ?)');

  const codes = new Map<string, number>();

  function code(kind: string, text: string): number {
    const key = `${kind} ${text}`;
    const known = codes.get(key);
    if (known !== undefined) return known;
    const stored = nameOf.get(kind, text)?.['id'];
    const made = Number(stored ?? addName.run(kind, text).lastInsertRowid);
    codes.set(key, made);
    return made;
  }

  function sessionOf(sequence: number, atMs: number): number {
    const previous = before.get(sequence);
    const goesOn = previous !== undefined && atMs - Number(previous['at_ms']) <= sessionPauseMs;
    return goesOn ? Number(previous['session']) : sequence;
  }

  function write(fact: Fact): void {
    const { sequence, atMs } = fact;
    const dimensions = [
      code('pool', fact.pool),
      code('origin', fact.origin),
      code('workspace', fact.workspace ?? ''),
      code('task', fact.task),
    ];
    forgetPulls.run(sequence);
    forgetFailures.run(sequence);
    forgetUsed.run(sequence);
    forgetDuels.run(sequence);
    insertFact.run(
      ...[sequence, fact.decisionId, atMs, ...dimensions],
      ...[fact.domain, fact.conversationId, sessionOf(sequence, atMs)],
      ...[fact.phase, fact.poolSequence, fact.switchAfter, fact.preset],
      code('model', fact.chosen),
      fact.answeredBy === undefined ? null : code('model', fact.answeredBy),
      ...[factOutcomes.indexOf(fact.outcome), fact.failure ?? null],
      ...[fact.explored, fact.chosenByUser, fact.sticky, fact.repeated].map(Number),
      fact.stuckWith === undefined ? null : code('model', fact.stuckWith),
      ...[Number(fact.learning), fact.calls, ...moneyColumns(fact.money)],
      ...[fact.inputTokens, fact.outputTokens, fact.cachedTokens].map(orNull),
      ...[fact.firstTokenMs, fact.totalMs].map(orNull),
      ...[thumbs.indexOf(fact.thumb), orNull(fact.quality01), fact.qualityWeight],
      ...tellingColumns(fact.quality01, fact.qualityWeight),
      orNull(fact.judged01),
      ...[orNull(fact.predicted01), orNull(fact.predictedUsd), fact.propensity],
      ...[fact.expected?.dearestUsd, fact.expected?.cheapestUsd, fact.expected?.meanUsd].map(orNull),
    );
    for (const pull of fact.pulls)
      insertPull.run(
        ...[sequence, code('model', pull.model), atMs, ...dimensions],
        ...[Number(pull.answered), Number(pull.came), pull.failed, ...moneyColumns(pull.money)],
        ...[orNull(pull.firstTokenMs), stepOf(pull.firstTokenMs)],
        ...[Number(pull.thumb === 'up'), Number(pull.thumb === 'down')],
        ...tellingColumns(pull.evidence?.quality, pull.evidence?.weight ?? 0),
        ...[bitsOf(pull.told), bitsOf(pull.counted)],
      );
    for (const failure of fact.failures)
      insertFailure.run(
        ...[sequence, code('model', failure.model), failure.atMs, atMs, ...dimensions],
        ...[failure.reason, Number(failure.local)],
      );
    for (const { model, otherDecisionId, won } of fact.duels)
      insertDuel.run(
        ...[sequence, code('model', model), otherDecisionId, fact.decisionId, Number(won), atMs],
        ...dimensions,
      );
    writeUsed(fact);
    writeRivals(fact);
  }

  function writeRivals(fact: Fact): void {
    const { sequence, atMs, pool, origin, workspace, task, chosen, quality01, qualityWeight } = fact;
    const told = qualityWeight < tellingFact ? undefined : quality01;
    for (const { model, probability, quality01: own01, chosenQuality01, known } of fact.rivals)
      insertRival.run(
        ...[code('pool', pool), code('model', model), code('model', chosen), sequence, atMs],
        ...[code('origin', origin), code('workspace', workspace ?? ''), code('task', task)],
        ...[Number(fact.ownDraw), probability, own01, chosenQuality01, orNull(told)],
        ...[known?.doubt, known?.chosenDoubt].map(orNull),
        ...[known?.learnt, known?.figures, known?.word, known?.level].map(orNull),
      );
  }

  function writeUsed({ sequence, atMs, pool, task, origin, workspace, used }: Fact): void {
    const calls = used.calls.length === 0 ? [undefined] : used.calls;
    for (const [index, call] of calls.entries()) {
      const first = index === 0;
      insertUsed.run(
        ...[code('pool', pool), code('task', task), code('offer', offerText(used.offer))],
        call === undefined ? noModel : code('model', call.model),
        ...[usageStandings.indexOf(used.standing), sequence, index, atMs],
        ...[code('origin', origin), code('workspace', workspace ?? ''), Number(call !== undefined)],
        ...[call?.input, call?.cached, call?.written, call?.writtenForAnHour].map((each) => each ?? 0),
        ...[call?.output, call?.reasoning, call?.receiptUsd].map((each) => each ?? 0),
        ...(first ? [1, used.paidUsd, used.judgingUsd, used.judgingUnpriced] : [0, 0, 0, 0]),
      );
    }
  }

  return {
    write: (facts) => {
      // Another window may have begun the file anew since.
      codes.clear();
      for (const fact of facts) write(fact);
    },
  };
}

/** Its values are those of all columns, in the order of the schema. */
function insert(database: DatabaseSync, table: string): StatementSync {
  const columns = database.prepare('SELECT name FROM pragma_table_info(?)').all(table);
  const places = columns.map(() => '?').join(', ');
  return database.prepare(`INSERT OR REPLACE INTO ${table} VALUES (${places})`);
}

function orNull(value: number | undefined): number | null {
  return value ?? null;
}

function moneyColumns({ usd, kind, priced, unpriced }: Money): readonly number[] {
  return [usd, sumKinds.indexOf(kind), priced, unpriced];
}

function tellingColumns(quality01: number | undefined, weight: number): readonly (number | null)[] {
  return quality01 === undefined || weight < tellingFact ? [null, null] : [weight, weight * quality01];
}

/** Of 10·log10; less than a millisecond is as one. */
function stepOf(ms: number | undefined): number | null {
  return ms === undefined ? null : Math.floor(10 * Math.log10(Math.max(1, ms)));
}
