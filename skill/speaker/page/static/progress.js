// The history, shown over the training, which goes on meanwhile: nothing is lost by looking.
import { post } from "./server.js";
import { $ } from "./words.js";

const HASH = "#progress";
let pin = "";

const load = async () => {
  try {
    const { html } = await post("/speaker/history", { pin });
    $("history").innerHTML = html;
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
