// Debian's Chromium with an empty profile and no way out of this machine.
import { chromium } from "playwright-core";

const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND,EXCLUDE 127.0.0.1",
];
const LONGEST_MS = 90000; // a busy machine may take its time
export const LISTENS = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];

export const open = (flags = []) => chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: [...FLAGS, ...flags], ignoreDefaultArgs: ["--mute-audio"] });

// A page that keeps a list of what went wrong and of the hosts it asked.
export const visit = async (context, url) => {
  const page = await context.newPage();
  page.setDefaultTimeout(LONGEST_MS);
  page.wrong = [];
  page.hosts = new Set();
  page.on("console", (message) => message.type() === "error" && page.wrong.push(message.text()));
  page.on("pageerror", (error) => page.wrong.push(error.message));
  page.on("request", (request) => {
    const { protocol, host } = new URL(request.url());
    if (protocol !== "blob:") page.hosts.add(host); // what the page holds itself asks nobody
  });
  await page.goto(url);
  return page;
};

// Until the page has taken up the answer: what it shows before that belongs to the turn before.
export const say = async (page, text) => {
  const turn = await page.evaluate(() => document.body.dataset.turn || "");
  await page.fill("#text", text);
  await page.keyboard.press("Enter");
  await page.waitForFunction((before) => (document.body.dataset.turn || "") !== before, turn);
};

// To a count that runs, whatever the coach knows of the trainee already: what the field proposes is typed, in any language.
export const toFirstCount = async (page) => {
  for (let turn = 0; turn < 5; turn += 1) {
    const { state, placeholder } = await shown(page);
    if (state === "set") return;
    await say(page, placeholder);
  }
};

export const shown = (page) => page.evaluate(() => ({
  ...document.body.dataset,
  coach: document.getElementById("coach").textContent,
  message: document.getElementById("message").hidden ? "" : document.getElementById("message").textContent,
  button: document.getElementById("talk-says").textContent,
  placeholder: document.getElementById("text").placeholder,
  answers: [...document.querySelectorAll("#answers button")].map((each) => each.textContent),
  elsewhere: !document.getElementById("elsewhere").hidden,
  asks: !document.getElementById("ask").hidden,
}));

export const until = (page, state) => page.waitForFunction((wanted) => Object.entries(wanted).every(([key, value]) => document.body.dataset[key] === value), state);
