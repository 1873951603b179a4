/** The whole address of this page with another hash. */
export function addressOf(hash: string): string {
  const url = new URL(window.location.href);
  url.hash = hash;
  return url.href;
}
