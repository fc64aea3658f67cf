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
import { newSession } from "./store/defaults";
import { newStore } from "./store/store";

/** A page inside another page's frame could be made to be clicked unseen: it shows nothing there. */
function isFramed(): boolean {
  return window.top !== window.self;
}

/** Whoever was handed a link comes for what it holds; everyone else is asked something first. */
function isBareAddress(): boolean {
  return location.hash.length <= 1;
}

const root = document.getElementById("page");
if (root && !isFramed()) {
  const { state, notices } = opened(location.hash, languageOfReader(navigator.languages), lessonBounds());
  const store = newStore({ ...newSession(state), notices, isStarting: isBareAddress() });
  followAddress(store, lessonBounds());
  loadFaces();
  render(<Page store={store} />, root);
}
