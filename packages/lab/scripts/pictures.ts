/**
 * Makes the pictures of the lab anew: those of its first screen and gallery, the README's, the card that is shown where a link to it is
 * shared, and the film of an event; all, or those named (`… pictures.ts readme film`). Needs Chromium. From the root:
 *
 *   npx --no-install node --conditions=softfield-source packages/lab/scripts/pictures.ts
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { GALLERY } from "../src/state/gallery.ts";
import { buildAndServe } from "../test/site.ts";
import { idle, launch, visit, whenRead } from "../test/visitor.ts";

const file = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const site = await buildAndServe();
const browser = await launch();
const LONGEST = 180_000;

/** What the page shows, as WebP of so many pixels in width. */
async function picture(page: Page, width: number, quality: number): Promise<Buffer> {
  const png = (await page.screenshot()).toString("base64");
  const webp = await page.evaluate(
    async ([bytes, wide, q]) => {
      const image = new Image();
      image.src = `data:image/png;base64,${bytes}`;
      await image.decode();
      const canvas = document.createElement("canvas");
      canvas.width = wide;
      canvas.height = Math.round((wide * image.height) / image.width);
      const pen = canvas.getContext("2d")!;
      pen.imageSmoothingQuality = "high";
      pen.drawImage(image, 0, 0, canvas.width, canvas.height);
      return canvas.toDataURL("image/webp", q).split(",")[1];
    },
    [png, width, quality] as const,
  );
  return Buffer.from(webp, "base64");
}

/** Opens a link and waits until everything that it names is there. */
async function opened(hash: string, viewport: { width: number; height: number }, wait = 2500): Promise<Page> {
  const { page } = await visit(browser, `${site.url}#${hash}`, { viewport, deviceScaleFactor: 1 });
  page.setDefaultTimeout(LONGEST);
  await whenRead(page);
  if (/&event=/.test(hash)) await page.waitForSelector(".motion, .presenter .caption");
  await idle(page);
  await page.waitForTimeout(wait);
  await idle(page);
  return page;
}

mkdirSync(file("public/gallery"), { recursive: true });
const only = process.argv.slice(2);
const wanted = (name: string) => only.length === 0 || only.includes(name);
for (const { name, hash } of GALLERY.filter((piece) => wanted(piece.name))) {
  // Square boxes fill the picture's width.
  const flat = !/silicon|kob|beside/.test(hash);
  const page = await opened(
    `${hash}${flat ? "&look=0.5,0.5,1.36" : ""}&embed=1`,
    { width: 640, height: 480 },
    name === "warm" ? 6000 : 2500,
  );
  await page.addStyleTag({
    content: ".presenter, .legend, .stage-tools, .came-true { display: none !important }",
  });
  await page.waitForTimeout(1200);
  writeFileSync(file(`public/gallery/${name}.webp`), await picture(page, 400, 0.72));
  await page.context().close();
}
if (wanted("readme")) {
  const page = await opened("example=2dipl_10000.extxyz.gz&events=5&event=1&theme=dark&tab=break", {
    width: 1440,
    height: 900,
  });
  writeFileSync(file("../../docs/images/lab.webp"), await picture(page, 1440, 0.8));
  await page.context().close();
}
if (wanted("hero")) {
  // Of the first screen: the first glass after its first event, with its marks.
  for (const theme of ["light", "dark"]) {
    const page = await opened(
      `model=2dipl&n=1000&seed=5&events=1&strain=0.0038&theme=${theme}&look=0.5,0.5,1.04&embed=1`,
      { width: 560, height: 560 },
    );
    // Its numbers are read on a phone, too.
    await page.addStyleTag({
      content: `.presenter, .legend, .stage-tools, .came-true { display: none !important }
        .marks .spot > :not(.stem), .marks .event .pin, .marks .event > circle { scale: 1.5 }`,
    });
    await page.waitForTimeout(1200);
    writeFileSync(file(`public/glass-${theme}.webp`), await picture(page, 460, 0.38));
    await page.context().close();
  }
}
if (wanted("card")) {
  const page = await opened("model=2dipl&n=1000&seed=5&events=1&event=1&tab=break&theme=dark&embed=1", {
    width: 1200,
    height: 630,
  });
  writeFileSync(file("public/card.jpg"), await page.screenshot({ type: "jpeg", quality: 78 }));
  await page.context().close();
}
if (wanted("film")) {
  const page = await opened(
    "model=2dipl&n=1000&seed=5&events=1&event=1&tab=break&theme=dark&look=0.44,0.64,2.2",
    { width: 1100, height: 720 },
  );
  const [film] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Film" }).click(),
  ]);
  await film.saveAs(file("../../docs/images/lab-event.webm"));
  await page.context().close();
}
await browser.close();
await site.close();
