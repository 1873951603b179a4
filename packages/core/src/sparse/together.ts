import { SoftfieldError } from "../errors.ts";
import type { WorkControl } from "../progress.ts";
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
  readonly shared: SharedWorkspace;
  readonly member: number;
  readonly threads: number;
  readonly board: Int32Array;
  readonly work: Work;
}

/**
 * Serves a team in the thread of one of its members: does the tasks that `Team.post` brings. What is returned is to be
 * called where the thread ends: it has the others not wait for it.
 */
export function serveTeam(listen: (hear: (task: unknown) => void) => void): (why: string) => void {
  let at: Int32Array | undefined;
  listen((told) => {
    const { shared, member, threads, board, work } = told as Task;
    at = board;
    try {
      perform(new Parts(shared, member), new Hand(member, threads, board), work, () => undefined);
    } catch (error) {
      if (!(error instanceof Interrupted))
        stopBoard(board, error instanceof Error ? error.message : String(error));
    }
    at = undefined;
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
  const team = currentTeam();
  const threads = Math.min(workspace.threads, team?.size ?? 1);
  const board = newBoard(threads > 1, workspace.cut.branches.length / 2);
  const hand = new Hand(0, threads, board, team?.patience);
  for (let member = 1; member < threads; member++) {
    const task: Task = { shared: sharedWorkspace(workspace), member, threads, board, work };
    team?.post(member, task);
  }
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
  try {
    const result = perform(partsOf(workspace), hand, work, tell);
    stopBoard(board); // hands that come late have nothing left to do here
    if (result < 0 && stage !== "solve") tell(total);
    return result;
  } catch (error) {
    const failure = error instanceof Interrupted ? handFailed(board) : error;
    stopBoard(board);
    throw failure;
  }
}
