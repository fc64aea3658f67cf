/** The views, in the order of the navigation. Adding one: app/README.md. */

import type { ComponentType } from "preact";
import type { ViewId } from "../store/types";
import { CompareView } from "./compare/view";
import { ExploreView } from "./explore/view";
import { LessonsView } from "./lessons/view";
import { MapView } from "./map/view";
import { PeopleView } from "./people/view";
import { ReportView } from "./report/view";

export interface View {
  readonly id: ViewId;
  readonly component: ComponentType;
  /** Whether the panel of levers stands beside it. */
  readonly hasLevers: boolean;
}

export const VIEWS_SHOWN: readonly View[] = [
  { id: "explore", component: ExploreView, hasLevers: true },
  { id: "people", component: PeopleView, hasLevers: true },
  { id: "compare", component: CompareView, hasLevers: true },
  { id: "map", component: MapView, hasLevers: true },
  { id: "lessons", component: LessonsView, hasLevers: false },
  { id: "report", component: ReportView, hasLevers: false },
];
