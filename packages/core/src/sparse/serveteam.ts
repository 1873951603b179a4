import { serveTrades, type Trades } from "./teamwork.ts";
import { linalgTrade } from "./together.ts";
import { orderTrade } from "./treeorder.ts";

/**
 * Serves a team in the thread of one of its members: does the tasks that `Team.post` brings, linear algebra and what else
 * `trades` tells. What is returned is to be called where the thread ends: it has the others not wait for it.
 */
export function serveTeam(
  listen: (hear: (task: unknown) => void) => void,
  trades: Trades = {},
): (why: string) => void {
  return serveTrades(listen, { ...linalgTrade, ...orderTrade, ...trades });
}
