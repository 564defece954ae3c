// What is put right or written down in the history: the coach judges it, and the history is shown anew.
import { $, make, say } from "./words.js";

const openForm = (button, send) => {
  const form = make("form", { className: "new-number", autocomplete: "off" });
  const number = make("input", { type: "number", inputMode: "numeric", min: 0, max: 99, required: true, value: button.dataset.reps, ariaLabel: say("new_number") }, form);
  make("button", { type: "submit", className: "main", textContent: say("save_number") }, form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { workout, side, round } = button.dataset;
    send("/speaker/history/number", { workout, side, round: Number(round), reps: Number(number.value) });
  });
  button.replaceWith(form);
  number.select();
};

const setsOf = (form) => [...form.querySelectorAll("input[data-side]")].filter((each) => each.value !== "").map((each) => ({
  side: each.dataset.side,
  band: form.querySelector(`select[data-side="${each.dataset.side}"]`).value,
  reps: Number(each.value),
}));

// `send` takes an address and what was written.
export const takeDown = (send) => {
  for (const each of $("history").querySelectorAll("button.change")) each.addEventListener("click", () => openForm(each, send));
  const form = $("history").querySelector("#by-hand form");
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    send("/speaker/history/workout", { day: form.elements.day.value, sets: setsOf(form) });
  });
};
