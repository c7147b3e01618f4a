/** Types that the modules share. JavaScript sources name them as `import("./types").Edit`. */

export type Point = [number, number];

/** What every annotation has; each task type adds its own fields (see below). */
export interface Annotation {
  type: string;
  id: string;
  label: string;
  attributes: Record<string, unknown>;
}

export interface Box extends Annotation {
  xyxy: [number, number, number, number];
}

export interface RotatedBox extends Annotation {
  center: Point;
  /** Width and height before turning. */
  size: Point;
  /** Degrees, clockwise on the screen. */
  rotation: number;
}

export interface Polygon extends Annotation {
  rings: Point[][];
}

export interface Mask extends Annotation {
  /** Height and width of the picture. */
  size: [number, number];
  /** COCO's compressed run lengths, column by column. */
  counts: string;
}

export interface WordBox extends Annotation {
  /** Clockwise from the top left one of the word. */
  corners: Quad;
  text: string;
}

export type Quad = [Point, Point, Point, Point];

export type Visibility = 0 | 1 | 2;

/** A text that the learner writes about an item. */
export interface Written extends Annotation {
  text: string;
}

export interface Keypoints extends Annotation {
  points: Record<string, [number, number, Visibility]>;
  area: number;
}

export interface Span extends Annotation {
  /** Code points of the text before it, and up to and with its last one. */
  start: number;
  end: number;
  accepted: string[];
  alternatives: [number, number][];
}

export interface Relation extends Annotation {
  /** Ids of given spans. */
  head: string;
  tail: string;
  accepted: string[];
}

/** A keyframe of a track, with CVAT's meaning. */
export interface TrackedBox {
  frame: number;
  xyxy: [number, number, number, number];
  /** From here on the object is not to be seen, until the next keyframe that is not outside. */
  outside: boolean;
  /** From here on something hides a part of it, until the next keyframe. */
  occluded: boolean;
  /** In gold: share that is seen. */
  visibility: number;
}

export interface Track extends Annotation {
  /** By frame, ascending. */
  keyframes: TrackedBox[];
}

/** A stretch of time: an event, a sound, or what one speaker says. */
export interface Segment extends Annotation {
  /** Seconds, in whole milliseconds. */
  start: number;
  end: number;
  text: string;
}

export interface OntologyClass {
  name: string;
  color: string;
  hint: string;
  /** Classes of the given spans that a relation of this class may join; any when empty. */
  heads: string[];
  tails: string[];
  /** Whether the direction of a relation of this class does not matter. */
  symmetric: boolean;
  /** The digit that chooses it, or "". */
  key: string;
}

export interface Flag {
  name: string;
  hint: string;
  key: string;
}

export interface Skeleton {
  points: string[];
  edges: [string, string][];
}

export interface Exercise {
  id: string;
  title: string;
  mode: "practice" | "exam";
  /** Whether the kernel answers a check. */
  check: boolean;
  classes: OntologyClass[];
  /** Flags that can be set on an annotation. */
  attributes: Flag[];
  skeleton: Skeleton | null;
  /** Classes of the annotations that the items come with. */
  given: OntologyClass[];
  /** Whether spans hide what they cover, so that a preview shows what is left. */
  redaction: boolean;
  /** HTML made by the kernel from the exercise's own Markdown. */
  guideline: string;
  file_id: string;
  /** What one item is called: "picture", "text", "clip" or "sound". */
  thing: string;
  /** What is asked of each item, or "". */
  question: string;
  /** Whether segments are those of speakers, who speak once at a time, and whether what they say is typed. */
  speech: boolean;
  typed: boolean;
  /** Limit of a text that is written, in words; 0 where nothing is. */
  most_words: number;
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
  /** Annotations that the item comes with; nobody changes them. */
  given: Annotation[];
  /** A second text, shown next to it: the source of a summary that is judged. */
  beside: string;
  /** Of a clip: how many frames it has, and the address of the folder of its frames, or "". */
  frames?: number;
  address?: string;
  /** How long a clip or a sound lasts; 0 without time. */
  seconds_long: number;
  /** Media type of the sound, where the item is one; else "". */
  sound: string;
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
  /** First look at a key, before the shell; true: it was the surface's. `drawing`: the focus is in the picture. */
  key?(event: KeyboardEvent, drawing: boolean): boolean;
  /** A key with Alt while the focus is in the picture, or any key typed in a field there; true: it was the surface's. */
  alt?(event: KeyboardEvent): boolean;
  /** Whether keys with Alt are the surface's wherever in the widget the focus is: who types goes on listening. */
  everywhere?: boolean;
  /** Whether the learner has to be asked first, and was just told why, before the item is done. */
  pending?(): boolean;
  /** Begin a new annotation; without it the task makes one at once. */
  begin?(): void;
  /** Delete or take back a part (a point) of what is selected or drawn; false: there is none. */
  remove?(): boolean;
  /** Take back a part of a stroke under way; false: there is none. */
  undo?(): boolean;
  /** Move a part of what is selected by so many pixels; false: move the whole. */
  nudge?(dx: number, dy: number): boolean;
  /** The learner turns to something else: finish what can be finished of a stroke, give up the rest. */
  settle?(): void;
  /** What to do next, or what is wrong; empty for the task's own hint. */
  hint?(): { text: string; bad?: boolean } | null;
  /** A class was asked for, by its key or its button: give it to what is selected or marked, if anything is. */
  apply?(label: string): void;
  /** Why a class cannot be given now, in a sentence; empty when it can. */
  barred?(label: string): string;
  /** Which one comes first when nothing is selected: its index, for a step of 1 or -1. */
  first?(step: number): number;
}

export interface SurfaceOptions {
  host: HTMLElement;
  url: string;
  item: ItemState;
  classes: OntologyClass[];
  label: string;
  annotations: Annotation[];
  /** The middle of what can be seen, in pixels of the item. */
  centre(): Point;
  /** Called when a hint may have changed. */
  onHint(): void;
  /** Called when a stroke begins. */
  onStart(): void;
  onEdit(annotations: Annotation[], action: string): void;
  onSelect(id: string | null): void;
  /** Choose the class of the next annotation. */
  onChoose(label: string): void;
  /** Called when a stroke ends, after its edit. */
  onRest(): void;
}

/** One cell of the table of numbers. */
export interface Cell {
  /** Unique in its row. */
  name: string;
  value: string;
  /** Missing: the cell is text to read. A list: a choice of these. */
  input?: "number" | "text" | [value: string, text: string][];
  min?: number;
  max?: number;
  /** The annotation with the typed value, or a sentence why that cannot be. */
  set?(value: string): Annotation | string;
}

/** What a task type adds to the shell. */
export interface Task {
  /** What one annotation is called, and many. */
  noun: string;
  plural: string;
  /** Whether an item gets one answer: the classes stand under it as large buttons, and nothing is drawn. */
  answers?: boolean;
  /** Whether stretches of a text are marked: nothing is moved by pixels or zoomed. */
  text?: boolean;
  /** Whether clips are played: Space plays, so that it does not move the picture. */
  plays?: boolean;
  /** Whether stretches of a sound are marked: as with a text, nothing is moved by pixels. */
  sound?: boolean;
  /** Whether one text is written for an item: no classes to choose, no table, and nothing to delete but by editing. */
  writes?: boolean;
  /** What to do when nothing is selected, and when something is. */
  hint: string;
  selectedHint: string;
  /** Keys and what they do, for the help. */
  help: HelpGroup[];
  /** A new annotation round a point, for the table and for a surface that cannot `begin` one. */
  fresh?(label: string, centre: Point, item: ItemState): Annotation | undefined;
  /** The annotation with another class, or a sentence why that cannot be; without it any class is fine. */
  relabelled?(one: Annotation, label: string, item: ItemState): Annotation | string;
  /** The annotation moved by so many pixels, kept inside the picture. */
  moved(one: Annotation, dx: number, dy: number, item: ItemState): Annotation;
  /** Heads of the task's own columns. */
  heads: string[];
  /** The task's own cells of an annotation; several rows where it has parts. Kept as long as it does not change. */
  rows(one: Annotation, item: ItemState): Cell[][];
  /** Tools of its own, above the picture, under it and beside it. */
  bar?: HTMLElement;
  below?: HTMLElement;
  side?: HTMLElement;
  surface(options: SurfaceOptions): Promise<Surface>;
}

/** A title, then keys and what they do. */
export type HelpGroup = [title: string, rows: [keys: string, what: string][]];
