// Looks at every page as people meet it: accessibility rules (axe-core) in both colour schemes, no sideways scrolling
// down to 320 pixels, the keyboard, printing, and a screenshot of each.
// node look.mjs MODULES-FOLDER BASE-ADDRESS BROWSER SCREENSHOTS-FOLDER PROFILE-FOLDER; prints findings, exits 1 if any.
import { createRequire } from "node:module";
import { mkdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const [modules, base, executablePath, shots, profile] = process.argv.slice(2);
const require = createRequire(join(resolve(modules), "look.mjs"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
mkdirSync(shots, { recursive: true });

const PAGES = { explore: "/", london: "/?area=E12000007&occupation=2", releases: "/releases", release: "/releases/latest", methodology: "/methodology", api: "/api", missing: "/nothing" };
const WIDTHS = { desktop: 1280, tablet: 820, phone: 390, narrow: 320 };
const found = [];

const context = await chromium.launchPersistentContext(profile, {
  executablePath,
  headless: true,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const page = await context.newPage();
page.on("console", (message) => message.type() === "error" && !message.location().url.endsWith("/nothing") && found.push(`console: ${message.text()}`));
page.on("request", (request) => request.url().startsWith(base) || request.url().startsWith("data:") || found.push(`a request to elsewhere: ${request.url()}`));

for (const [name, path] of Object.entries(PAGES)) {
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme, media: "screen" });
    await page.setViewportSize({ width: WIDTHS.desktop, height: 1000 });
    await page.goto(base + path);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run());
    for (const { id, impact, help, nodes } of violations) {
      if (impact === "serious" || impact === "critical") {
        found.push(`${path} (${colorScheme}): ${impact}: ${id}: ${help}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`);
      }
    }
    for (const [size, width] of Object.entries(WIDTHS)) {
      await page.setViewportSize({ width, height: 1000 });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (wide > 0) found.push(`${path} at ${width} px scrolls sideways by ${wide} px`);
      await page.screenshot({ path: join(shots, `${name}-${size}-${colorScheme}.png`), fullPage: true });
    }
  }
  await page.emulateMedia({ colorScheme: "light", media: "print" });
  await page.setViewportSize({ width: 794, height: 1123 });
  await page.screenshot({ path: join(shots, `${name}-print.png`), fullPage: true });
}

// The keyboard: first the way past the navigation, which leads to the content; then every stop shows where it is.
await page.emulateMedia({ colorScheme: "light", media: "screen" });
await page.setViewportSize({ width: WIDTHS.desktop, height: 1000 });
await page.goto(base + "/");
await page.keyboard.press("Tab");
const first = await page.evaluate(() => document.activeElement?.className);
if (first !== "skip") found.push(`the first stop of the keyboard is '${first}', not the skip link`);
for (let stop = 0; stop < 25; stop += 1) {
  const seen = await page.evaluate(() => {
    const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
    return outlineStyle !== "none" && outlineWidth !== "0px" ? "" : document.activeElement.outerHTML.slice(0, 160);
  });
  if (seen) found.push(`the keyboard's stop cannot be seen: ${seen}`);
  await page.keyboard.press("Tab");
}
await page.goto(base + "/");
await page.keyboard.press("Tab");
await page.keyboard.press("Enter");
if (!page.url().endsWith("#main")) found.push("the skip link does not lead to the content");

await context.close();
for (const line of found) console.log(line);
process.exit(found.length ? 1 : 0);
