/**
 * Threads that work on one factorisation together, the one that calls among them. Which of them does what changes
 * nothing in the results; one that is late, or gone, only makes the work take longer.
 */
export interface Team {
  readonly size: number;
  /** Milliseconds after which a member that has taken a task and gives no sign of life is given up (default 60,000). */
  readonly patience?: number;
  /** Starts what is not there yet, so that it is when the first task comes. */
  wake?(): void;
  /** Gives a task to member 1…size−1, whose thread hears it by `serveTeam`. Returns at once. */
  post(member: number, task: unknown): void;
}

let team: Team | undefined;

/** The threads that large factorisations, selected inversions and solves of this thread use from now on; none: alone. */
export function useTeam(given?: Team): void {
  team = given;
}

/** What `useTeam` was last given. */
export function currentTeam(): Team | undefined {
  return team;
}
