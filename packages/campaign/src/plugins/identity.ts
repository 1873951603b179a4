import { loadedPlugins } from "@softfield/node";

/** Of these indicators, those that plug-ins bring, each with what its plug-in is known by. */
export function indicatorPlugins(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    loadedPlugins().flatMap(({ plugin, sha256 }) =>
      (plugin.indicators ?? [])
        .filter(({ name }) => names.includes(name))
        .map(({ name }): [string, string] => [name, sha256]),
    ),
  );
}
