// The way to the coach on this machine: every post carries the token of the page and says which page it is.
import { say, tell } from "./words.js";

const token = document.querySelector("meta[name=coach-token]").content;

export const page = sessionStorage.getItem("coach.page") || crypto.randomUUID();
sessionStorage.setItem("coach.page", page);

export const ask = async (address, body, kind = "application/json") => {
  let answer;
  try {
    answer = await fetch(address, { method: "POST", body, headers: { "Content-Type": kind, "X-Coach-Token": token } });
  } catch {
    tell(say("no_server"), "server");
    throw new Error("no_server");
  }
  tell("", "server");
  const content = await answer.json().catch(() => ({}));
  if (!answer.ok) throw Object.assign(new Error(content.error || answer.statusText), { status: answer.status });
  return content;
};

export const post = (address, content) => ask(address, JSON.stringify({ page, ...content }));
