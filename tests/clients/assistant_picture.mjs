// A trainee's cards as Home Assistant shows them: `node assistant_picture.mjs URL TOKENS DEVICE FILE`.
import { open, visit } from "./chromium.mjs";

const [url, tokens, device, file] = process.argv.slice(2);
const browser = await open();
const context = await browser.newContext({ viewport: { width: 500, height: 800 }, deviceScaleFactor: 1.5 });
await context.addInitScript((given) => localStorage.setItem("hassTokens", given), tokens);
const page = await visit(context, `${url}/config/devices/device/${device}`);
const cards = page.locator("ha-device-entities-card").first();
await cards.getByText("Workouts this week").waitFor();
await page.evaluate(() => document.fonts.ready);
await page.waitForTimeout(1000); // the rows fade in
await cards.screenshot({ path: file });
await browser.close();
