import { SoftfieldError } from "../errors.ts";
import type { WorkControl } from "../progress.ts";
import { Linger, ring } from "./bell.ts";
import { factorTogether, type Tell } from "./factorfront.ts";
import { Hand, handFailed, Interrupted, newBoard, stopBoard } from "./hand.ts";
import { invertTogether } from "./invertfront.ts";
import { Parts, type SharedWorkspace, sharedWorkspace } from "./parts.ts";
import { substitute } from "./solvefront.ts";
import { nodeFlops } from "./sweep.ts";
import { currentTeam } from "./team.ts";
import type { CholeskyWorkspace } from "./workspace.ts";

/** What hands do together. */
type Work =
  | { readonly kind: "factorize" | "invert" }
  | { readonly kind: "solve"; readonly at: number; readonly stride: number; readonly count: number };

/** What a member of a team is told. */
interface Task {
  /** The trade that knows the work; undefined: linear algebra. */
  readonly trade: string | undefined;
  readonly member: number;
  readonly threads: number;
  readonly board: Int32Array;
  readonly work: unknown;
  /** Rung for each task, this one's number. */
  readonly bell: Int32Array;
  readonly number: number;
}

/** What members of a team do of work of another trade than linear algebra, by its name. */
export type Trades = Readonly<Record<string, (work: unknown, hand: Hand) => void>>;

/** Linear algebra as work of a team. */
interface SparseWork {
  readonly shared: SharedWorkspace;
  readonly work: Work;
}

/**
 * Serves a team in the thread of one of its members: does the tasks that `Team.post` brings. What is returned is to be
 * called where the thread ends: it has the others not wait for it.
 */
export function serveTeam(
  listen: (hear: (task: unknown) => void) => void,
  trades: Trades = {},
): (why: string) => void {
  let at: Int32Array | undefined;
  const linger = new Linger();
  listen((told) => {
    const { trade, member, threads, board, work, bell, number } = told as Task;
    at = board;
    const hand = new Hand(member, threads, board);
    try {
      if (trade !== undefined) trades[trade]?.(work, hand);
      else {
        const own = work as SparseWork;
        perform(new Parts(own.shared, member), hand, own.work, () => undefined);
      }
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

function perform(parts: Parts, hand: Hand, work: Work, tell: Tell): number {
  if (work.kind === "solve") {
    const { at, stride, count } = work;
    hand.share(count, (k) => substitute(parts, at + 8 * k * stride, stride, 1));
  } else if (work.kind === "factorize") return factorTogether(parts, hand, tell);
  else invertTogether(parts, hand, tell);
  return -1;
}

const kept = new WeakMap<CholeskyWorkspace, Parts>();

/** The first thread's part of a workspace. */
export function partsOf(workspace: CholeskyWorkspace): Parts {
  let parts = kept.get(workspace);
  if (!parts) {
    parts = new Parts(sharedWorkspace(workspace), 0);
    kept.set(workspace, parts);
  }
  return parts;
}

/**
 * Does work with the team that the workspace was made for, as far as it is still there. Returns what the work returns.
 * Throws "aborted" when the signal fires, "resource" where a member of the team fails.
 */
export function together(workspace: CholeskyWorkspace, work: Work, control: WorkControl = {}): number {
  const stage = work.kind;
  let total = 0;
  if (stage !== "solve") {
    const flops = nodeFlops(workspace.symbolic);
    for (let s = 0; s < workspace.symbolic.count; s++) total += flops(s) / 1e6;
    total = Math.ceil(total);
  }
  const tell: Tell = (done) => {
    if (control.signal?.aborted) throw new SoftfieldError("aborted", `${stage}: stopped on request`);
    control.onProgress?.({ stage, done: Math.min(done, total), total });
  };
  const task = { trade: undefined, threads: workspace.threads, notes: workspace.cut.branches.length / 2 };
  const shared = () => ({ shared: sharedWorkspace(workspace), work }) satisfies SparseWork;
  return inTeam(task, shared, (hand) => {
    const result = perform(partsOf(workspace), hand, work, tell);
    if (result < 0 && stage !== "solve") tell(total);
    return result;
  });
}

/** How work is shared with the team of this thread. */
export interface TeamTask {
  readonly trade: string | undefined;
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
