// Two people, each with a phone: `node home_workouts.mjs URL KEY CODE SEED WORKOUTS [FOLDER]`. From a code to the summary,
// both at once, and in each set the network is cut at an instant drawn by the seed.
import { createInterface } from "node:readline";
import { open, shown, toFirstCount, visit } from "./chromium.mjs";

const [url, key, firstCode, seed, workouts, folder] = process.argv.slice(2);
const SCREENS = [{ width: 390, height: 844 }, { width: 768, height: 1024 }];
const FEWEST = 6;
const SPREAD = 8;
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

let drawn = Number(seed);
const random = () => {
  drawn = (Math.imul(drawn, 1664525) + 1013904223) >>> 0;
  return drawn / 2 ** 32;
};

const paired = async (browser, code, viewport) => {
  const context = await browser.newContext({ viewport, hasTouch: true, isMobile: true });
  const page = await visit(context, `${url}/pair#${code}`);
  await page.waitForURL(`${url}/`);
  return page;
};

// The set stands where its last rep is done; the network went away somewhere before, and comes back after the tap.
const endSet = async (page, reps, share) => {
  const at = await page.evaluate(async ({ reps, share }) => {
    const { player } = await import("/speaker/player.js");
    const end = player.count.picture.phases.find(({ rep, phase }) => rep === reps + 1 && phase === "concentric").at_ms;
    player.pauseAt(end * share);
    await player.go();
    return end;
  }, { reps, share });
  const { turn } = await shown(page);
  await page.context().setOffline(true);
  await page.evaluate(async (end) => (await import("/speaker/player.js")).player.pauseAt(end + 300), at);
  await page.fill("#text", "I'm done");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#message[data-cause=server]:not([hidden])");
  await page.context().setOffline(false);
  await page.waitForFunction((before) => document.body.dataset.turn !== before, turn);
};

const train = async (page, isBegun) => {
  const done = [];
  if (!isBegun) await toFirstCount(page);
  while (!(await page.isVisible("#card"))) {
    const reps = FEWEST + Math.floor(random() * SPREAD);
    await endSet(page, reps, random());
    done.push(reps);
  }
  return done;
};

const kept = (page) => page.evaluate(async () => {
  const { post } = await import("/speaker/server.js");
  const { workouts } = await post("/speaker/people/export");
  return workouts.sort((one, other) => one.ended_at - other.ended_at).flatMap(({ sets }) => sets.map(({ reps }) => reps));
});

// What the browser says of its first picture and of the weight, with nothing kept from before.
const loaded = async (context) => {
  const page = await context.newPage();
  await (await context.newCDPSession(page)).send("Network.setCacheDisabled", { cacheDisabled: true });
  await page.goto(url);
  await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length);
  const seen = await page.evaluate(() => ({
    paint_ms: performance.getEntriesByName("first-contentful-paint")[0].startTime,
    bytes: [...performance.getEntriesByType("resource"), ...performance.getEntriesByType("navigation")].reduce((sum, each) => sum + each.transferSize, 0),
  }));
  await page.close();
  return seen;
};

const browser = await open([`--ignore-certificate-errors-spki-list=${key}`]);
const anna = await paired(browser, firstCode, SCREENS[0]);
await anna.click("#no-microphone");
await anna.click("#to-settings");
await anna.click("#another");
await anna.fill("#own-name", "Ben");
await anna.fill("#new-name", "Anna");
await anna.selectOption("#first-band", "red");
if (folder) await anna.screenshot({ path: `${folder}/somebody-new.png` });
await anna.click("#add .main");
await anna.waitForFunction(() => document.getElementById("who-name").textContent === "Anna" && document.body.dataset.turn === "2");
const firstBand = await anna.$$eval("#row li", (all) => all[0].title);

console.log(JSON.stringify("code"));
const secondCode = (await lines.next()).value;
const began = Date.now();
const ben = await paired(browser, secondCode, SCREENS[1]);
await ben.waitForSelector("#people[open]");
await ben.click(".person >> nth=0");
await ben.click("#no-microphone");
await toFirstCount(ben);
await ben.waitForFunction(() => document.querySelector("#rep").textContent.startsWith("rep 1"));
const secondToFirstRepS = (Date.now() - began) / 1000;

const pages = [anna, ben];
const done = [[], []];
for (let nth = 0; nth < Number(workouts); nth += 1) {
  const both = await Promise.all(pages.map((page) => train(page, nth === 0 && page === ben)));
  both.forEach((sets, which) => done[which].push(...sets));
}
if (folder) await Promise.all(pages.map((page, nth) => page.screenshot({ path: `${folder}/summary-${nth}.png` })));
const stored = await Promise.all(pages.map(kept));
const paints = [];
for (let nth = 0; nth < 5; nth += 1) paints.push(await loaded(ben.context()));
await browser.close();
console.log(JSON.stringify({ firstBand, secondToFirstRepS, done, stored, paints, wrong: pages.map((page) => page.wrong.filter((each) => !/ERR_INTERNET|Failed to load/.test(each))) }));
process.exit(0);
