// Renders screens in Chromium with Amazon's own viewhost: `node screens.mjs JOBS.json`, a list of
// {document, data, viewport: {width, height, shape, mode}, at: [ms], png?, touch?}; prints what each shows at each instant,
// and what follows when the button with the text `touch` is touched at the last one. With {real: true} instead of `at`,
// time runs by itself until the screen has sent something.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { open } from "./chromium.mjs";

const library = readFileSync(new URL("node_modules/apl-viewhost-web/index.js", import.meta.url));
const host = createServer((request, answer) => {
  if (request.url === "/viewhost.js") return answer.end(library);
  answer.setHeader("content-type", "text/html; charset=utf-8");
  return answer.end('<!doctype html><meta charset="utf-8"><body style="margin:0;background:#000"><div id="view"></div><script src="/viewhost.js"></script><script>window.engine = new Promise((ready) => { AplRenderer.initEngine().then(() => ready()); });</script>');
});
await new Promise((ready) => host.listen(0, "127.0.0.1", ready));

// The clock of the page is ours, so that any instant of a set can be looked at without waiting for it.
const ownClock = () => {
  window.now = 1000;
  Date.now = () => window.now;
  performance.now = () => window.now;
};

const begin = async ({ document: made, data, viewport }) => {
  const { Content, default: Renderer } = window.AplRenderer;
  await window.engine;
  window.renderer?.destroy();
  window.now = 1000;
  const content = Content.create(JSON.stringify(made));
  content.addData("payload", JSON.stringify(data));
  window.sent = [];
  window.asked = performance.now();
  const view = document.getElementById("view");
  view.replaceChildren();
  Object.assign(view.style, { width: `${viewport.width}px`, height: `${viewport.height}px`, position: "relative" });
  const environment = { agentName: "screens", agentVersion: "1", allowOpenUrl: false, disallowVideo: true };
  window.renderer = Renderer.create({
    content, view, environment, viewport: { dpi: 160, ...viewport, shape: viewport.shape.toUpperCase() }, mode: viewport.mode.toUpperCase(), theme: "dark",
    utcTime: Date.now(), localTimeAdjustment: 0, notLoadFonts: true, logLevel: "warn",
    onSendEvent: (event) => window.sent.push({ at: performance.now() - window.asked, arguments: event.arguments }),
  });
  await window.renderer.init();
};

const look = async ({ at, isRound }) => {
  // How far the ring's hand, its only white graphic that is turned, has gone round.
  const degrees = () => {
    const turned = [...document.querySelectorAll("#view g[transform]")].find((each) => each.firstElementChild?.getAttribute("fill") === "rgba(255, 255, 255, 1)");
    const [a, b] = turned ? turned.getAttribute("transform").match(/-?[\d.]+/g).map(Number) : [1, 0];
    return (Math.atan2(b, a) * 180) / Math.PI;
  };
  const frames = (many) => new Promise((done) => { const one = (left) => (left ? requestAnimationFrame(() => one(left - 1)) : done()); one(many); });
  // Whether a line of text reaches beyond the screen, round ones by their circle, or beyond what cuts it off at its sides.
  const { clientWidth: width, clientHeight: height } = document.getElementById("view");
  const isOutside = (x, y) => (isRound ? Math.hypot(x - width / 2, y - height / 2) > width / 2 : x < 0 || y < 0 || x > width || y > height);
  const isCut = (each) => {
    const range = document.createRange();
    range.selectNodeContents(each);
    if (each.firstChild instanceof Text) range.setEnd(each.firstChild, each.textContent.trimEnd().length); // a space may hang over
    const lines = [...range.getClientRects()];
    for (let around = each.parentElement; around.id !== "view"; around = around.parentElement) {
      const { left, right } = around.getBoundingClientRect();
      if (getComputedStyle(around).overflowX !== "visible" && lines.some((line) => Math.max(left - line.left, line.right - right) > line.height * 0.15)) return true;
    }
    return lines.some(({ left, right, top, bottom }) => [left, right].some((x) => [top, bottom].some((y) => isOutside(x, y))));
  };
  window.now = 1000 + at;
  await frames(4);
  const texts = [...document.querySelectorAll("#view *")].filter((each) => each.getClientRects().length && !each.children.length);
  return { at, texts: texts.map((each) => each.textContent).filter(Boolean), hand: degrees(), sent: window.sent, cut: texts.filter(isCut).map((each) => each.textContent) };
};

const sent = () => new Promise((done) => { const one = () => (window.sent.length ? done(window.sent) : requestAnimationFrame(one)); one(); });

const jobs = JSON.parse(readFileSync(process.argv[2], "utf-8"));
const browser = await open();
let wrong = [];

const visited = async (isReal) => {
  const page = await browser.newPage();
  page.on("pageerror", (error) => wrong.push(error.message));
  page.on("console", (line) => ["error", "warning"].includes(line.type()) && wrong.push(line.text()));
  if (!isReal) await page.addInitScript(ownClock);
  await page.goto(`http://127.0.0.1:${host.address().port}/`);
  return page;
};

try {
  const pages = {}; // the viewhost takes longer to start than to draw a screen: one page draws them all
  for (const job of jobs) {
    const page = pages[Boolean(job.real)] ??= await visited(job.real);
    const { width, height } = job.viewport;
    await page.setViewportSize({ width, height });
    wrong = [];
    await page.evaluate(begin, job);
    const shown = [], isRound = job.viewport.shape === "round";
    if (job.real) shown.push({ sent: await page.evaluate(sent) });
    for (const at of job.at ?? []) shown.push(await page.evaluate(look, { at, isRound }));
    if (job.touch) { // what it sends comes a moment later
      const button = page.getByText(job.touch, { exact: true }).filter({ visible: true }).first();
      do {
        await button.click();
        shown.push(await page.evaluate(look, { at: job.at.at(-1), isRound }));
      } while (!shown.at(-1).sent.length);
    }
    if (job.png) await page.screenshot({ path: job.png });
    console.log(JSON.stringify({ shown, wrong }));
  }
} finally { await browser.close(); host.close(); }
