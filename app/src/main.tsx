/** Starts the page: opens the link in the address, then hands everything to the components. */

import { render } from "preact";
import "./design/tokens.css";
import "./design/base.css";
import "./design/layout.css";
import "./design/charts.css";
import { loadFaces } from "./design/faces";
import { opened } from "./link/codec";
import { followAddress, languageOfReader } from "./link/sync";
import { lessonBounds } from "./model/lesson_bounds";
import { Page } from "./page";
import { lineNamed } from "./presenter/trainer_line";
import { defaultState, newSession } from "./store/defaults";
import { newStore } from "./store/store";
import { TrainerPage } from "./trainer/page";

/** A page inside another page's frame could be made to be clicked unseen: it shows nothing there. */
function isFramed(): boolean {
  return window.top !== window.self;
}

/** Whoever was handed a link comes for what it holds; everyone else is asked something first. */
function isBareAddress(): boolean {
  return location.hash.length <= 1;
}

const root = document.getElementById("page");
const line = lineNamed(location.hash);
if (root && !isFramed() && line !== null) {
  loadFaces();
  const store = newStore(newSession(defaultState(languageOfReader(navigator.languages))));
  render(<TrainerPage store={store} line={line} />, root);
} else if (root && !isFramed()) {
  const { state, notices } = opened(location.hash, languageOfReader(navigator.languages), lessonBounds());
  const store = newStore({ ...newSession(state), notices, isStarting: isBareAddress() });
  followAddress(store, lessonBounds());
  loadFaces();
  render(<Page store={store} />, root);
}
