/** Of package.json, set by vite.config.ts. */
declare const __SOFTFIELD_VERSION__: string;

declare module "*?url" {
  const url: string;
  export default url;
}

/** The address of the worker's script; see offline/workerchunk.ts. */
declare module "virtual:softfield-worker" {
  const url: string;
  export default url;
}
