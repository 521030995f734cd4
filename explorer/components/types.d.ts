// What Streamlit hands a component, and a component its view.

/** Tells Python: a state that stays, or what happens once. */
export interface ToPython {
  send(name: string, value: unknown): void;
  trigger(name: string, value: unknown): void;
}
export interface View<Message> {
  update(message: Message): void;
  close?(): void;
}
/** What this view has told Python; `last` is the newest of it. */
export interface Echoes {
  readonly last: string | undefined;
  tell(text: string): void;
  /** Whether Python says something that it has not from this view. */
  isNews(text: string): boolean;
  /** All that Python says next is news. */
  forget(): void;
}
export type Root = ShadowRoot | HTMLElement;
export interface Given<Message> {
  data: [Message];
  parentElement: Root;
  setStateValue(name: string, value: unknown): void;
  setTriggerValue(name: string, value: unknown): void;
}
export type RGB = [number, number, number];
export type ReadColor = (variable: string) => RGB;
/** Pictures of one size, a byte a pixel. */
export interface Unpacked {
  count: number;
  height: number;
  width: number;
  numbers: Uint8Array;
}
/** Colours of bytes: of images, and of signed numbers. */
export interface BytePalette {
  theme: string;
  image: RGB[];
  signed: RGB[];
}
export interface Sheet {
  element: HTMLElement;
  head: HTMLElement;
  show(packed: Unpacked | null, from: number, count: number, colors: RGB[], words: SheetWords): void;
}
export interface SheetWords {
  title: string;
  says: string;
  note: string;
}
