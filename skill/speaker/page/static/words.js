// The page's words, and the one place where it says what is wrong.
export const $ = (id) => document.getElementById(id);

const words = Object.fromEntries([...document.querySelectorAll("#messages li")].map((li) => [li.dataset.key, li.textContent]));

export const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);

// What goes wrong is said once; "" takes it away, if it was said of this cause.
export const tell = (text, cause = "") => {
  const note = $("message");
  if (!text && cause && note.dataset.cause !== cause) return;
  note.dataset.cause = cause;
  note.textContent = text;
  note.hidden = !text;
};
