import { SoftfieldError } from "../errors.ts";
import type { WorkControl } from "../progress.ts";
import { factorTogether, type Tell } from "./factorfront.ts";
import type { Hand } from "./hand.ts";
import { invertTogether } from "./invertfront.ts";
import { Parts, type SharedWorkspace, sharedWorkspace } from "./parts.ts";
import { substitute } from "./solvefront.ts";
import { nodeFlops } from "./sweep.ts";
import { inTeam, type Trades } from "./teamwork.ts";
import type { CholeskyWorkspace } from "./workspace.ts";

/** What hands do together. */
type Work =
  | { readonly kind: "factorize" | "invert" }
  | { readonly kind: "solve"; readonly at: number; readonly stride: number; readonly count: number };

/** Linear algebra as work of a team. */
interface SparseWork {
  readonly shared: SharedWorkspace;
  readonly work: Work;
}

/** Does a team member's part of linear algebra; `serveTrades` takes it as the trade of its name. */
function serveLinalg(told: unknown, hand: Hand, member: number): void {
  const { shared, work } = told as SparseWork;
  perform(new Parts(shared, member), hand, work, () => undefined);
}

/** The work of this file in a team. */
const LINALG = "linear algebra";
export const linalgTrade: Trades = { [LINALG]: serveLinalg };

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
  const task = { trade: LINALG, threads: workspace.threads, notes: workspace.cut.branches.length / 2 };
  const shared = () => ({ shared: sharedWorkspace(workspace), work }) satisfies SparseWork;
  return inTeam(task, shared, (hand) => {
    const result = perform(partsOf(workspace), hand, work, tell);
    if (result < 0 && stage !== "solve") tell(total);
    return result;
  });
}
