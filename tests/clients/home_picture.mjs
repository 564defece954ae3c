// Two people train at home, each with a phone: `node home_picture.mjs URL KEY CODE FILE` draws it for the README.
import { createInterface } from "node:readline";
import { open, toFirstCount, visit } from "./chromium.mjs";

const [url, key, firstCode, file] = process.argv.slice(2);
const PHONE = { width: 390, height: 844 };
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

const paired = async (browser, code, colorScheme) => {
  const context = await browser.newContext({ viewport: PHONE, hasTouch: true, isMobile: true, colorScheme });
  const page = await visit(context, `${url}/pair#${code}`);
  await page.waitForURL(`${url}/`);
  return page;
};

// A set that stands still in the middle of a phase, so that the picture is the same each time.
const standing = async (page, rep, phase) => {
  await toFirstCount(page);
  await page.evaluate(async ({ rep, phase }) => {
    const { player } = await import("/speaker/player.js");
    const one = player.count.picture.phases.find((each) => each.rep === rep && each.phase === phase);
    player.pauseAt(one.at_ms + one.seconds * 700);
    await player.go();
  }, { rep, phase });
  await page.waitForTimeout(500);
  return (await page.screenshot()).toString("base64");
};

const browser = await open([`--ignore-certificate-errors-spki-list=${key}`]);
const anna = await paired(browser, firstCode, "light");
await anna.click("#no-microphone");
await anna.click("#to-settings");
await anna.click("#another");
await anna.fill("#own-name", "Ben");
await anna.fill("#new-name", "Anna");
await anna.click("#add .main");
await anna.waitForFunction(() => document.getElementById("who-name").textContent === "Anna");

console.log(JSON.stringify("code"));
const ben = await paired(browser, (await lines.next()).value, "dark");
await ben.waitForSelector("#people[open]");
await ben.click(".person >> nth=0");
await ben.click("#no-microphone");

const shots = [await standing(anna, 9, "isometric_hold"), await standing(ben, 4, "concentric")];
const sheet = await (await browser.newContext({ viewport: { width: 860, height: 900 } })).newPage();
await sheet.setContent(`<body style="margin:0;display:flex;justify-content:space-evenly;align-items:center;height:900px;background:#e9edf2">
${shots.map((shot) => `<img alt="" style="border-radius:28px;border:6px solid #222" src="data:image/png;base64,${shot}">`).join("")}</body>`);
await sheet.waitForFunction(() => [...document.images].every((each) => each.complete));
await sheet.screenshot({ path: file });
await browser.close();
console.log(JSON.stringify({}));
process.exit(0);
