import { parseArgs } from 'node:util';
import { exitCodeOf, main, SetupError } from './lib/run.mjs';

const unit = 'vitest.config.mts';
const editor = 'test/e2e/vitest.config.mts';

/** Each with its file, and with how many cases .ci/run tries. The file takes its counts and its seed from test/runs.ts. */
const campaigns = {
  'any-text': {
    usual: 2_460,
    config: unit,
    file: 'test/config/any-text.test.ts',
    what: 'texts as conduit.yaml',
  },
  'behind-answers': {
    usual: 2_000,
    config: unit,
    file: 'test/editor/participant/behind-answers.test.ts',
    what: 'answers that end in open code, HTML, lists, and what is written behind them',
  },
  'budget-windows': {
    usual: 2,
    full: 200,
    config: unit,
    file: 'test/flow/budget-windows.test.ts',
    what: 'days on which six windows ask at the cap, every other one without their ledger',
  },
  'commit-messages': {
    usual: 6_800,
    config: unit,
    file: 'test/text/commit-message/any-message.test.ts',
    what: 'commit messages with anything around them',
  },
  conversations: {
    usual: 12,
    full: 200,
    config: unit,
    file: 'test/editor/chat/conversation-windows.test.ts',
    what: 'rounds of two windows that ask, answer anew and rate in the same conversation',
  },
  'edit-answers': {
    usual: 322,
    config: unit,
    file: 'test/text/edits/edit-answers.test.ts',
    what: 'edits of real files, each answered in twelve forms; another --seed gives others',
  },
  'edit-streams': {
    usual: 1_000,
    config: unit,
    file: 'test/editor/edits/edit-streams.test.ts',
    what: 'inline edits in documents that change meanwhile',
  },
  'edit-streams-editor': {
    usual: 300,
    full: 10_000,
    config: editor,
    file: 'test/e2e/edit-streams.test.ts',
    what: 'the same in the real editor; needs the VSIX of "npm run package"',
  },
  faults: {
    usual: 4_000,
    full: 100_000,
    config: unit,
    file: 'test/flow/faults.test.ts',
    what: 'requests to servers that fail in every way',
  },
  'ledger-damage': {
    usual: 29,
    full: 1_000,
    config: unit,
    file: 'test/ledger/generations/damage-campaign.test.ts',
    what: 'ledgers damaged in every way, open and closed: what is answered, told and salvaged',
  },
  'ledger-kills': {
    usual: 6,
    full: 500,
    config: unit,
    file: 'test/ledger/campaigns/kills.test.ts',
    what: 'kills of four windows that write, and a tenth as many stops of one',
  },
  'ledger-power': {
    usual: 20,
    full: 200,
    config: unit,
    file: 'test/ledger/campaigns/power.test.ts',
    what: 'power cuts at any moment of a window that writes',
  },
  'ledger-processes': {
    usual: 120,
    full: 5_000,
    config: unit,
    file: 'test/ledger/campaigns/processes.test.ts',
    what: 'entries of each of eight windows that write at once; the lock is held for a while',
  },
  figures: {
    usual: 20,
    full: 200,
    config: unit,
    file: 'test/ledger/facts/figures-of-the-page.test.ts',
    what: 'random ledgers: every figure of the stats page against SQL over the rows',
  },
  'litellm-files': {
    usual: 100,
    config: unit,
    file: 'test/config/litellm-files.test.ts',
    what: 'LiteLLM files with something changed: where their prompts go',
  },
  pings: {
    usual: 6,
    full: 180,
    config: editor,
    file: 'test/e2e/language-model.test.ts',
    what: 'seconds for which a server only shows life, in a tool loop through the editor; needs the VSIX',
  },
  signals: {
    usual: 40,
    full: 10_000,
    config: unit,
    file: 'test/core/laws/signal-histories.test.ts',
    what: 'histories of signals that come late, twice, in any order, by a wrong clock',
  },
  team: {
    usual: 80,
    full: 20_000,
    config: unit,
    file: 'test/ledger/team/team-faults.test.ts',
    what: 'decisions of members of a team whose server is killed and whose network is cut; needs PostgreSQL',
  },
  'team-years': {
    usual: 400,
    full: 360_000,
    config: unit,
    file: 'test/ledger/team/team-years.test.ts',
    what: 'decisions in a team’s record, and what a client then asks of it; needs PostgreSQL',
  },
  'wire-streams': {
    usual: 2_000,
    config: unit,
    file: 'test/providers/wire/fuzz/streams.test.ts',
    what: 'recorded streams, changed as servers and proxies change them',
  },
  'what-if': {
    usual: 40,
    full: 1_000,
    config: unit,
    file: 'test/core/routing/what-if.test.ts',
    what: 'decisions: what is said to change them is applied, and chosen again',
  },
};

/**
 * Runs one of the large random tests as long as is asked for; without a name, lists them.
 *   --runs N   cases to try; default: ten times the usual ones, where the campaign has no number of its own. `npm test` and
 *              .ci/run try half of the usual ones, those in the editor all
 *   --seed S   the seed that an earlier run printed
 *   --node N   the Node that processes of the ledger's campaigns run in, such as the oldest supported one
 */
await main(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { runs: { type: 'string' }, seed: { type: 'string' }, node: { type: 'string' } },
  });
  const [name] = positionals;
  if (name === undefined) {
    for (const [each, { usual, what }] of Object.entries(campaigns)) {
      console.log(`${each.padEnd(20)} ${String(usual).padStart(6)} usually  ${what}`);
    }
    return 0;
  }
  const campaign = campaigns[name];
  if (campaign === undefined)
    throw new SetupError(`There are ${Object.keys(campaigns).join(', ')}; no ${name}.`);
  const runs = Number(values.runs ?? campaign.full ?? campaign.usual * 10);
  if (!(runs >= 1)) throw new SetupError('--runs takes a number from 1.');
  const env = { ...process.env, CONDUIT_TEST_RUNS: String(runs / campaign.usual) };
  if (values.seed !== undefined) env.CONDUIT_TEST_SEED = values.seed;
  if (values.node !== undefined) env.CONDUIT_TEST_NODE = values.node;
  console.log(`${name}: about ${runs} cases (${campaign.usual} usually)`);
  return exitCodeOf('npx', ['vitest', 'run', '--config', campaign.config, campaign.file], { env });
});
