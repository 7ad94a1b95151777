import type { Configuration } from '../core/terms/configuration';
import { onTheDayOf } from '../core/terms/dates';
import type { Deployment } from '../core/terms/deployment';
import type { AnswerJudge, JudgeDoor, WholeAnswer } from '../core/terms/judging';
import type { AnswerOfModel } from '../core/terms/observation';
import type { Breakers, KeyRing, Random } from '../core/terms/ports';
import type { JobParts, JudgeJob } from './judge-job';
import { runJob } from './judge-job';
import { createJudgeQueue } from './judge-queue';
import type { KeptAnswer } from './kept-answers';
import { createKeptAnswers, keptMs } from './kept-answers';
import type { JudgeChoice } from './kinship';
import { judgeOf } from './kinship';
import type { Sampler } from './sampler';
import { createSampler } from './sampler';
import { valueOfVerdict } from './value-of-verdict';

export interface JudgeParts extends JobParts {
  readonly configuration: () => Promise<Configuration>;
  readonly keys: KeyRing;
  readonly breakers: Breakers;
  readonly random: Random;
  /** False while the user has paused learning. */
  readonly learning: () => boolean;
  /** Runs something when the editor has nothing more urgent to do. */
  readonly later: (run: () => void) => void;
}

/**
 * Judges a part of the answers in the background, one at a time: those that the user rates first, and of the others as
 * many as the configuration says. Whatever goes wrong ends in no verdict, and is in the log.
 */
export function createJudge(parts: JudgeParts): (door: JudgeDoor) => AnswerJudge {
  return (door) => {
    const kept = createKeptAnswers(() => parts.clock.nowMs());
    const stop = new AbortController();
    const queue = createJudgeQueue<JudgeJob>((job) => quietly(() => run(job)));
    let sampler: { readonly rate: number; readonly sampler: Sampler } | undefined;

    async function quietly(work: () => Promise<void>): Promise<void> {
      try {
        await work();
      } catch (error) {
        // The ledger's words name its file; nothing of a question is in them.
        const detail = error instanceof Error ? error.message : 'unknown';
        parts.log.warn(`An answer was not judged: ${detail}`);
      }
    }

    function samplerFor(rate: number): Sampler {
      if (sampler?.rate !== rate) sampler = { rate, sampler: createSampler(rate, parts.random) };
      return sampler.sampler;
    }

    /** Draws an answer where it may be judged at all, and keeps it where a rating may come. */
    async function offer(answer: WholeAnswer): Promise<void> {
      const configuration = await parts.configuration();
      if (!mayJudge(configuration, answer)) return;
      const choice = await choiceFor([answer], configuration);
      if (choice === undefined || isBudgetSpent(configuration)) return;
      const draw = samplerFor(configuration.judge.sampleRate).draw(
        valueOfVerdict(answer.decision, answer.deploymentId),
      );
      const each = { answer, probability: draw.probability, atMs: parts.clock.nowMs() };
      kept.keep(each);
      if (draw.taken) judge(each, false);
    }

    function mayJudge(
      { judge: { enabled, models } }: Configuration,
      { decision: { learning } }: WholeAnswer,
    ): boolean {
      return enabled && models.length > 0 && learning !== false && parts.learning() && !stop.signal.aborted;
    }

    function isBudgetSpent({ judge: { dailyBudgetUsd } }: Configuration): boolean {
      const spent = door.judgingUsd(onTheDayOf(parts.calendar, parts.clock.nowMs()));
      return spent > 0 && spent >= dailyBudgetUsd;
    }

    /** Who judges these; undefined where nobody may, or whoever may can't be asked now. */
    async function choiceFor(
      answers: readonly WholeAnswer[],
      { pools, judge: { models } }: Configuration,
    ): Promise<JudgeChoice | undefined> {
      const all = pools.flatMap(({ deployments }) => deployments);
      const byId = new Map<string, Deployment>(all.map((each) => [each.id, each]));
      const judged = answers.flatMap(({ deploymentId, servedModel }) => {
        const deployment = byId.get(deploymentId);
        return deployment === undefined ? [] : [{ deployment, servedModel }];
      });
      const pretended = judged.some(({ deployment: { protocol } }) => protocol === 'simulated');
      if (judged.length < answers.length || pretended) return undefined;
      const judges = models.flatMap((id) => byId.get(id) ?? []);
      const choice = judgeOf(
        judges.filter(({ protocol }) => protocol !== 'simulated'),
        judged,
      );
      if (choice === undefined || parts.breakers.stateOf(choice.judge.id) === 'open') return undefined;
      return (await parts.keys.keyFor(choice.judge)) === undefined ? undefined : choice;
    }

    /** Puts an answer into the queue, with another one to the same question where there is one. */
    function judge(each: KeptAnswer, rated: boolean): void {
      kept.drop(each.answer);
      const rival = kept.rivalOf(each);
      if (rival !== undefined) kept.drop(rival.answer);
      queue.add(
        {
          kept: rated ? { ...each, probability: 1 } : each,
          rival: rival && { ...rival, probability: rated ? 1 : eitherOf(rival, each) },
        },
        rated,
      );
    }

    function rate(answer: AnswerOfModel): void {
      const each = kept.find(answer);
      if (each !== undefined) judge(each, true);
      else queue.promote(({ kept: own, rival }) => isOf(answer, own) || isOf(answer, rival));
    }

    async function run(job: JudgeJob): Promise<void> {
      const configuration = await parts.configuration();
      const { kept: each, rival } = job;
      const late = each.atMs < parts.clock.nowMs() - keptMs;
      if (late || !mayJudge(configuration, each.answer)) return;
      const context = { configuration, door, signal: stop.signal };
      if (rival !== undefined && mayJudge(configuration, rival.answer)) {
        const choice = await choiceFor([each.answer, rival.answer], configuration);
        if (choice !== undefined) return runJob(job, choice, context, parts);
      }
      // Where the judge gave the other answer itself, this one is judged alone.
      const choice = await choiceFor([each.answer], configuration);
      if (choice !== undefined) await runJob({ kept: each }, choice, context, parts);
    }

    return {
      answered: (answer) => parts.later(() => void quietly(() => offer(answer))),
      rated: (answer) => parts.later(() => rate(answer)),
      close: async () => {
        stop.abort();
        kept.clear();
        await queue.close();
      },
    };
  };
}

function isOf({ decisionId, deploymentId }: AnswerOfModel, kept: KeptAnswer | undefined): boolean {
  return kept?.answer.decisionId === decisionId && kept.answer.deploymentId === deploymentId;
}

/** An answer that wasn't drawn itself is judged all the same where another one to its question is drawn. */
function eitherOf(first: KeptAnswer, second: KeptAnswer): number {
  return 1 - (1 - first.probability) * (1 - second.probability);
}
