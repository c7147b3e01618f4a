/** Types that the modules share. JavaScript sources name them as `import("./types").Edit`. */

export interface Annotation {
  type: string;
  id: string;
  label: string;
  xyxy: [number, number, number, number];
  attributes?: Record<string, unknown>;
}

export interface OntologyClass {
  name: string;
  color: string;
  hint: string;
  /** The digit that chooses it, or "". */
  key: string;
}

export interface Exercise {
  id: string;
  title: string;
  mode: "practice" | "exam";
  /** Whether the kernel answers a check. */
  check: boolean;
  classes: OntologyClass[];
  /** HTML made by the kernel from the exercise's own Markdown. */
  guideline: string;
  file_id: string;
  /** What one item is called: "picture" or "text". */
  thing: string;
  /** What is asked of each item, or "". */
  question: string;
}

export interface ItemEntry {
  id: string;
  n: number;
  rev: number;
  status: "todo" | "started" | "done" | "skipped";
  flag: string;
}

export interface ItemState {
  id: string;
  n: number;
  width: number;
  height: number;
  alt: string;
  /** The text, where the item is one. */
  text: string;
  /** Pixels of the item per pixel of the picture sent. */
  scale: number;
  /** Why there is no picture, or "". */
  problem: string;
  annotations: Annotation[];
  done: boolean;
  skipped: boolean;
  flag: string;
  rev: number;
  seconds: number;
}

/** What one client wants an item to be. */
export interface Edit {
  seq: number;
  item: string;
  base: number;
  annotations: Annotation[];
  action: string;
  done: boolean;
  skipped: boolean;
  flag: string;
  seconds: number;
}

export interface Problem {
  kind: "conflict" | "disk" | "invalid";
  what: string;
  todo: string;
}

export interface Saved {
  client: string;
  seq: number;
  item: string;
  rev: number;
  turn: number;
  problem: Problem | null;
}

export interface Status {
  kind: "idle" | "saving" | "saved" | "lost" | "problem";
  /** Local time of the last save. */
  at: Date | null;
  problem: Problem | null;
}

/** The part of anywidget's model that we use. */
export interface Model {
  get(name: string): any;
  set(name: string, value: unknown): void;
  save_changes(): void;
  send(content: unknown): void;
  on(event: string, callback: (...args: any[]) => void): void;
  off(event: string, callback?: (...args: any[]) => void): void;
}

/** What the shell needs from a task type's drawing surface. */
export interface Surface {
  /** Whether a stroke is under way; nothing from outside is shown meanwhile. */
  readonly busy: boolean;
  show(annotations: Annotation[]): void;
  select(id: string | null): void;
  choose(label: string): void;
  cancel(): void;
  focus(): void;
  destroy(): void;
}

export interface SurfaceOptions {
  host: HTMLElement;
  url: string;
  item: ItemState;
  classes: OntologyClass[];
  label: string;
  annotations: Annotation[];
  /** Called when a stroke begins. */
  onStart(): void;
  onEdit(annotations: Annotation[], action: string): void;
  onSelect(id: string | null): void;
  /** Called when a stroke ends, after its edit. */
  onRest(): void;
}

/** What a task type adds to the shell. */
export interface Task {
  /** What one annotation is called. */
  noun: string;
  hint: string;
  surface(options: SurfaceOptions): Promise<Surface>;
}
