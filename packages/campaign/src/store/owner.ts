import { randomBytes } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** Which process works on something; tells a dead process from a live one without asking any clock. */
export interface Owner {
  readonly host: string;
  /** Identifies the machine since its last start, and the process namespace: where `pid` means something. */
  readonly machine: string;
  readonly pid: number;
  /** Start of the process in ticks since the machine's start: tells it from a later one with the same pid. */
  readonly started: string;
  /** Differs between any two runs. */
  readonly nonce: string;
  /** The scheduler's task: its next incarnation knows that the one before is gone. */
  readonly task?: string;
}

/**
 * "alive" and "dead" are certain; "elsewhere" means that only its heartbeat can tell, "suspended" (Ctrl-Z, SIGSTOP) that
 * it lives and does nothing.
 */
export type Liveness = "alive" | "suspended" | "dead" | "elsewhere";

/** This process. */
export function currentOwner(): Owner {
  const { SLURM_JOB_ID, SLURM_CLUSTER_NAME = "" } = process.env;
  return {
    host: hostname(),
    machine: machineIdentity(),
    pid: process.pid,
    started: lookAt(process.pid)?.started ?? "",
    nonce: randomBytes(8).toString("hex"),
    ...(SLURM_JOB_ID === undefined ? {} : { task: `${SLURM_CLUSTER_NAME}:${SLURM_JOB_ID}` }),
  };
}

/** Whether the owner of a claim still runs, as seen by `self`. */
export function liveness(owner: Owner, self: Owner): Liveness {
  if (owner.nonce === self.nonce) return "alive";
  if (owner.task !== undefined && owner.task === self.task) return "dead";
  if (owner.machine !== self.machine) return "elsewhere";
  const found = lookAt(owner.pid);
  if (found === undefined) return exists(owner.pid) ? "alive" : "dead";
  if (found.started !== owner.started) return "dead";
  return found.suspended ? "suspended" : "alive";
}

function machineIdentity(): string {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${boot} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return `host ${hostname()}`;
  }
}

/** Fields 22 and 3 of /proc/PID/stat; nothing where the process is gone, a zombie, or the system has no /proc. */
function lookAt(pid: number): { started: string; suspended: boolean } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // the command's name, in brackets, may hold spaces and brackets itself
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [state] = fields as [string];
    return state === "Z" || state === "X"
      ? undefined
      : { started: fields[19], suspended: state === "T" || state === "t" };
  } catch {
    return undefined;
  }
}

/** For systems without /proc. */
function exists(pid: number): boolean {
  if (process.platform === "linux") return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
