// The way to the coach: every post carries the token of the page and says which page it is, and who trains.
import { say, tell } from "./words.js";

const token = document.querySelector("meta[name=coach-token]").content;

export const page = sessionStorage.getItem("coach.page") || crypto.randomUUID();
sessionStorage.setItem("coach.page", page);

export const person = {
  get id() { return sessionStorage.getItem("coach.person") || ""; },
  set id(id) { sessionStorage.setItem("coach.person", id); },
};

let removed = () => {};
// What is done when the person of this page was removed elsewhere.
export const onRemoved = (done) => { removed = done; };

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
  if (answer.ok) return content;
  if (answer.status === 410) removed();
  throw Object.assign(new Error(content.error || answer.statusText), { status: answer.status });
};

export const post = (address, content = {}) => ask(address, JSON.stringify({ page, person: person.id, ...content }));
