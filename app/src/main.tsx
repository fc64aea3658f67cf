/** Starts the page: opens the link in the address, then hands everything to the components. */

import "./older";
import { render } from "preact";
import "./design/tokens.css";
import "./design/base.css";
import "./design/layout.css";
import "./design/charts.css";
import { loadFacesFor } from "./design/faces";
import { keepReading, keptReading } from "./design/reading";
import { opened } from "./link/codec";
import { followAddress, languageOfReader } from "./link/sync";
import { lessonBounds } from "./model/lesson_bounds";
import { Page } from "./page";
import { lineNamed } from "./presenter/trainer_line";
import { defaultState, newSession } from "./store/defaults";
import { newStore } from "./store/store";
import { modelHere } from "./runs/engine";
import { TrainerPage } from "./trainer/page";
import { Framed } from "./framed";
import { textIn } from "./text/text";

/** A page inside another page's frame could be made to be clicked unseen: there it only says so. */
function isFramed(): boolean {
  return window.top !== window.self;
}

/** Whoever was handed a link comes for what it holds; everyone else is asked something first. */
function isBareAddress(): boolean {
  return location.hash.length <= 1;
}

const root = document.getElementById("page");
const language = languageOfReader(navigator.languages);
/** Whether the page's beginning has told already that it cannot run here. */
const isTooOld = document.documentElement.dataset["tooOld"] !== undefined;

function start(host: HTMLElement): void {
  // Workers start while the page is drawn.
  modelHere();
  const { state, notices } = opened(location.hash, language, lessonBounds());
  const store = newStore({ ...newSession(state), notices, isStarting: isBareAddress(), reading: keptReading() });
  keepReading(store);
  followAddress(store, lessonBounds());
  loadFacesFor(state.language);
  render(<Page store={store} />, host);
}

/** The trainer's own window beside the page that is projected. */
function startTrainer(host: HTMLElement, line: string): void {
  loadFacesFor(language);
  const store = newStore({ ...newSession(defaultState(language)), reading: keptReading() });
  render(<TrainerPage store={store} line={line} />, host);
}

if (root && !isTooOld) {
  const line = lineNamed(location.hash);
  if (isFramed()) render(<Framed t={textIn(language).t} address={location.href} />, root);
  else if (line !== null) startTrainer(root, line);
  else start(root);
  // It stays where something stopped the page, with a sentence.
  document.getElementById("begins")?.remove();
}
