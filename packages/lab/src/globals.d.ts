/** Of package.json, set by vite.config.ts. */
declare const __SOFTFIELD_VERSION__: string;
