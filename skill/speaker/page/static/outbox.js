// What was said while the network was away: kept, and sent once when it is back. The coach knows a request by its name.
import { page, person, post } from "./server.js";

const KEY = "coach.outbox";
const AGAIN_MS = 2000;

const read = () => JSON.parse(localStorage.getItem(KEY) || "[]");
const write = (entries) => localStorage.setItem(KEY, JSON.stringify(entries));

export const outbox = {
  isSending: false,
  onAnswer: () => {},
  onRefused: () => {},
  timer: 0,

  get isEmpty() { return !read().length; },

  // The same words twice in a row while nothing could be sent are one wish.
  put(text, playing) {
    const entries = read();
    if (entries.at(-1)?.text === text) return this.send();
    write([...entries, { text, playing, page, person: person.id, request: crypto.randomUUID(), at: Date.now() }]);
    return this.send();
  },

  async send() {
    if (this.isSending) return;
    this.isSending = true;
    clearTimeout(this.timer);
    try {
      for (let first = read()[0]; first; first = read()[0]) await this.sendOne(first);
    } catch {
      this.timer = setTimeout(() => this.send(), AGAIN_MS);
    } finally {
      this.isSending = false;
    }
  },

  async sendOne({ at, ...entry }) {
    let answer;
    try {
      answer = await post("/speaker/say", { ...entry, ago_ms: Math.max(0, Date.now() - at) });
    } catch (error) {
      if (error.message === "no_server") throw error;
      write(read().slice(1));
      this.onRefused(error);
      return;
    }
    write(read().slice(1));
    this.onAnswer(answer);
  },
};

addEventListener("online", () => outbox.send());
