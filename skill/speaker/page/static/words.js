// The page's words, and the one place where it says what is wrong.
export const $ = (id) => document.getElementById(id);

const words = Object.fromEntries([...document.querySelectorAll("#messages li")].map((li) => [li.dataset.key, li.textContent]));

const plurals = new Intl.PluralRules(document.documentElement.lang);

// The form that the first number wants: for none, or for its plural category in the page's language, if there is one.
const formOf = (key, values) => {
  const number = Object.values(values).find(Number.isInteger);
  const forms = number === undefined ? [] : [...(number ? [] : [`${key}.none`]), `${key}.${plurals.select(number)}`];
  return forms.find((form) => form in words) ?? key;
};

export const say = (key, values = {}) => words[formOf(key, values)].replace(/\{(\w+)\}/g, (_, name) => values[name]);

// What goes wrong is said once; "" takes it away, if it was said of this cause.
export const tell = (text, cause = "") => {
  const note = $("message");
  if (!text && cause && note.dataset.cause !== cause) return;
  note.dataset.cause = cause;
  note.textContent = text;
  note.hidden = !text;
};

const SVG = "http://www.w3.org/2000/svg";

export const draw = (name, attributes, into) => {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return into.appendChild(made);
};

export const make = (name, properties, into) => {
  const made = Object.assign(document.createElement(name), properties);
  if (into) into.append(made);
  return made;
};

// A band's colour as a dot; the style sheet may not come from here, so it is a drawing.
export const swatch = (colour, into) => {
  const svg = draw("svg", { class: "swatch", viewBox: "0 0 20 20", "aria-hidden": "true" }, into);
  draw("circle", { cx: 10, cy: 10, r: 9, fill: colour }, svg);
  return svg;
};
