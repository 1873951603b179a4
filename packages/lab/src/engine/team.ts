import { useTeam } from "softfield/internal";

/** Name of the workers that share the work of one that does jobs. */
export const MEMBER = "member";

/**
 * Has the worker that calls this share large factorisations with workers of its own, one a core: where the page is
 * cross-origin isolated, so that memory may be shared. They start with the first large work, end with their worker, and
 * are not missed where they come late.
 */
export function shareLargeWork(): void {
  const size = navigator.hardwareConcurrency;
  if (!crossOriginIsolated || size < 2) return;
  const workers: Worker[] = [];
  const wake = () => {
    while (workers.length < size - 1)
      workers.push(new Worker(self.location.href, { type: "module", name: MEMBER }));
  };
  useTeam({
    size,
    wake,
    post: (member, task) => {
      wake();
      workers[member - 1].postMessage(task);
    },
  });
}
