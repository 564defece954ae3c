// The history, shown over the training, which goes on meanwhile: nothing is lost by looking.
import { takeDown } from "./by-hand.js";
import { post } from "./server.js";
import { $, say } from "./words.js";

const HASH = "#progress";
let pin = "";

const showHistory = (html) => {
  const opened = [...$("history").querySelectorAll("details[open]")].map((each) => each.dataset.of);
  $("history").innerHTML = html;
  for (const each of $("history").querySelectorAll("details")) each.open = opened.includes(each.dataset.of) && Boolean(each.dataset.of);
  takeDown(note);
};

const tellNoted = (text) => {
  $("noted").textContent = text;
  $("noted").hidden = !text;
  if (text) $("noted").scrollIntoView({ block: "nearest" });
};

// What was written down is judged by the coach; where it is refused, what was typed stays to be mended.
const note = async (address, written) => {
  try {
    const { html, said } = await post(address, { ...written, pin });
    showHistory(html);
    tellNoted(said);
  } catch (error) {
    tellNoted(error.message === "no_server" ? say("not_kept") : error.message);
  }
};

const load = async () => {
  tellNoted("");
  try {
    const { html } = await post("/speaker/history", { pin });
    showHistory(html);
    $("unlock").hidden = true;
  } catch (error) {
    $("history").textContent = error.status === 401 && !pin ? "" : error.message;
    $("unlock").hidden = error.status !== 401;
    if (error.status === 401) $("pin").focus();
  }
};

export const showPage = () => {
  const isProgress = location.hash === HASH;
  $("progress").hidden = !isProgress;
  $("training").hidden = isProgress;
  document.body.toggleAttribute("data-reading", isProgress);
  if (isProgress) load();
  else { pin = ""; $("history").replaceChildren(); }
};

$("to-progress").addEventListener("click", (event) => {
  event.preventDefault();
  if (location.hash !== HASH) location.hash = HASH;
});
$("back").addEventListener("click", () => history.back());
$("unlock").addEventListener("submit", (event) => {
  event.preventDefault();
  pin = $("pin").value;
  $("pin").value = "";
  load();
});
addEventListener("hashchange", showPage);
