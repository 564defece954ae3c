// Two phones in a home: `node home.mjs URL KEY CODE [FOLDER]`. KEY is the hash of the certificate's key, the
// one that the browser takes without its authority; a browser that was not told of it refuses, as the first shows.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { open, say, shown, toFirstCount, visit } from "./chromium.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const [url, key, firstCode, folder] = process.argv.slice(2);
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, bypassCSP: true };
const seen = {};
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

// Whoever runs this does what a person does at the coach's computer, and answers with a line.
const ask = async (what) => {
  console.log(JSON.stringify(what));
  return (await lines.next()).value;
};

const look = async (page, name) => {
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
  await page.evaluate(AXE);
  const found = await page.evaluate(() => axe.run());
  const grave = found.violations.filter(({ impact }) => ["serious", "critical"].includes(impact));
  const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  return { grave: grave.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), isWide };
};

const stranger = await open();
seen.untrusted = await (await stranger.newContext()).newPage().then((page) => page.goto(url)).then(() => "let in", (error) => error.message);
await stranger.close();

const browser = await open([`--ignore-certificate-errors-spki-list=${key}`]);
const anna = await browser.newContext(phone);
const plain = await visit(anna, `${url.replace("https", "http")}/trust`);
seen.trust = await look(plain, "trust");
seen.pictures = await plain.evaluate(() => [...document.images].filter((each) => each.naturalWidth > 0).length);

const unpaired = await visit(await browser.newContext(phone), url);
seen.unpaired = { path: new URL(unpaired.url()).pathname, ...(await look(unpaired, "pair")) };

const began = Date.now();
const first = await visit(anna, `${url}/pair#${firstCode}`);
await first.waitForURL(`${url}/`);
await first.waitForSelector("#talk");
seen.microphone = await first.evaluate(() => isSecureContext && Boolean(navigator.mediaDevices));
if (await first.isVisible("#no-microphone")) await first.click("#no-microphone");
await toFirstCount(first);
await first.waitForFunction(() => document.querySelector("#rep").textContent.startsWith("rep 1"));
seen.toFirstRepS = (Date.now() - began) / 1000;
seen.cookies = (await anna.cookies()).map(({ name, secure, httpOnly, sameSite }) => ({ name, secure, httpOnly, sameSite }));

const ben = await browser.newContext(phone);
await (await visit(ben, `${url}/pair#${firstCode}`)).waitForFunction(() => document.querySelector("#message").textContent);
seen.usedTwice = new URL(ben.pages()[0].url()).pathname;
const second = await visit(ben, `${url}/pair#${await ask("code")}`);
await second.waitForURL(`${url}/`);
if (await second.isVisible("#no-microphone")) await second.click("#no-microphone");
await say(second, "help");
seen.secondHeard = (await shown(second)).coach;

await ask("withdraw");
await first.click('#answers button[data-says="I\'m done"]');
await first.waitForFunction(() => document.querySelector("#message").textContent.includes("not paired"));
seen.withdrawn = await first.textContent("#message");
await browser.close();
console.log(JSON.stringify(seen));
process.exit(0);
