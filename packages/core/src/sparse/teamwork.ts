import { Linger, ring } from "./bell.ts";
import { Hand, handFailed, Interrupted, newBoard, stopBoard } from "./hand.ts";
import { currentTeam } from "./team.ts";

/** What a member of a team is told. */
interface Task {
  /** The trade that knows the work. */
  readonly trade: string;
  readonly member: number;
  readonly threads: number;
  readonly board: Int32Array;
  readonly work: unknown;
  /** Rung for each task, this one's number. */
  readonly bell: Int32Array;
  readonly number: number;
}

/** What members of a team do of each kind of work, by its name; they are told which of the threads they are, from 0. */
export type Trades = Readonly<Record<string, (work: unknown, hand: Hand, member: number) => void>>;

/**
 * Serves a team in the thread of one of its members: does the tasks that `Team.post` brings. What is returned is to be
 * called where the thread ends: it has the others not wait for it.
 */
export function serveTrades(
  listen: (hear: (task: unknown) => void) => void,
  trades: Trades,
): (why: string) => void {
  let at: Int32Array | undefined;
  const linger = new Linger();
  listen((told) => {
    const { trade, member, threads, board, work, bell, number } = told as Task;
    at = board;
    const hand = new Hand(member, threads, board);
    try {
      trades[trade]?.(work, hand, member);
    } catch (error) {
      if (!(error instanceof Interrupted))
        stopBoard(board, error instanceof Error ? error.message : String(error));
    }
    at = undefined;
    linger.wait(bell, number);
  });
  return (why) => {
    if (at) stopBoard(at, why);
  };
}

/** How work is shared with the team of this thread. */
export interface TeamTask {
  readonly trade: string;
  /** That there is room for. */
  readonly threads: number;
  /** Numbers of the work on the board. */
  readonly notes?: number;
}

/**
 * Does work as the first hand of the team, whose other members are told it by `work`; its result. Throws "resource" where
 * one of them fails, and what `own` throws.
 */
export function inTeam<Result>(
  { trade, threads: room, notes = 0 }: TeamTask,
  work: () => unknown,
  own: (hand: Hand) => Result,
): Result {
  const team = currentTeam();
  const threads = Math.min(room, team?.size ?? 1);
  const board = newBoard(threads > 1, notes);
  const hand = new Hand(0, threads, board, team?.patience);
  if (team && threads > 1) {
    const rung = ring(team);
    for (let member = 1; member < threads; member++)
      team.post(member, { trade, member, threads, board, work: work(), ...rung } satisfies Task);
  }
  try {
    const result = own(hand);
    stopBoard(board); // hands that come late have nothing left to do here
    return result;
  } catch (error) {
    const failure = error instanceof Interrupted ? handFailed(board) : error;
    stopBoard(board);
    throw failure;
  }
}
