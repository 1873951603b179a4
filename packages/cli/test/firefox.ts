import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

/**
 * What `expression`, JavaScript that sees the script's globals, is in a headless Firefox with a profile of its own;
 * through JSON. The page posts it to the server that it came from, so that no driver is needed.
 */
export async function evaluateInFirefox(
  executable: string,
  script: string,
  expression: string,
): Promise<unknown> {
  const profile = mkdtempSync(join(tmpdir(), "softfield-firefox-"));
  let answer: (body: string) => void = () => undefined;
  const answered = new Promise<string>((resolve) => {
    answer = resolve;
  });
  const pages: Record<string, [type: string, body: string]> = {
    "/": [
      "text/html",
      '<!doctype html><meta charset="utf-8"><script src="script.js"></script><script src="run.js"></script>',
    ],
    "/script.js": ["text/javascript", script],
    "/run.js": [
      "text/javascript",
      `const post = (body) => fetch("answer", { method: "POST", body: JSON.stringify(body) });
       try { post({ value: ${expression} }); } catch (error) { post({ error: String(error) }); }`,
    ],
  };
  const server = createServer(async (request, response) => {
    if (request.method === "POST") {
      answer(await text(request));
      response.end();
      return;
    }
    const page = pages[request.url ?? ""];
    if (page) response.setHeader("content-type", page[0]);
    response.writeHead(page ? 200 : 404).end(page?.[1]);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const browser = spawn(
    executable,
    ["--headless", "--no-remote", "--profile", profile, `http://127.0.0.1:${port}/`],
    { stdio: "ignore", env: { ...process.env, HOME: profile } },
  );
  const ended = once(browser, "exit");
  try {
    const early = ended.then(([code]) => {
      throw new Error(`${executable} ended with code ${code} before it answered`);
    });
    const { value, error } = JSON.parse(await Promise.race([answered, early])) as Record<string, unknown>;
    if (error !== undefined) throw new Error(`in Firefox: ${error}`);
    return value;
  } finally {
    browser.kill("SIGKILL");
    await ended.catch(() => undefined);
    server.closeAllConnections();
    server.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 10 });
  }
}
