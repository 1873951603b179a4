/** Of package.json, set by vite.config.ts. */
declare const __SOFTFIELD_VERSION__: string;

declare module "*?url" {
  const url: string;
  export default url;
}
