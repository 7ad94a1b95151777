import * as l10n from '@vscode/l10n';

/** Why a team's database can't be used. */
export const teamProblems = [
  'unreachable',
  'certificate',
  'no-encryption',
  'refused-login',
  'no-database',
  'no-rights',
  'not-set-up',
  'newer-schema',
  'older-server',
  'other-encoding',
  'not-taken',
  'other',
] as const;
export type TeamProblem = (typeof teamProblems)[number];

/** A failure with its reason. Its message says nothing that the address has in it but the host. */
export class TeamDatabaseError extends Error {
  override readonly name = 'TeamDatabaseError';

  constructor(
    readonly problem: TeamProblem,
    readonly host: string,
    options?: ErrorOptions,
  ) {
    super(l10n.t('The team’s database at {0}: {1}.', host, problemText(problem, options?.cause)), options);
  }
}

/** What a failure of `pg` is for the user. */
export function teamError(error: unknown, host: string): TeamDatabaseError {
  if (error instanceof TeamDatabaseError) return error;
  return new TeamDatabaseError(problemOf(error), host, { cause: error });
}

function problemOf(error: unknown): TeamProblem {
  if (!(error instanceof Error)) return 'other';
  const code = codeOf(error);
  if (/^(DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|CERT_|ERR_TLS_CERT|HOSTNAME_MISMATCH|ERR_SSL|EPROTO)/.test(code))
    return 'certificate';
  if (/does not support SSL/i.test(error.message)) return 'no-encryption';
  switch (code) {
    case '28000':
      // The server's own words: it takes none that isn't encrypted, or the other way round.
      return /no encryption/i.test(error.message) ? 'no-encryption' : 'refused-login';
    case '28P01':
      return 'refused-login';
    case '3D000':
      return 'no-database';
    case '42501':
      return 'no-rights';
    case '3F000':
    case '42P01':
    case '42883':
      return 'not-set-up';
    case 'ENOENT':
    case 'EACCES':
      return 'certificate';
  }
  // Classes 22 and 23: what an entry has in it.
  if (/^(22|23)/.test(code)) return 'not-taken';
  // Classes 08, 53 and 57: the connection, what the server has left, and its operator.
  if (/^(08|53|57)/.test(code) || /^E[A-Z_]+$/.test(code)) return 'unreachable';
  return /terminated|timeout|timed out|connection|closed|ended/i.test(error.message)
    ? 'unreachable'
    : 'other';
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function problemText(problem: TeamProblem, cause: unknown): string {
  switch (problem) {
    case 'unreachable':
      return l10n.t('it can’t be reached');
    case 'certificate':
      return l10n.t(
        'its certificate isn’t one that this machine trusts, or is another server’s (sslrootcert in the address names who may have signed it)',
      );
    case 'no-encryption':
      return l10n.t('it and this machine don’t agree on an encrypted connection');
    case 'refused-login':
      return l10n.t('it refuses the user or the password');
    case 'no-database':
      return l10n.t('there is no database of that name');
    case 'no-rights':
      return l10n.t('the role of the address lacks rights (conduit_member has them; see docs/team.md)');
    case 'not-set-up':
      return l10n.t('it isn’t set up yet, and the role of the address may not do it (see docs/team.md)');
    case 'newer-schema':
      return l10n.t('a newer Conduit set it up. Update Conduit');
    case 'older-server':
      return l10n.t('its PostgreSQL is older than 14');
    case 'other-encoding':
      return l10n.t('its encoding isn’t UTF8');
    case 'not-taken':
      return l10n.t('it does not take an entry');
    case 'other':
      // A server may quote what it was sent: only the error's code is taken from it.
      return cause instanceof Error && codeOf(cause) !== ''
        ? l10n.t('it answers with the error {0}', codeOf(cause))
        : l10n.t('it can’t be used');
  }
}
